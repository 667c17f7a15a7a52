/**
 * Serves `.css` files as text without white space that means nothing, to the build and to the tests alike.
 *
 * Pages carry their style inline, so that a first visit is drawn from one response.
 */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Plugin as BuildPlugin, transform } from 'esbuild';
import type { Plugin as VitePlugin } from 'vite';

/** For esbuild. */
export const cssText: BuildPlugin = {
  name: 'css-text',
  setup(setup) {
    setup.onLoad({ filter: /\.css$/ }, async ({ path }) => ({ contents: await readCss(path), loader: 'text' }));
  },
};

/** For vitest. Vite would take a `.css` file for a stylesheet of its own, so it is told another name. */
export function cssTextForTests(): VitePlugin {
  return {
    name: 'css-text',
    enforce: 'pre',
    resolveId: (id, importer) =>
      id.endsWith('.css') && importer !== undefined ? `\0${resolve(dirname(importer), id)}.text` : undefined,
    load: async (id) =>
      id.endsWith('.css.text') ? `export default ${JSON.stringify(await readCss(id.slice(1, -5)))}` : undefined,
  };
}

async function readCss(path: string): Promise<string> {
  const { code } = await transform(await readFile(path, 'utf8'), {
    loader: 'css',
    minifyWhitespace: true,
    charset: 'utf8',
  });
  return code.trim();
}

/**
 * Serves style and scripts of pages as text, made small, to the build and to the tests alike: `import style from './x.css'`,
 * `import script from './x.client.js'`.
 *
 * Pages carry their style inline, so that a first visit is drawn from one response; scripts are served under their digest.
 */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Plugin as BuildPlugin, transform } from 'esbuild';
import type { Plugin as VitePlugin } from 'vite';

const assets = /\.(?:css|client\.js)$/;

/** For esbuild. */
export const textAssets: BuildPlugin = {
  name: 'text-assets',
  setup(setup) {
    setup.onLoad({ filter: assets }, async ({ path }) => ({ contents: await readAsset(path), loader: 'text' }));
  },
};

/** For vitest. Vite would take a `.css` file for a stylesheet of its own, so it is told another name. */
export function textAssetsForTests(): VitePlugin {
  return {
    name: 'text-assets',
    enforce: 'pre',
    resolveId: (id, importer) =>
      assets.test(id) && importer !== undefined ? `\0${resolve(dirname(importer), id)}.text` : undefined,
    load: async (id) =>
      id.startsWith('\0') && id.endsWith('.text')
        ? `export default ${JSON.stringify(await readAsset(id.slice(1, -'.text'.length)))}`
        : undefined,
  };
}

async function readAsset(path: string): Promise<string> {
  const text = await readFile(path, 'utf8');
  const { code } = path.endsWith('.css')
    ? await transform(text, { loader: 'css', minifyWhitespace: true, charset: 'utf8' })
    : await transform(text, { loader: 'js', minify: true, charset: 'utf8', target: 'es2020', format: 'iife' });
  return code.trim();
}

/**
 * Serves style and scripts of pages as text, made small, and pictures as base64, to the build and to the tests alike:
 * `import style from './x.css'`, `import script from './x.client.js'`, `import picture from './x.png'`.
 *
 * Pages carry their style inline, so that a first visit is drawn from one response; scripts are served under their digest.
 */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Plugin as BuildPlugin, build, transform } from 'esbuild';
import type { Plugin as VitePlugin } from 'vite';

const assets = /\.(?:css|client\.js|png)$/;

/** For esbuild. */
export const textAssets: BuildPlugin = {
  name: 'text-assets',
  setup(setup) {
    setup.onLoad({ filter: assets }, async ({ path }) => ({ contents: await readAsset(path), loader: 'text' }));
  },
};

/** For vitest. Vite would handle a `.css` file itself, so it gets another name. */
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
  if (path.endsWith('.png')) return (await readFile(path)).toString('base64');
  if (path.endsWith('.css')) {
    const text = await readFile(path, 'utf8');
    return (await transform(text, { loader: 'css', minifyWhitespace: true, charset: 'utf8' })).code.trim();
  }
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    format: 'iife',
    target: 'es2020',
    minify: true,
    charset: 'utf8',
    write: false,
  });
  return outputFiles[0]?.text.trim() ?? '';
}

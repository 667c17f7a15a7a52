/**
 * wrangler's build hook: parses the seeds, bundles the Worker into dist/, the write side as chunks loaded on demand.
 *
 * esbuild splits at every dynamic import, and wrangler uploads the chunks as modules of their own (`no_bundle`): an
 * isolate that only serves feeds never evaluates an HTML parser. Usage: node scripts/build.ts
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { bundleSeeds } from './bundle-seeds.ts';

const root = resolve(import.meta.dirname, '..');

/** Serves the parsed seeds as the modules src/platform/seeds.ts imports. */
export function seedModules(bundle: { readonly digest: string; readonly json: string }): Plugin {
  return {
    name: 'seed-modules',
    setup(setup) {
      setup.onResolve({ filter: /^virtual:seed-/ }, ({ path }) => ({ path, namespace: 'seeds' }));
      setup.onLoad({ filter: /.*/, namespace: 'seeds' }, ({ path }) => ({
        contents: `export default ${JSON.stringify(path === 'virtual:seed-digest' ? bundle.digest : bundle.json)};`,
      }));
    },
  };
}

/** Builds into `outDir`; returns the names of the files written. */
export async function buildWorker(options: { readonly seedsDir: string; readonly outDir: string }): Promise<string[]> {
  const bundle = await bundleSeeds({ seedsDir: options.seedsDir });
  const result = await build({
    absWorkingDir: root,
    entryPoints: ['src/worker.ts'],
    outdir: options.outDir,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2024',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*', 'cloudflare:*'],
    alias: {
      'cssomnom/parse': './src/platform/cssomnom-stub.ts',
      dayjs: './src/platform/dayjs-stub.ts',
      postcss: './src/platform/postcss-stub.ts',
      sax: './src/platform/sax-stub.ts',
    },
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    plugins: [seedModules(bundle)],
    logLevel: 'warning',
  });
  const written = new Set(Object.keys(result.metafile.outputs).map((path) => resolve(root, path)));
  await mkdir(options.outDir, { recursive: true });
  // Chunks of former builds would be uploaded with the new ones.
  for (const name of await readdir(options.outDir)) {
    const path = join(options.outDir, name);
    if (/\.js(\.map)?$/.test(name) && !written.has(path)) await rm(path);
  }
  return [...written];
}

if (process.argv[1] === import.meta.filename) {
  await buildWorker({
    seedsDir: process.env['TRIBUTARY_SEEDS'] ?? join(root, 'seeds'),
    outDir: join(root, 'dist'),
  });
}

/**
 * Builds the Worker into dist/: parses the seeds and bundles src/, with chunks that load on demand. wrangler's build hook.
 *
 * esbuild splits at every dynamic import, and wrangler uploads the chunks as modules of their own (`no_bundle`): an
 * isolate that only serves feeds never evaluates an HTML parser. Usage: node scripts/build.ts
 */
import { readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { bundleSeeds } from './bundle-seeds.ts';
import { textAssets } from './text-assets.ts';

const root = resolve(import.meta.dirname, '..');

/** Packages that our packages require and never call, each with the empty module that replaces it. Paths relative to the root. */
const stubs = {
  'cssomnom/parse': './src/platform/stubs/cssomnom.ts',
  dayjs: './src/platform/stubs/dayjs.ts',
  postcss: './src/platform/stubs/postcss.ts',
  sax: './src/platform/stubs/sax.ts',
};

/** Serves the parsed seeds as the modules src/platform/seeds.ts imports. */
export function seedModules(bundle: { readonly digest: string; readonly json: string }): Plugin {
  return {
    name: 'seed-modules',
    setup(setup) {
      setup.onResolve({ filter: /^virtual:seed-/ }, ({ path }) => ({ path, namespace: 'seeds' }));
      setup.onLoad({ filter: /.*/, namespace: 'seeds' }, ({ path }) => ({
        contents: renderSeedModule(path, bundle),
      }));
    },
  };
}

/** The code of one of the two modules. */
export function renderSeedModule(name: string, bundle: { readonly digest: string; readonly json: string }): string {
  // Packed, because every isolate holds the text of all modules, and most never load seeds.
  const value = name === 'virtual:seed-digest' ? bundle.digest : gzipSync(bundle.json, { level: 9 }).toString('base64');
  return `export default ${JSON.stringify(value)};`;
}

/** Builds into `outDir`; returns the names of the files written. */
export async function buildWorker(options: { readonly seedsDir: string; readonly outDir: string }): Promise<string[]> {
  const bundle = await bundleSeeds({ seedsDir: options.seedsDir });
  const { metafile } = await build(toSettings(options.outDir, bundle));
  const written = new Set(Object.keys(metafile.outputs).map((path) => resolve(root, path)));
  // Chunks of former builds would be uploaded with the new ones.
  for (const name of await readdir(options.outDir)) {
    const path = resolve(root, options.outDir, name);
    if (/\.js(\.map)?$/.test(name) && !written.has(path)) await rm(path);
  }
  return [...written];
}

/** How code is bundled for the Workers runtime. */
export const forWorkers = {
  bundle: true,
  format: 'esm',
  target: 'es2024',
  platform: 'browser',
  conditions: ['workerd', 'worker', 'browser'],
  external: ['node:*', 'cloudflare:*'],
  alias: stubs,
  charset: 'utf8',
  minify: true,
} satisfies BuildOptions;

function toSettings(outdir: string, bundle: { readonly digest: string; readonly json: string }) {
  return {
    absWorkingDir: root,
    entryPoints: ['src/worker.ts'],
    outdir,
    ...forWorkers,
    splitting: true,
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    plugins: [seedModules(bundle), textAssets],
    logLevel: 'warning',
  } satisfies BuildOptions;
}

if (process.argv[1] === import.meta.filename) {
  await buildWorker({
    seedsDir: process.env['TRIBUTARY_SEEDS'] ?? join(root, 'seeds'),
    outDir: join(root, 'dist'),
  });
}

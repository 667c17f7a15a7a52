/**
 * wrangler's build hook: parses the seeds, bundles the Worker into dist/, the write side as chunks loaded on demand.
 *
 * esbuild splits at every dynamic import, and wrangler uploads the chunks as modules of their own (`no_bundle`): an
 * isolate that only serves feeds never evaluates an HTML parser. Usage: node scripts/build.ts
 */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { bundleSeeds } from './bundle-seeds.ts';

const root = resolve(import.meta.dirname, '..');

/** What packages of ours require and never call, and the nothing that stands in for it. Paths relative to the root. */
const stubs = {
  'cssomnom/parse': './src/platform/cssomnom-stub.ts',
  dayjs: './src/platform/dayjs-stub.ts',
  postcss: './src/platform/postcss-stub.ts',
  sax: './src/platform/sax-stub.ts',
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

const entryPoint = 'src/worker.ts';

/** What is loaded with the Worker, and what it loads on demand. Paths relative to the root. */
interface LoadOrder {
  readonly atStart: readonly string[];
  readonly onDemand: readonly string[];
}

/**
 * Makes one module of everything that is loaded at the start.
 *
 * esbuild writes a chunk for every set of on-demand chunks that share code, a dozen and a half of them for the Worker
 * alone, and each costs a third of a millisecond of every start. Chunks that all share the same code share one.
 */
function oneStartChunk({ atStart, onDemand }: LoadOrder): Plugin {
  // Virtual modules (`namespace:name`) come with those that import them.
  const files = atStart.filter((path) => path !== entryPoint && !path.includes(':'));
  const loaded = files.map((path) => `import ${JSON.stringify(`./${path}`)};`);
  return {
    name: 'one-start-chunk',
    setup(setup) {
      setup.onResolve({ filter: /^virtual:at-start$/ }, ({ path }) => ({ path, namespace: 'at-start' }));
      setup.onLoad({ filter: /.*/, namespace: 'at-start' }, () => ({ contents: loaded.join('\n'), resolveDir: root }));
      setup.onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path }) => {
        if (!onDemand.includes(relative(root, path).replaceAll('\\', '/'))) return undefined;
        return { contents: `import 'virtual:at-start';${await readFile(path, 'utf8')}`, loader: 'ts' };
      });
    },
  };
}

/** Reads off a build what is imported how. */
function readLoadOrder({ inputs }: Metafile): LoadOrder {
  const atStart = new Set([entryPoint]);
  for (const path of atStart) {
    for (const { kind, path: imported, external } of inputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) atStart.add(imported);
    }
  }
  const all = Object.values(inputs).flatMap((input) => input.imports);
  const onDemand = new Set(all.filter(({ kind }) => kind === 'dynamic-import').map(({ path }) => path));
  return { atStart: [...atStart], onDemand: [...onDemand] };
}

/** Builds into `outDir`; returns the names of the files written. */
export async function buildWorker(options: { readonly seedsDir: string; readonly outDir: string }): Promise<string[]> {
  const bundle = await bundleSeeds({ seedsDir: options.seedsDir });
  const settings = toSettings(options.outDir, bundle);
  const { metafile } = await build({ ...settings, write: false });
  const loadOrder = readLoadOrder(metafile);
  const result = await build({ ...settings, plugins: [oneStartChunk(loadOrder), ...settings.plugins] });
  const written = new Set(Object.keys(result.metafile.outputs).map((path) => resolve(root, path)));
  await mkdir(options.outDir, { recursive: true });
  // Chunks of former builds would be uploaded with the new ones.
  for (const name of await readdir(options.outDir)) {
    const path = join(options.outDir, name);
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
    entryPoints: [entryPoint],
    outdir,
    ...forWorkers,
    splitting: true,
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    plugins: [seedModules(bundle)],
    logLevel: 'warning',
  } satisfies BuildOptions;
}

if (process.argv[1] === import.meta.filename) {
  await buildWorker({
    seedsDir: process.env['TRIBUTARY_SEEDS'] ?? join(root, 'seeds'),
    outDir: join(root, 'dist'),
  });
}

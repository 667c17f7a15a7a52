/**
 * Builds the Worker into dist/ and its static assets into assets/: parses the seeds and bundles src/, with chunks that load
 * on demand. wrangler's build hook.
 *
 * esbuild splits at every dynamic import, and wrangler uploads the chunks as modules of their own (`no_bundle`): an
 * isolate that only serves feeds never evaluates an HTML parser. Usage: node scripts/build.ts
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import type { SeedManifest } from '../src/platform/seed-pack.ts';
import { type BundledSeeds, bundleSeeds, cacheFileOf, defaultSeedsDir, renderReport } from './bundle-seeds.ts';
import { writeAssets } from './seeds/write-assets.ts';
import { leftOutName } from './start/left-out.ts';
import { textAssets } from './text-assets.ts';

const root = resolve(import.meta.dirname, '..');
const entryPoint = 'src/worker.ts';

/** Packages that our packages require and never call, each with the empty module that replaces it. Paths relative to the root. */
const stubs = {
  'cssomnom/parse': './src/platform/stubs/cssomnom.ts',
  dayjs: './src/platform/stubs/dayjs.ts',
  postcss: './src/platform/stubs/postcss.ts',
  sax: './src/platform/stubs/sax.ts',
};

/** Serves the data of the seeds as the modules that the code imports. */
function seedModules(seeds: Pick<BundledSeeds, 'manifest' | 'sites'>): Plugin {
  return {
    name: 'seed-modules',
    setup(setup) {
      setup.onResolve({ filter: /^virtual:(?:seed|render)-/ }, ({ path }) => ({ path, namespace: 'seeds' }));
      setup.onLoad({ filter: /.*/, namespace: 'seeds' }, ({ path }) => ({
        contents: renderSeedModule(path, seeds.manifest),
      }));
      // The table of another seeds directory, checked.
      setup.onLoad({ filter: /\/seeds\/sites\.json$/ }, () => ({
        contents: JSON.stringify(seeds.sites),
        loader: 'json',
      }));
    },
  };
}

/** The code of one of these modules. */
export function renderSeedModule(name: string, manifest: SeedManifest): string {
  if (name === 'virtual:render-digest') return `export default ${JSON.stringify(digestOfRendering())};`;
  const value = name === 'virtual:seed-digest' ? manifest.digest : JSON.stringify(manifest);
  return `export default ${JSON.stringify(value)};`;
}

/** Hashes src/feed/render and the files that it uses, domain and parts of window: another hash renders entries again. */
function digestOfRendering(): string {
  const digest = createHash('sha256');
  for (const folder of ['src/domain', 'src/feed/render', 'src/window']) {
    for (const name of readdirSync(join(root, folder)).toSorted())
      digest.update(readFileSync(join(root, folder, name)));
  }
  return digest.digest('hex').slice(0, 16);
}

/** Where a build reads and writes. */
export interface BuildPlaces {
  readonly seedsDir: string;
  readonly outDir: string;
  readonly assetsDir: string;
  readonly cacheFile?: string;
  /** Where the Worker will be, when that is known. */
  readonly origin?: string | undefined;
}

/** The files of a build. */
export interface BuiltWorker {
  /** The paths of all modules and their maps. */
  readonly written: readonly string[];
  /** The code that every isolate evaluates when it starts, before any request. */
  readonly start: { readonly modules: number; readonly bytes: number };
}

/** Builds the Worker and its assets. */
export async function buildWorker(places: BuildPlaces): Promise<BuiltWorker> {
  const { seedsDir, outDir, assetsDir, cacheFile, origin } = places;
  const seeds = await bundleSeeds({ seedsDir, origin, ...(cacheFile === undefined ? {} : { cacheFile }) });
  await writeAssets({ assetsDir, mediaDir: join(seedsDir, 'media'), packs: seeds.packs });
  const plugins = [seedModules(seeds), textAssets];
  // Built twice: the first build shows which code loads at start, and which on demand.
  const { metafile: apart } = await build({ ...toSettings(outDir, plugins), write: false });
  const { metafile } = await build(toSettings(outDir, [...plugins, loadTogether(apart)]));
  const written = new Set(Object.keys(metafile.outputs).map((path) => resolve(root, path)));
  // Chunks of former builds would be uploaded with the new ones.
  for (const name of await readdir(outDir)) {
    const path = resolve(root, outDir, name);
    if (/\.js(\.map)?$/.test(name) && !written.has(path)) await rm(path);
  }
  await writeFile(
    join(resolve(root, outDir), leftOutName),
    seeds.reports.map((report) => `${renderReport(report)}\n`).join(''),
  );
  const start = outputsOf(metafile, entryPoint);
  const bytes = start.reduce((sum, output) => sum + output.bytes, 0);
  return { written: [...written], start: { modules: start.length, bytes } };
}

type Output = Metafile['outputs'][string];

/** The static imports of an entry point, and theirs; dynamic imports load later. */
function outputsOf({ outputs }: Metafile, entry: string): readonly Output[] {
  const reached = new Set(Object.keys(outputs).filter((path) => outputs[path]?.entryPoint === entry));
  for (const path of reached) {
    for (const { kind, path: imported } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && outputs[imported] !== undefined) reached.add(imported);
    }
  }
  return [...reached].flatMap((path) => outputs[path] ?? []);
}

/** Loads on demand, but for nearly every request that an isolate does not answer from memory. */
const viewEntry = 'src/http/feeds/make-view.ts';

/**
 * Keeps all that loads at start in one chunk, and all that the first view needs in another. esbuild puts files together that the
 * same entry points reach, which made 25 chunks of each: so every file that loads on demand is made to reach them all. A chunk
 * costs 0.05 to 0.3 ms to load. Measured by `npm run bench -- --only start`.
 */
function loadTogether(metafile: Metafile): Plugin {
  const together = [entryPoint, viewEntry]
    .flatMap((entry) => outputsOf(metafile, entry))
    .flatMap(({ inputs }) => Object.keys(inputs))
    .filter((path) => path.startsWith('src/') && path !== entryPoint && path !== viewEntry)
    .map((path) => join(root, path));
  const onDemand = new Set(
    Object.values(metafile.outputs).flatMap(({ entryPoint: path }) =>
      path === undefined || path === entryPoint ? [] : join(root, path),
    ),
  );
  return {
    name: 'load-together',
    setup(setup) {
      setup.onResolve({ filter: /^virtual:together$/ }, ({ path }) => ({ path, namespace: 'together' }));
      setup.onLoad({ filter: /.*/, namespace: 'together' }, () => ({
        contents: together.map((path) => `import ${JSON.stringify(path)};`).join('\n'),
        resolveDir: root,
      }));
      setup.onLoad({ filter: /\.tsx?$/ }, ({ path }) =>
        onDemand.has(path)
          ? {
              contents: `import 'virtual:together';\n${readFileSync(path, 'utf8')}`,
              loader: path.endsWith('x') ? 'tsx' : 'ts',
            }
          : undefined,
      );
    },
  };
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

function toSettings(outdir: string, plugins: Plugin[]) {
  return {
    absWorkingDir: root,
    entryPoints: [entryPoint],
    outdir,
    ...forWorkers,
    splitting: true,
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    plugins,
    logLevel: 'warning',
  } satisfies BuildOptions;
}

/** The address of the Worker: `npm start` passes it, else SITE_URL of wrangler.toml. */
function knownOrigin(): string | undefined {
  const settings = readFileSync(join(root, 'wrangler.toml'), 'utf8');
  const [, siteUrl = ''] = /^SITE_URL = "(https?:\/\/[^"/]+)\/?"/m.exec(settings) ?? [];
  return process.env['TRIBUTARY_ORIGIN'] || siteUrl || undefined;
}

if (process.argv[1] === import.meta.filename) {
  const seedsDir = defaultSeedsDir();
  await buildWorker({
    seedsDir,
    outDir: join(root, 'dist'),
    assetsDir: join(root, 'assets'),
    cacheFile: cacheFileOf(seedsDir),
    origin: knownOrigin(),
  });
}

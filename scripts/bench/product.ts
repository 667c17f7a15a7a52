/**
 * Starts the product on raw workerd, its Archive filled through the import of backups and published by itself.
 *
 * Works with the build of any checkout, so that two commits can be compared in one run. The builds carry no seeds.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { givenBackups } from './given-archive.ts';
import { startValues, type Values } from './values.ts';
import { type BenchWorker, type RunningWorkerd, startWorkerd } from './workerd.ts';

const root = resolve(import.meta.dirname, '../..');

const benchToken = 'token-of-the-bench';

/** Entries of one request to the import. */
const batch = 1000;

/** Files of this run; deleted when it ends. */
const scratch = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));

/** Settings of a product. */
export interface ProductSetup {
  /** Entries of the Archive, about 5 KB each (given-archive.ts). */
  readonly entries: number;
  /** The checkout whose build is run; by default this one. */
  readonly checkout?: string;
  /** A folder that keeps filled Archives for the next run: filling 100,000 entries takes minutes. */
  readonly keptIn?: string;
  /** Settings beside those of all benches. */
  readonly vars?: Readonly<Record<string, string>>;
}

/** A running product. */
export interface BenchProduct {
  /** Asked anew after `restart`. */
  readonly workerd: () => RunningWorkerd;
  readonly values: Values;
  /** Ends workerd and starts it on the same data: a cold isolate, and an Archive that has just woken. */
  readonly restart: () => Promise<void>;
  /** A request to the admin API; throws unless it is answered with 2xx. */
  readonly administer: (path: string, init?: RequestInit) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Starts a product whose Archive is filled and published. */
export async function startProduct(setup: ProductSetup): Promise<BenchProduct> {
  const { entries, checkout = root, keptIn } = setup;
  const worker = productWorker(buildProduct(checkout), setup.vars);
  const folder = mkdtempSync(join(scratch, 'archive-'));
  const kept = keptIn === undefined ? undefined : join(keptIn, `${checkout === root ? 'own' : 'other'}-${entries}`);
  if (kept !== undefined && existsSync(kept)) {
    cpSync(kept, folder, { recursive: true });
  } else {
    await fill(worker, folder, entries);
    if (kept !== undefined) {
      cpSync(folder, `${kept}.part`, { recursive: true });
      renameSync(`${kept}.part`, kept);
    }
  }
  return await run(worker, folder);
}

async function run(worker: BenchWorker, folder: string): Promise<BenchProduct> {
  const disk = join(folder, 'disk');
  mkdirSync(disk, { recursive: true });
  const values = await startValues(join(folder, 'kv'));
  // The queue is one that takes everything and delivers nothing: the values' server does that.
  const externals = { kv: values.port, queue: values.port };
  let workerd = await startWorkerd(worker, externals, disk);
  return {
    workerd: () => workerd,
    values,
    restart: async () => {
      await workerd.stop();
      workerd = await startWorkerd(worker, externals, disk);
    },
    administer: async (path, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set('Authorization', `Bearer ${benchToken}`);
      const response = await fetch(`http://127.0.0.1:${workerd.port}/admin/api${path}`, { ...init, headers });
      const text = await response.text();
      if (!response.ok) throw new Error(`${response.status} for ${path}: ${text.slice(0, 500)}`);
      return text;
    },
    stop: async () => {
      await workerd.stop();
      await values.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Imports the entries, waits until the window holds them, and leaves Archive and KV in `folder`. */
async function fill(worker: BenchWorker, folder: string, entries: number): Promise<void> {
  const product = await run(worker, folder);
  for (const body of givenBackups(entries, batch)) await importBackup(product, body);
  await untilPublished(product, entries);
  product.values.save(join(folder, 'kv'));
  await product.workerd().stop();
  await product.values.stop();
}

/** Imports a backup; throws unless all of it is taken. */
export async function importBackup(product: BenchProduct, body: string): Promise<void> {
  const headers = { 'Content-Type': 'application/x-ndjson' };
  const outcome = await product.administer('/import', { method: 'POST', headers, body });
  if (!outcome.includes('"rejected": []')) throw new Error(`the backup was not taken: ${outcome.slice(0, 500)}`);
}

/** Waits until every change is published. */
async function untilPublished(product: BenchProduct, entries: number): Promise<void> {
  for (let attempt = 0; attempt < 1200; attempt += 1) {
    const response = await fetch(`http://127.0.0.1:${product.workerd().port}/health`);
    const health = JSON.parse(await response.text());
    if (health.entries >= entries && health.publishedAt !== null && health.queue.inFlight === 0) return;
    await delay(100);
  }
  throw new Error('the changes were not published');
}

const builds = new Map<string, string>();

/** Builds a checkout without seeds; returns the folder of its modules. */
export function buildProduct(checkout: string = root): string {
  const built = builds.get(checkout);
  if (built !== undefined) return built;
  const outDir = mkdtempSync(join(scratch, 'build-'));
  const seedsDir = mkdtempSync(join(scratch, 'seeds-'));
  const build = resolve(checkout, 'scripts/build.ts');
  const code = `import { buildWorker } from ${JSON.stringify(build)}; await buildWorker(${JSON.stringify({ seedsDir, outDir, assetsDir: join(outDir, 'assets') })});`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: checkout, stdio: 'inherit' });
  builds.set(checkout, outDir);
  return outDir;
}

/** The Worker of a build, bound to the services `kv` and `queue`. */
export function productWorker(dist: string, vars: Readonly<Record<string, string>> = {}): BenchWorker {
  const names = readdirSync(dist).filter((name) => name.endsWith('.js') && name !== 'worker.js');
  const settings = {
    SITE_URL: 'http://bench.example',
    ADMIN_TOKEN: benchToken,
    KV_WRITES_PER_DAY: '0',
    ...vars,
  };
  return {
    name: 'product',
    modules: ['worker.js', ...names].map((name) => ({ name, path: join(dist, name) })),
    bindings: [
      '(name = "WINDOW", kvNamespace = "kv")',
      '(name = "ARCHIVE", durableObjectNamespace = "Archive")',
      '(name = "JOBS", queue = "queue")',
      ...Object.entries(settings).map(([name, value]) => `(name = "${name}", text = "${value}")`),
    ].join(', '),
    extra:
      'durableObjectNamespaces = [(className = "Archive", uniqueKey = "archive", enableSql = true)], ' +
      'durableObjectStorage = (localDisk = "disk")',
  };
}

/** A Worker of one module: the code, and perhaps bytes that it imports as `body`. */
export function smallWorker(name: string, code: string, body?: Uint8Array): BenchWorker {
  const folder = mkdtempSync(join(scratch, `${name}-`));
  const write = (file: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, file), content);
    return join(folder, file);
  };
  return {
    name,
    modules: [
      { name: `${name}.js`, path: write(`${name}.js`, code) },
      ...(body === undefined ? [] : [{ name: 'body', path: write('body', body), type: 'data' as const }]),
    ],
  };
}

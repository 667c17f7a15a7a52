/**
 * `node scripts/scale-seeds.ts --seeds /tmp/archive --kills 20`: how a large archive of seeds is built, loaded and served.
 *
 * Loads the seeds once while readers are served and tells: bytes of the script, seconds to the first feed and to the last entry,
 * latencies of the readers then and afterwards, memory of the isolate. Then loads them again, killed by SIGKILL so many times
 * on the way, and checks that every entry is there once. `--only load` or `--only kills` does one of both. Make the seeds with
 * scripts/make-archive.ts.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { cacheFileOf } from './bundle-seeds.ts';
import { watchHeap } from './product/heap.ts';
import { buildProduct, loadToken, type Product, startProduct } from './product/product.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '/tmp/tributary-archive' },
    kills: { type: 'string', default: '20' },
    port: { type: 'string', default: '8770' },
    only: { type: 'string', default: '' },
  },
});
const port = Number(values.port);
const inspectorPort = port + 1;
const folder = mkdtempSync(join(tmpdir(), 'tributary-seeds-'));
/** Not below the build: wrangler watches that. */
const states = mkdtempSync(join(tmpdir(), 'tributary-states-'));
/** How long readers are watched afterwards. Milliseconds. */
const afterMs = 15_000;

/** No page is asked: the sites of these articles do not exist. */
const vars = { POLL_MINUTES: '1440', MAX_POLL_MINUTES: '1440' };

interface Progress {
  readonly entries: number;
  readonly seeds: { readonly loaded: number; readonly total: number };
}

async function progress(product: Product): Promise<Progress> {
  return (await product.health()) as unknown as Progress;
}

/** Reads as readers do, four at a time, until `isOver`; the latencies in milliseconds, sorted. */
async function readAlong(product: Product, isOver: () => boolean): Promise<number[]> {
  const paths = ['/rss.xml', '/feed.json', '/', '/tags/site1.example/rss.xml', '/feed.json?q=ba', '/atom.xml?limit=20'];
  const latencies: number[] = [];
  const reader = async (first: number): Promise<void> => {
    for (let turn = first; !isOver(); turn += 1) {
      const startedAt = performance.now();
      await (await fetch(product.origin + paths[turn % paths.length])).arrayBuffer();
      latencies.push(performance.now() - startedAt);
      await delay(200);
    }
  };
  await Promise.all([0, 1, 2, 3].map(reader));
  return latencies.toSorted((a, b) => a - b);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function mib(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

function tell(what: string, latencies: readonly number[]): void {
  const at = (share: number): string => `${Math.round(latencies[Math.floor(latencies.length * share)] ?? 0)} ms`;
  console.log(`${latencies.length} ${what}: p50 ${at(0.5)}, p90 ${at(0.9)}, p99 ${at(0.99)}`);
}

async function loadOnce(config: string): Promise<void> {
  const startedAt = performance.now();
  const persistTo = join(states, 'undisturbed');
  const product = await startProduct({ port, persistTo, seedsDir: values.seeds, config, inspectorPort, vars });
  const runningAt = performance.now();
  const heap = await watchHeap(inspectorPort, async () => fetch(`${product.origin}/feed.json?limit=1`));
  let items: { readonly date_published: string }[] = [];
  while (items.length === 0)
    ({ items } = await (await fetch(`${product.origin}/feed.json`)).json<{ items: typeof items }>());
  const firstAt = performance.now();
  console.log(
    `running after ${seconds(runningAt - startedAt)}, first feed ${seconds(firstAt - runningAt)} later: newest ${items[0]?.date_published}`,
  );
  let isOver = false;
  const reading = readAlong(product, () => isOver);
  for (let state = await progress(product); state.seeds.loaded < state.seeds.total; state = await progress(product)) {
    await delay(500);
  }
  console.log(
    `all loaded after ${seconds(performance.now() - startedAt)}, CPU of the runtime ${seconds(product.cpuMs())}`,
  );
  isOver = true;
  tell('reads on the way', await reading);
  isOver = false;
  const after = readAlong(product, () => isOver);
  await delay(afterMs);
  isOver = true;
  tell('reads once all is loaded', await after);
  console.log(`isolate: at most ${mib(await heap.most())} with garbage, ${mib(await heap.live())} live`);
  heap.close();
  await product.kill();
}

async function loadKilled(config: string): Promise<boolean> {
  const persistTo = join(states, 'disturbed');
  const options = { port, persistTo, seedsDir: values.seeds, config, vars };
  for (let kill = 1; kill <= Number(values.kills); kill += 1) {
    const product = await startProduct(options);
    await product.health();
    await delay(Math.random() * 4000);
    const { loaded, total } = (await progress(product)).seeds;
    await product.kill();
    console.log(`kill ${kill}: ${loaded} of ${total}`);
  }
  const product = await startProduct(options);
  let state = await progress(product);
  for (; state.seeds.loaded < state.seeds.total; state = await progress(product)) await delay(500);
  const lines = (await product.administer('/export')).split('\n').filter((line) => line.startsWith('{"kind":"entry"'));
  const entries = lines.map((line) => JSON.parse(line) as { id: string; revision: number });
  await product.kill();
  const ids = new Set(entries.map(({ id }) => id)).size;
  const revised = entries.filter(({ revision }) => revision !== 1).length;
  console.log(`after the kills: ${entries.length} entries, ${ids} ids, ${revised} revised, ${state.seeds.total} seeds`);
  return ids === state.seeds.total && entries.length === ids && revised === 0;
}

try {
  const startedAt = performance.now();
  const config = await buildProduct(folder, values.seeds, cacheFileOf(values.seeds));
  // Every start of this build takes the same token.
  writeFileSync(join(folder, '.dev.vars'), `ADMIN_TOKEN="${loadToken}"\n`);
  const modules = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const script = gzipSync(Buffer.concat(modules.map((name) => readFileSync(join(folder, name))))).length;
  console.log(`built in ${seconds(performance.now() - startedAt)}, script ${Math.round(script / 1024)} KiB gzip`);
  if (values.only !== 'kills') await loadOnce(config);
  process.exitCode = values.only === 'load' || (await loadKilled(config)) ? 0 : 1;
} finally {
  for (const made of [folder, states]) rmSync(made, { recursive: true, force: true });
}

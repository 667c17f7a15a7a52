/**
 * `npm run scale -- --sources 1000`: runs the whole product against generated feeds on this machine, and prints its
 * costs.
 *
 * Three rounds: everything new; nothing new; one entry new. Each ends with the promises that must hold; the exit code is
 * 1 when one does not. Options: --sources (1000), --entries (10) of each, --port (8750; the next one is taken, too).
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { changedRows, readRows } from './product/archive-file.ts';
import { writeEmptyProduct } from './product/empty-product.ts';
import { type HeapWatch, watchHeap } from './product/heap.ts';
import { loadSettings, type Product, startProduct } from './product/product.ts';
import { intervalMs, runRound } from './product/round.ts';
import { type LoadUpstream, startLoadUpstream } from './product/upstream.ts';

/** Memory that the platform gives an isolate. */
const isolateBytes = 128 * 1024 * 1024;

const { values } = parseArgs({
  options: {
    sources: { type: 'string', default: '1000' },
    entries: { type: 'string', default: '10' },
    port: { type: 'string', default: '8750' },
  },
});
const sources = Math.min(10_000, Math.max(1, Number(values.sources)));
const entries = Math.max(1, Number(values.entries));
const withinMs = 60_000 + sources * 120;

let failures = 0;

function promise(what: string, holds: boolean, found: unknown): void {
  if (!holds) failures += 1;
  console.log(`  ${holds ? 'holds' : 'BROKEN'}  ${what}${holds ? '' : `: ${JSON.stringify(found)}`}`);
}

/** CPU of an unchanged round of a Worker that does nothing but ask. Milliseconds a source. */
async function measureEmpty(): Promise<number> {
  const empty = await startProduct({
    port: Number(values.port),
    persistTo: join(folder, 'empty-state'),
    seedsDir,
    vars: loadSettings,
    config: writeEmptyProduct(join(folder, 'empty'), upstream),
  });
  try {
    upstream.reset();
    await runRound(empty, upstream, Date.now(), withinMs);
    upstream.reset();
    const before = empty.cpuMs();
    await runRound(empty, upstream, Date.now() + intervalMs, withinMs);
    return (empty.cpuMs() - before) / sources;
  } finally {
    await empty.kill();
  }
}

/** The measured product. */
interface Measured {
  readonly product: Product;
  readonly heap: HeapWatch;
}

/** Runs a round and prints its cost; returns its CPU. Milliseconds a source. */
async function measure(name: string, { product, heap }: Measured, upstream: LoadUpstream, at: number): Promise<number> {
  upstream.reset();
  product.reset();
  heap.reset();
  const [startedAt, cpuBefore] = [performance.now(), product.cpuMs()];
  await runRound(product, upstream, at, withinMs);
  const seconds = (performance.now() - startedAt) / 1000;
  const cpu = product.cpuMs() - cpuBefore;
  const mostHeap = await heap.most();
  // The last log lines are on their way through the dev server.
  await delay(500);
  const asked = upstream.asked();
  const { logged } = product;
  console.log(`${name}
  time              ${seconds.toFixed(1)} s
  CPU               ${(cpu / sources).toFixed(2)} ms a source (the whole local runtime: queue, storage, logs, proxying included)
  isolate           ${mb(await heap.live())} live, ${mb(mostHeap)} at most with garbage (Worker and Archive together)
  runtime           ${mb(product.memory().now)} now, ${mb(product.memory().peak)} at most (the whole process, every simulated service)
  KV writes         ${logged.kvWrites} in ${logged.publishes} publishes
  requests          ${asked.requests} (${asked.conditional} conditional, ${asked.notModified} answered 304), ${(asked.requests / upstream.hosts).toFixed(1)} a host, at most ${asked.concurrentPerHost} at once at one host
  entries           ${logged.added} added, ${logged.revised} revised`);
  promise('the isolate stays within 128 MB', mostHeap <= isolateBytes, mostHeap);
  promise('every source is asked once', asked.feeds === sources && asked.mostPerFeed === 1, asked);
  promise('a host is asked by one request at a time', asked.concurrentPerHost <= 1, asked.concurrentPerHost);
  promise('no refresh fails or throws', logged.failed === 0 && logged.threw === 0, logged);
  return cpu / sources;
}

function mb(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

async function readsWithin(url: string, text: string, ms: number): Promise<boolean> {
  for (const deadline = Date.now() + ms; Date.now() < deadline; await delay(250)) {
    if ((await (await fetch(url)).text()).includes(text)) return true;
  }
  return false;
}

const folder = mkdtempSync(join(tmpdir(), 'tributary-scale-'));
const seedsDir = join(folder, 'seeds');
const persistTo = join(folder, 'state');
const upstream = await startLoadUpstream(sources, entries);
mkdirSync(seedsDir);
writeFileSync(join(seedsDir, 'sources.opml'), upstream.opml());
console.log(`${sources} sources on ${upstream.hosts} hosts, ${entries} entries each`);
const inspectorPort = Number(values.port) + 1;
const product = await startProduct({
  port: Number(values.port),
  inspectorPort,
  persistTo,
  seedsDir,
  vars: loadSettings,
});
const heap = await watchHeap(inspectorPort, product.health);
const measured = { product, heap };
try {
  await measure('round 1: everything is new', measured, upstream, Date.now());
  const first = await product.health();
  const expected = sources * entries;
  promise('every entry is recorded exactly once', first.entries === expected && product.logged.added === expected, [
    first.entries,
    product.logged,
  ]);

  const before = readRows(persistTo);
  const unchangedMs = await measure('round 2: nothing is new', measured, upstream, Date.now() + intervalMs);
  const changed = changedRows(before, readRows(persistTo));
  const asked = upstream.asked();
  promise('only conditional requests are sent', asked.conditional === asked.requests, asked);
  promise('nothing is written into KV', product.logged.kvWrites === 0, product.logged);
  promise(
    'one row a source is written, and no other',
    [...changed.keys()].join() === 'source_state' && changed.get('source_state') === sources,
    [...changed],
  );

  const feed = upstream.feeds[Math.floor(sources / 2)];
  if (feed === undefined) throw new Error('no feed');
  const { title } = upstream.publish(feed);
  await measure('round 3: one entry is new', measured, upstream, Date.now() + intervalMs);
  promise(
    'one entry is added',
    product.logged.added === 1 && (await product.health()).entries === expected + 1,
    product.logged,
  );
  promise('it is in /rss.xml', await readsWithin(`${product.origin}/rss.xml`, title, 5000), title);
  promise(
    'it is in the feed of its tag',
    await readsWithin(`${product.origin}/tags/${feed.tag}/rss.xml`, title, 5000),
    title,
  );
  heap.close();
  await product.kill();
  const emptyMs = await measureEmpty();
  console.log(
    `an unchanged source costs ${(unchangedMs - emptyMs).toFixed(2)} ms CPU beyond an empty Worker (${unchangedMs.toFixed(2)} against ${emptyMs.toFixed(2)})`,
  );
} finally {
  await product.kill();
  upstream.close();
  rmSync(folder, { recursive: true });
}
process.exitCode = failures === 0 ? 0 : 1;

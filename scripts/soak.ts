/**
 * `npm run soak`: a day of the product in minutes, with sources of mixed temper, readers, an owner, and restarts.
 *
 * Each round is an hour: the scheduled handler is called as if it were that hour. Meanwhile readers poll a hundred views, and a
 * watcher checks the promises: no answer of 500 or more, nothing lost, nothing doubled, what is new is published, KV
 * writes within a day's thousand, live memory of the isolate that levels off. The runtime's own memory is told, not judged:
 * docs/operations.md says why it grows. The exit code is 1 when a promise is broken.
 * Options: --sources (500), --rounds (24), --port (8780; the inspector has the next one).
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { watchHeap } from './product/heap.ts';
import { loadSettings, type Product, startProduct } from './product/product.ts';
import { intervalMs } from './product/round.ts';
import { startLoadUpstream, type Temper } from './product/upstream.ts';

const { values } = parseArgs({
  options: {
    sources: { type: 'string', default: '500' },
    rounds: { type: 'string', default: '24' },
    port: { type: 'string', default: '8780' },
  },
});
const [sources, rounds] = [Number(values.sources), Number(values.rounds)];
const formats = ['rss.xml', 'atom.xml', 'feed.json', 'rss.xml?limit=10', 'rss.xml?q=heron'];
const views = Array.from({ length: 20 }, (_, tag) => formats.map((format) => `/tags/group-${tag}/${format}`)).flat();
const settings = { ...loadSettings, KV_WRITES_PER_DAY: '0', FETCH_TIMEOUT_MS: '3000' };

/** Where the day is. */
const day = { round: 0, isOver: false, isDown: false, isHealing: false };

/** One source in ten fails each third hour, hangs, redirects or breaks off; the others are well. */
const temper: Temper = ({ number }, request, response) => {
  const kind = number % 40;
  if (day.isHealing) return false;
  if (kind < 4 && (day.round + kind) % 3 === 0) response.writeHead(kind < 2 ? 500 : 503, { 'retry-after': '5' }).end();
  else if (kind === 4 && day.round % 3 === 0) setTimeout(() => response.destroy(), 5000);
  else if (kind === 5 && day.round % 3 === 0)
    response.writeHead(200).write('<rss version="2.0"><chan', () => response.destroy());
  else if (kind === 6 && request.url?.includes('?') !== true)
    response.writeHead(302, { location: `${request.url}?moved` }).end();
  else return false;
  return true;
};

const broken: string[] = [];
const latencies: number[] = [];

/** Polls views until the day is over. Failures while the product restarts do not count. */
async function read(product: () => Product, first: number): Promise<void> {
  const validators = new Map<string, string>();
  for (let turn = first; !day.isOver; turn += 7) {
    const path = turn % 11 === 0 ? '/' : (views[turn % views.length] ?? '/');
    const startedAt = performance.now();
    const headers = { 'if-none-match': validators.get(path) ?? '' };
    const response = await fetch(product().origin + path, { headers }).catch(() => undefined);
    await response?.arrayBuffer().catch(() => undefined);
    if (response !== undefined && response.status >= 500 && !day.isDown)
      broken.push(`${path} answered ${response.status}`);
    latencies.push(performance.now() - startedAt);
    validators.set(path, response?.headers.get('etag') ?? '');
    await delay(100);
  }
}

/** Waits until everything that was asked is recorded and published, or for a minute. */
async function settle(product: Product): Promise<void> {
  for (let idle = 0, tries = 0; idle < 3 && tries < 120; tries += 1, await delay(500)) {
    const { queue } = await product.health();
    idle = queue.inFlight === 0 ? idle + 1 : 0;
  }
}

/** Links of an export's entries; RDF has no guids. */
async function heldLinks(product: Product): Promise<ReadonlySet<string>> {
  const lines = (await product.administer('/export')).split('\n').filter((line) => line.startsWith('{"kind":"entry"'));
  const links = lines.map((line): string => JSON.parse(line).url);
  const unique = new Set(links);
  if (unique.size !== links.length) broken.push(`${links.length - unique.size} entries are there twice`);
  return unique;
}

const inMb = (bytes = 0): string => `${(bytes / 1e6).toFixed(1)} MB`;

const folder = mkdtempSync(join(tmpdir(), 'tributary-soak-'));
const seedsDir = join(folder, 'seeds');
const upstream = await startLoadUpstream(sources, 5, temper);
mkdirSync(seedsDir);
writeFileSync(join(seedsDir, 'sources.opml'), upstream.opml());
const port = Number(values.port);
const inspectorPort = port + 1;
const options = { port, inspectorPort, persistTo: join(folder, 'state'), seedsDir, vars: settings };
let product = await startProduct(options);
let heap = await watchHeap(inspectorPort, () => product.health());
/** Live bytes after each hour. */
const memory: number[] = [];
let [kvWrites, publishes] = [0, 0];
const readers = Array.from({ length: 5 }, (_, first) => read(() => product, first * 3));
const startedAt = Date.now();
try {
  for (day.round = 1; day.round <= rounds; day.round += 1) {
    const chosen = upstream.feeds.filter(({ number }) => number % 10 === day.round % 10);
    for (const feed of chosen) upstream.publish(feed);
    for (const feed of chosen.slice(0, 3)) upstream.edit(feed);
    for (const feed of chosen.slice(0, 1)) {
      // A flood.
      for (let more = 0; day.round % 6 === 0 && more < 30; more += 1) upstream.publish(feed);
    }
    await product.fireCron(Date.now() + day.round * intervalMs);
    if (day.round % 5 === 0) await product.administer('/refresh?force=1', { method: 'POST' });
    if (day.round % 8 === 0) {
      // In the middle of the work.
      await delay(1000);
      [day.isDown, kvWrites, publishes] = [
        true,
        kvWrites + product.logged.kvWrites,
        publishes + product.logged.publishes,
      ];
      heap.close();
      await product.kill();
      product = await startProduct(options);
      heap = await watchHeap(inspectorPort, () => product.health());
      day.isDown = false;
      await product.fireCron(Date.now() + day.round * intervalMs);
    }
    await settle(product);
    memory.push(await heap.live());
    console.log(
      `hour ${day.round}: ${(await product.health()).entries} entries, ${inMb(memory.at(-1))} live, ${inMb(product.memory().now)} of runtime`,
    );
  }
  // All sites are well again: whatever went wrong must be made good.
  day.isHealing = true;
  // Hosts rest for as long as they asked.
  await delay(6000);
  for (let extra = 1; extra <= 3; extra += 1) {
    await product.fireCron(Date.now() + (rounds + extra * 24) * intervalMs);
    await settle(product);
  }
  const held = await heldLinks(product);
  const expected = upstream.feeds.flatMap(({ entries }) => entries.map(({ link }) => link));
  const lost = expected.filter((link) => !held.has(link));
  if (lost.length > 0) broken.push(`${lost.length} of ${expected.length} entries are lost, such as ${lost[0]}`);
  const newest = upstream.feeds
    .flatMap(({ entries }) => entries)
    .toSorted((a, b) => b.published.localeCompare(a.published))[0];
  // An isolate looks for a newer window every second.
  for (let tries = 0; ; tries += 1, await delay(500)) {
    const feed = await (await fetch(`${product.origin}/rss.xml?limit=200`)).text();
    if (newest === undefined || feed.includes(newest.title)) break;
    if (tries < 20) continue;
    broken.push(`the newest entry is not published within ten seconds: ${newest.title}`);
    break;
  }
  [kvWrites, publishes] = [kvWrites + product.logged.kvWrites, publishes + product.logged.publishes];
  if (kvWrites > 1000) broken.push(`${kvWrites} KV writes`);
  const [half, last] = [memory[Math.floor(memory.length / 2)] ?? 0, memory.at(-1) ?? 0];
  if (last > half * 1.5) broken.push(`memory grows: ${inMb(half)}, then ${inMb(last)}`);
  day.isOver = true;
  await Promise.all(readers);
  const sorted = latencies.toSorted((a, b) => a - b);
  console.log(`${rounds} hours in ${Math.round((Date.now() - startedAt) / 60_000)} minutes: ${sources} sources, ${held.size} entries, ${latencies.length} polls
  latency of readers  ${Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)} ms in the median, ${Math.round(sorted[Math.floor(sorted.length * 0.99)] ?? 0)} ms for 99 of 100
  KV writes           ${kvWrites} in ${publishes} publishes
  live memory         ${inMb(last)} at the end, ${inMb(Math.max(...memory))} at most; ${inMb(product.memory().peak)} of runtime`);
} finally {
  day.isOver = true;
  heap.close();
  await product.kill();
  upstream.close();
  rmSync(folder, { recursive: true, force: true });
}
for (const what of new Set(broken)) console.log(`BROKEN  ${what}`);
process.exitCode = broken.length === 0 ? 0 : 1;

/**
 * `npm run kill -- --sources 200 --kills 50`: the product is killed at random moments of refresh rounds, and nothing may
 * come of it.
 *
 * Every source has something new in every round. Each time everything is ended by SIGKILL somewhere in the round, started
 * again, and given one more round; then the archive must hold every entry once, and at the end it must equal, entry by entry
 * and feed by feed, that of an installation that was left alone. Options: --sources (200), --kills (50), --port (8760),
 * --seed (a number: the same moments again).
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { loadSettings, type Product, startProduct } from './product/product.ts';
import { intervalMs, runRound } from './product/round.ts';
import { startLoadUpstream } from './product/upstream.ts';
import { createRandom } from './random.ts';

const { values } = parseArgs({
  options: {
    sources: { type: 'string', default: '200' },
    kills: { type: 'string', default: '50' },
    port: { type: 'string', default: '8760' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const sources = Number(values.sources);
const kills = Number(values.kills);
const port = Number(values.port);
const withinMs = 180_000;

const random = createRandom(Number(values.seed));

/** The columns that two archives must agree on: everything of an entry except when and in which order it came. */
async function readEntries(product: Product): Promise<ReadonlyMap<string, string>> {
  const lines = (await product.administer('/export')).split('\n').filter((line) => line.startsWith('{"kind":"entry"'));
  return new Map(
    lines.map((line) => {
      const { id, entry: whole, guid, url, tags, sortAt, revision, contentHash, retired } = JSON.parse(line);
      // How new its feed was when the entry came.
      const { feedUpdated: _, ...entry } = whole ?? {};
      return [id, JSON.stringify([entry, guid, url, tags, sortAt, revision, contentHash, retired])];
    }),
  );
}

/** Dates of a feed that tell when something came. Those of entries are compared in the archive. */
const arrivals = /<lastBuildDate>[^<]*|<updated>[^<]*|"updated":"[^"]*"/g;

/** Reads feeds once they stop changing: an isolate looks for a newer window once a second, and answers meanwhile. */
async function readFeeds(product: Product): Promise<readonly string[]> {
  const paths = ['/rss.xml', '/atom.xml', '/feed.json', '/tags/group-1/rss.xml', '/feed.json?limit=200'];
  const read = async (path: string): Promise<string> =>
    (await (await fetch(product.origin + path)).text()).replaceAll(arrivals, '');
  for (let before: readonly string[] = []; ; await delay(2000)) {
    const feeds = await Promise.all(paths.map(read));
    if (feeds.every((feed, place) => feed === before[place])) return feeds;
    before = feeds;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'tributary-kill-'));
const seedsDir = join(folder, 'seeds');
const upstream = await startLoadUpstream(sources, 2);
mkdirSync(seedsDir);
writeFileSync(join(seedsDir, 'sources.opml'), upstream.opml());
const disturbed = { port, persistTo: join(folder, 'disturbed'), seedsDir, vars: loadSettings };
console.log(`${sources} sources, ${kills} kills, --seed ${values.seed}`);

let product = await startProduct(disturbed);
let broken = 0;
try {
  let startedAt = Date.now();
  await runRound(product, upstream, Date.now(), withinMs);
  let roundMs = Math.min(Date.now() - startedAt, 5000);
  for (let kill = 1; kill <= kills; kill += 1) {
    for (const feed of upstream.feeds) upstream.publish(feed);
    upstream.reset();
    const at = Date.now() + intervalMs;
    const moment = Math.round(random() * roundMs);
    await product.fireCron(at);
    await delay(moment);
    await product.kill();
    const askedBefore = upstream.asked().feeds;
    product = await startProduct(disturbed);
    // Jobs recorded before the kill are not due any more at `at`, so only jobs that the kill left undone are asked.
    startedAt = Date.now();
    const deadline = startedAt + withinMs;
    const expected = upstream.feeds.reduce((sum, feed) => sum + feed.entries.length, 0);
    let health = await product.health();
    for (let firedAt = 0; Date.now() < deadline; await delay(200)) {
      health = await product.health();
      if (health.entries === expected && health.queue.inFlight === 0) break;
      if (health.entries !== expected && Date.now() - firedAt > 3000) {
        await product.fireCron(at);
        firedAt = Date.now();
      }
    }
    roundMs = Math.min(Math.max(roundMs, Date.now() - startedAt), 5000);
    const held = await readEntries(product);
    const holds = health.entries === expected && held.size === expected && health.sources.failing === 0;
    if (!holds) broken += 1;
    console.log(
      `kill ${kill} after ${moment} ms, ${askedBefore} of ${sources} sources asked: ${holds ? 'whole' : 'BROKEN'} (${held.size} of ${expected} entries)`,
    );
  }
  const [entries, feeds] = [await readEntries(product), await readFeeds(product)];
  await product.kill();
  upstream.reset();
  product = await startProduct({ ...disturbed, persistTo: join(folder, 'undisturbed') });
  await runRound(product, upstream, Date.now(), withinMs);
  const [otherEntries, otherFeeds] = [await readEntries(product), await readFeeds(product)];
  const different = [...otherEntries].filter(([id, entry]) => entries.get(id) !== entry);
  const differentFeeds = otherFeeds.filter((feed, place) => feed !== feeds[place]).length;
  if (different.length > 0 || entries.size !== otherEntries.size || differentFeeds > 0) broken += 1;
  console.log(
    `against an undisturbed archive: ${different.length} of ${otherEntries.size} entries differ, ${differentFeeds} of ${feeds.length} feeds differ`,
  );
  const [pair] = different;
  if (pair !== undefined) console.log(`  ${entries.get(pair[0])}\n  ${pair[1]}`);
} finally {
  await product.kill();
  upstream.close();
  rmSync(folder, { recursive: true });
}
process.exitCode = broken === 0 ? 0 : 1;

/**
 * `npm run scale:archive -- --sources 10000 --entries 100000`: everything that tells of all sources, on an archive of that
 * size whose sources have 20 defects and 30 checks each, and how long it takes.
 *
 * The archive comes as a backup, so restoring is measured, too. The exit code is 1 when a promise is broken. Options:
 * --sources, --entries, --port (8760; the next one is taken, too), --seconds (10).
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { toEntryId } from '../src/domain/entry.ts';
import { parseHttpUrl } from '../src/domain/http-url.ts';
import { toSourceId } from '../src/domain/source.ts';
import { watchHeap } from './product/heap.ts';
import { loadSettings, loadToken, startProduct } from './product/product.ts';

const { values } = parseArgs({
  options: {
    sources: { type: 'string', default: '10000' },
    entries: { type: 'string', default: '100000' },
    port: { type: 'string', default: '8760' },
    seconds: { type: 'string', default: '10' },
  },
});
const [sources, entries, seconds] = [Number(values.sources), Number(values.entries), Number(values.seconds)];

/** Most live memory of an isolate: Cloudflare's limit is 128 MB. Bytes. */
const liveBytes = 110e6;

const now = Date.now();
const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 52);

function urlOf(source: number) {
  const url = parseHttpUrl(`https://site-${source}.example/feed.xml`);
  if (url === undefined) throw new Error('no address');
  return url;
}

/** A source that was checked thirty times, with the largest list of defects that is kept. */
function sourceLine(at: number): string {
  const defects = Array.from({ length: 20 }, (_, one) => ({
    kind: 'unparsable-date',
    detail: `The date "${'the 3rd day of the week '.repeat(7)}" of entry ${one} was not understood and is left out.`,
    line: one * 40,
    entryIndex: one,
  }));
  const history = Array.from({ length: 30 }, (_, check) => {
    const seconds = Math.floor((now - (30 - check) * 3_600_000) / 1000).toString(36);
    return `${seconds}${check % 3 === 0 ? '+20,1,0' : check % 7 === 0 ? '-503' : '='}`;
  }).join(' ');
  const url = urlOf(at);
  return JSON.stringify({
    kind: 'source',
    source: {
      id: toSourceId(url),
      kind: 'feed',
      url,
      siteUrl: `https://site-${at}.example/`,
      title: `Site ${at} of the large archive`,
      tags: [{ slug: `group-${at % 50}`, label: `Group ${at % 50}` }],
      enabled: true,
      fullText: false,
      maxEntries: 0,
      declaredBy: 'api',
    },
    state: {
      lastCheckedAt: now - 60_000,
      lastOutcome: at % 9 === 0 ? 'failed' : 'updated',
      ...(at % 9 === 0 ? { lastFailure: { kind: 'http-status', status: 503 } } : {}),
      consecutiveFailures: at % 9 === 0 ? 3 : 0,
      nextCheckAt: now + 86_400_000,
      nextCheckWhy: 'the site publishes once a day',
      validators: { etag: `"${hash(`etag ${at}`)}"` },
      stopped: false,
      defects,
      history,
    },
  });
}

function entryLine(at: number): string {
  const url = urlOf(at % sources);
  const guid = `urn:large:${at}`;
  const id = toEntryId(toSourceId(url), guid);
  const published = now - at * 60_000;
  const tags = [{ slug: `group-${(at % sources) % 50}`, label: `Group ${(at % sources) % 50}` }];
  return JSON.stringify({
    kind: 'entry',
    id,
    sourceId: toSourceId(url),
    guid,
    url: `https://site-${at % sources}.example/articles/${at}`,
    tags,
    sortAt: published,
    firstSeen: published,
    modified: published,
    sequence: at + 1,
    revision: 1,
    contentHash: hash(guid),
    revisions: [{ revision: 1, contentHash: hash(guid), recordedAt: published }],
    entry: {
      id,
      guid,
      url: `https://site-${at % sources}.example/articles/${at}`,
      title: `Article ${at} about ${hash(guid).slice(0, 6)}`,
      summary: `What article ${at} says.`,
      content: `<p>${`Words of article ${at}, ${hash(guid).slice(6, 12)}. `.repeat(30)}</p>`,
      published,
      authors: [{ name: `Author ${at % 200}` }],
      categories: [],
      enclosures: [],
    },
  });
}

/** The backup in parts. `more` entries come after those of the first one. */
function* backupParts(): Generator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const lines = [JSON.stringify({ kind: 'tributary-backup', format: 1 })];
  const cut = (): Uint8Array<ArrayBuffer> => new Uint8Array(encoder.encode(`${lines.splice(0).join('\n')}\n`));
  for (let at = 0; at < sources; at += 1) {
    lines.push(sourceLine(at));
    if (lines.length >= 200) yield cut();
  }
  for (let at = 0; at < entries; at += 1) {
    lines.push(entryLine(at));
    if (lines.length >= 200) yield cut();
  }
  lines.push(JSON.stringify({ kind: 'end', records: sources + entries }));
  yield cut();
}

const folder = mkdtempSync(join(tmpdir(), 'tributary-scale-archive-'));
const seedsDir = join(folder, 'seeds');
mkdirSync(seedsDir);
writeFileSync(join(seedsDir, 'sources.opml'), '<opml version="2.0"><body/></opml>');
const inspectorPort = Number(values.port) + 1;
const product = await startProduct({
  port: Number(values.port),
  inspectorPort,
  persistTo: join(folder, 'state'),
  seedsDir,
  vars: { ...loadSettings, KV_WRITES_PER_DAY: '0' },
});
const heap = await watchHeap(inspectorPort, product.health);
let failures = 0;

/** Asks, and reads the answer as it comes: a backup of this size is not held at once here either. */
async function measure(
  name: string,
  path: string,
  init: RequestInit = {},
  withinSeconds: number = seconds,
): Promise<string> {
  heap.reset();
  const startedAt = performance.now();
  const cpuBefore = product.cpuMs();
  const headers = new Headers(init.headers);
  if (!headers.has('Cookie')) headers.set('Authorization', `Bearer ${loadToken}`);
  const response = await fetch(`${product.origin}${path}`, { ...init, headers });
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  let end = '';
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    const part = decoder.decode(chunk, { stream: true });
    if (text.length < 3_000_000) text += part;
    end = `${end}${part}`.slice(-300);
  }
  const took = (performance.now() - startedAt) / 1000;
  const cpu = (product.cpuMs() - cpuBefore) / 1000;
  const most = await heap.most();
  const live = await heap.live();
  const isGood = response.ok && took <= withinSeconds && live <= liveBytes;
  if (!isGood) failures += 1;
  const sizes = `${(bytes / 1e6).toFixed(1)} MB`;
  console.log(
    `  ${isGood ? 'holds ' : 'BROKEN'} ${name.padEnd(34)} ${response.status} ${took.toFixed(2).padStart(6)} s (CPU ${cpu.toFixed(2).padStart(5)} s) ${sizes.padStart(9)}, isolate ${mb(live)} live, ${mb(most)} with garbage`,
  );
  return text.length < 3_000_000 ? text : end;
}

function mb(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

try {
  console.log(`${sources} sources with 20 defects and 30 checks each, ${entries} entries`);
  const parts = backupParts();
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const { value, done } = parts.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
  });
  const ndjson = { 'Content-Type': 'application/x-ndjson' };
  const post = { method: 'POST', headers: ndjson, body, duplex: 'half' } as RequestInit;
  // Entries are sanitized and indexed as they are restored: a millisecond each.
  console.log(`  ${(await measure('restore', '/admin/api/import', post, 600)).slice(0, 200)}`);
  await measure('health', '/health');
  await measure('health again', '/health');
  await measure('metrics', '/metrics');
  await measure('sources API', '/admin/api/sources');
  await measure('/sources', '/sources');
  await measure('/sources, page 2', '/sources?page=2');
  const opml = await measure('OPML', '/opml.xml');
  if (!opml.includes('</opml>')) throw new Error(`the subscription list is not whole: ${opml.slice(-200)}`);
  const owned = await measure('OPML of the owner', '/admin/api/opml');
  const session = await fetch(`${product.origin}/admin/login`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: product.origin, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: `secret=${loadToken}`,
  });
  const desk = { headers: { Cookie: (session.headers.get('Set-Cookie') ?? '').split(';')[0] ?? '' } };
  await measure('desk, list of sources', '/admin', desk);
  await measure('desk, words', '/admin?q=777', desk);
  await measure('desk, system', '/admin/system', desk);
  await measure('a feed', '/rss.xml');
  await measure('a search', '/feed.json?q=article');
  const list = { 'Content-Type': 'text/x-opml' };
  await measure('import of the same list', '/admin/api/opml', { method: 'POST', headers: list, body: owned });
  const tagged = owned.replaceAll(/<outline /g, '<outline category="/Imported" ');
  await measure('import that tags all sources', '/admin/api/opml', { method: 'POST', headers: list, body: tagged });
  await measure('health while entries follow', '/health');
  const end = await measure('export', '/admin/api/export', {}, 60);
  if (!end.includes('"kind":"end"')) throw new Error(`the backup is not whole: ${end.slice(-200)}`);
  console.log(`  runtime ${mb(product.memory().peak)} at most (the whole process, every simulated service)`);
} finally {
  heap.close();
  await product.kill();
  rmSync(folder, { recursive: true });
}
process.exitCode = failures === 0 ? 0 : 1;

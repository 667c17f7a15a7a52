/**
 * Archive documents by month (RFC 5005 section 4), as a walker meets them while entries arrive.
 */
import { runDurableObjectAlarm } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Month } from '../../src/domain/month.ts';
import { createArchiveReader } from '../../src/platform/archive-doors.ts';
import type { Bindings } from '../../src/platform/bindings.ts';
import { givenSource, recordArticles } from '../support/archive-objects.ts';
import { findFaults } from '../support/feed-rules.ts';

const bindings = env as unknown as Bindings;
const worker = (exports as unknown as { default: Fetcher }).default;
const origin = 'https://feeds.example';
const archive = bindings.ARCHIVE.getByName('archive');
const source = givenSource('walk.example');

async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return await worker.fetch(path.startsWith('http') ? path : `${origin}${path}`, { headers });
}

interface Feed {
  readonly items: readonly { readonly title: string; readonly id: string }[];
  readonly links: Readonly<Record<string, string | boolean | undefined>>;
}

async function feed(path: string): Promise<Feed> {
  const { items, _tributary: links } = await (await get(path)).json<{
    items: Feed['items'];
    _tributary: Feed['links'];
  }>();
  return { items, links };
}

let walkers = 0;

/** Follows prev-archive from the subscription document; `between` runs after each document. */
async function walk(between: (documents: number) => Promise<void> = async () => {}): Promise<readonly string[]> {
  walkers += 1;
  const seen: string[] = [];
  // A name of its own for each walker: the current month is remembered for ten seconds.
  let next = (await feed(`https://walker-${walkers}.example/feed.json`)).links['prev_archive_url'];
  for (let documents = 1; typeof next === 'string'; documents += 1) {
    const document: Feed = await feed(next);
    seen.push(...document.items.map((item) => item.title));
    await between(documents);
    next = document.links['prev_archive_url'];
  }
  return seen;
}

async function publish(): Promise<void> {
  await runDurableObjectAlarm(archive);
  await new Promise((resolve) => setTimeout(resolve, 1100));
}

const firstArticles = Array.from({ length: 30 }, (_, number) => ({
  name: `article ${number}`,
  at: new Date(Date.UTC(2026, 2 - Math.floor(number / 6), 20 - number, 8)).toISOString(),
}));
const seeds = ['A watch that runs on tides', 'Der Pegel am Morgen', 'Where two rivers meet'];

describe('the archive by month', () => {
  beforeAll(async () => {
    await recordArticles(bindings, source, firstArticles);
    await (await get('/rss.xml')).text();
    await publish();
  });

  it('spreads what comes before anybody asks over the months it is from', async () => {
    const march = await feed('/archive/2026-03/feed.json');
    expect(march.items.map((item) => item.title)).toEqual(firstArticles.slice(0, 6).map((article) => article.name));
    expect(march.links['archive']).toBe(true);
    expect(march.links['current_url']).toBe(`${origin}/feed.json`);
    expect(march.links['prev_archive_url']).toBe(`${origin}/archive/2026-02/feed.json`);
    expect(march.links['next_archive_url']).toBe(`${origin}/archive/2026-04/feed.json`);
  });

  it('lets a walker reach each entry exactly once while entries of all times arrive', async () => {
    const arrived: string[] = [];
    const seen = await walk(async (documents) => {
      const name = `late ${documents}`;
      arrived.push(name);
      await recordArticles(bindings, source, [{ name, at: `202${documents % 7}-01-05T00:00:00Z` }]);
    });
    const before = [...seeds, ...firstArticles.map((article) => article.name)];
    expect(arrived.length).toBeGreaterThan(5);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(before));
    await publish();
    const again = await walk();
    expect(again.toSorted()).toEqual([...before, ...arrived].toSorted());
  });

  it('never changes a month that is over, whatever arrives for it', async () => {
    const first = await get('/archive/2026-02/atom.xml');
    const text = await first.text();
    expect(first.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
    expect(text).toContain('<fh:archive');
    await recordArticles(bindings, source, [{ name: 'much too late', at: '2026-02-02T00:00:00Z' }]);
    const held = await createArchiveReader(bindings).month('2026-02' as Month, undefined, 'atom');
    expect(held?.entries).toHaveLength(6);
    const current = new Date().toISOString().slice(0, 7);
    expect((await feed(`/archive/${current}/feed.json?limit=50`)).items.map((item) => item.title)).toContain(
      'much too late',
    );
  });

  it('does not promise that the current month stays as it is', async () => {
    const response = await get(`/archive/${new Date().toISOString().slice(0, 7)}/rss.xml`);
    expect(await response.text()).not.toContain('<fh:archive');
    expect(response.headers.get('Cache-Control')).toContain('max-age=300');
  });

  it('follows the rules of the formats and is conditional, in every format', async () => {
    for (const [format, file] of [
      ['rss', 'rss.xml'],
      ['atom', 'atom.xml'],
      ['json', 'feed.json'],
    ] as const) {
      const response = await get(`/archive/2026-01/${file}`);
      expect(findFaults(format, await response.text())).toEqual([]);
      const etag = response.headers.get('ETag') ?? '';
      expect((await get(`/archive/2026-01/${file}`, { 'If-None-Match': etag })).status).toBe(304);
      expect(response.headers.get('Link')).toContain('rel="prev-archive"');
    }
  });

  it('continues a month that is too long for one document', async () => {
    const many = Array.from({ length: 1201 }, (_, number) => ({ name: `flood ${number}` }));
    await recordArticles(bindings, givenSource('flood.example'), many);
    await publish();
    const seen = await walk();
    expect(seen.filter((title) => title.startsWith('flood'))).toHaveLength(1201);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('says what is wrong with an address that is none', async () => {
    for (const path of ['/archive/2026-13/rss.xml', '/archive/2126-01/rss.xml', '/archive/1990-01/rss.xml']) {
      const response = await get(path);
      expect(response.status).toBe(404);
      await response.text();
    }
    const filtered = await get('/archive/2026-03/rss.xml?tag=a');
    expect(filtered.status).toBe(400);
    await filtered.text();
  });
});

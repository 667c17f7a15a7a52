/**
 * Digests: one entry for each day or week that is over, made once, the same in every format.
 */
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import type { DigestAnswer } from '../../src/pipeline/digest-question.ts';
import { readDigests } from '../../src/platform/archive/answers/read-digests.ts';
import { wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { noteKeptDigests } from '../../src/platform/archive/rows/digest-rows.ts';
import type { Bindings } from '../../src/platform/bindings.ts';
import { everything, type Query } from '../../src/query/language/query.ts';
import { givenSource, recordArticles } from '../support/archive-objects.ts';
import { findFaults } from '../support/feed-rules.ts';

const bindings = env as unknown as Bindings;
const worker = (exports as unknown as { default: Fetcher }).default;
const origin = 'https://feeds.example';
const archive = bindings.ARCHIVE.getByName('archive');
const source = givenSource('daily.example', { title: 'Daily' });
const crowd = givenSource('crowd.example', { title: 'Crowd' });
const own = givenSource('secret.example', { title: 'Secret', isPrivate: true });
const rivers = { slug: 'rivers', label: 'Rivers' };

const dayMs = 86_400_000;
const today = Math.floor(Date.now() / dayMs) * dayMs;
/** An hour of a day, counted back from today. */
const at = (daysAgo: number, hour = 12): string => new Date(today - daysAgo * dayMs + hour * 3_600_000).toISOString();
const day = (daysAgo: number): string => at(daysAgo).slice(0, 10);

interface Item {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly content_html: string;
  readonly summary: string;
  readonly date_published: string;
  readonly date_modified: string;
}
interface Feed {
  readonly title: string;
  readonly next_url?: string;
  readonly items: readonly Item[];
}

async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return await worker.fetch(path.startsWith('http') ? path : `${origin}${path}`, { headers });
}
async function feed(path: string): Promise<Feed> {
  return await (await get(path)).json<Feed>();
}
async function publish(): Promise<void> {
  await runDurableObjectAlarm(archive);
  await new Promise((resolve) => setTimeout(resolve, 1100));
}
/** Digests as the Archive answers them at a time. */
async function ask(now: number, changes: Partial<Query> = {}, kind: 'day' | 'week' = 'day'): Promise<DigestAnswer> {
  return await runInDurableObject(archive, (_, state) =>
    readDigests(
      wakeArchive(state.storage),
      { name: `test ${kind} ${JSON.stringify(changes)}`, kind, zone: 'UTC', query: { ...everything, ...changes } },
      now as Instant,
    ),
  );
}
const namesOf = (answer: DigestAnswer): readonly (readonly string[])[] =>
  answer.digests.map(({ items }) => items.map(({ title }) => title));
const inSource = { sources: [{ anyOf: [source.id] }] };

beforeAll(async () => {
  await (await get('/rss.xml')).text();
  await recordArticles(bindings, source, [
    { name: 'today', at: new Date(Date.now() - 1000).toISOString() },
    { name: 'yesterday noon', at: at(1), tags: [rivers], language: 'en' },
    { name: 'yesterday <b>night</b> & day', at: at(1, 23), summary: 'Water & <more>' },
    { name: 'three days ago', at: at(3), tags: [rivers] },
    { name: 'forty days ago', at: at(40) },
  ]);
  await recordArticles(bindings, own, [{ name: 'private yesterday', at: at(1) }]);
  await publish();
}, 60_000);

describe('a digest feed', () => {
  const path = `/sources/${source.id}/feed.json?digest=day`;

  it('has one entry for each day that is over and has entries, titled by date and count', async () => {
    const { items, title } = await feed(path);
    expect(items.map((item) => item.date_published)).toEqual([0, 2, 39].map((ago) => at(ago, 0).replace('.000', '')));
    expect(items[0]?.title).toMatch(/^\w+day \d+ \w+ \d{4}: 2 entries$/);
    expect(items[1]?.title).toMatch(/: 1 entry$/);
    expect(title).toContain('one entry a day');
  });

  it('lists title, source, summary and link of what matched, newest first', async () => {
    const [first] = (await feed(path)).items;
    expect(first?.content_html).toContain(
      'yesterday &lt;b&gt;night&lt;/b&gt; &amp; day</a> (Daily)<br>Water &amp; &lt;more&gt;',
    );
    expect(first?.content_html.indexOf('night')).toBeLessThan(first?.content_html.indexOf('noon') ?? 0);
    expect(first?.content_html).toMatch(/<li lang="en" dir="ltr"><a href="https:/);
    expect(first?.url).toBe(`${origin}/sources/${source.id}?since=${day(1)}&until=${day(1)}`);
    expect(first?.date_modified).toBe(first?.date_published);
  });

  it('is made for a tag, a filter, a week and another zone', async () => {
    expect((await feed('/tags/rivers/feed.json?digest=day')).items[0]?.title).toMatch(/: 1 entry$/);
    expect((await feed('/feed.json?digest=day&q=noon')).items.map(({ title }) => title)).toHaveLength(1);
    expect((await feed(`/feed.json?source=${source.id}&digest=week`)).items[0]?.title).toMatch(/^Week of /);
    const tokyo = await feed(`/feed.json?source=${source.id}&digest=day&zone=Asia/Tokyo`);
    for (const item of tokyo.items) expect(item.date_published).toMatch(/T15:00:00Z$/);
    expect(new Set([...(await feed(path)).items, ...tokyo.items].map(({ id }) => id)).size).toBe(
      3 + tokyo.items.length,
    );
  });

  it.each(['rss.xml', 'atom.xml', 'feed.json'])('follows the rules of its format: %s', async (file) => {
    const response = await get(`/${file}?digest=day&limit=2`);
    const text = await response.text();
    const format = file === 'feed.json' ? 'json' : file === 'rss.xml' ? 'rss' : 'atom';
    expect(findFaults(format, text)).toEqual([]);
    expect(text).toContain('urn:tributary:digest:');
    expect(response.headers.get('Link')).toContain('rel="next"');
  });

  it('is conditional, and its date is that of the last period', async () => {
    const first = await get('/atom.xml?digest=day');
    const etag = first.headers.get('ETag') ?? '';
    expect(Date.parse(first.headers.get('Last-Modified') ?? '')).toBeGreaterThanOrEqual(today);
    expect(await first.text()).toContain(`<updated>${at(0, 0).replace('.000', '')}</updated>`);
    expect((await get('/atom.xml?digest=day', { 'If-None-Match': etag })).status).toBe(304);
    expect(
      (await get('/atom.xml?digest=day', { 'If-Modified-Since': first.headers.get('Last-Modified') ?? '' })).status,
    ).toBe(304);
  });

  it('continues on further pages without a gap', async () => {
    const whole = (await feed('/feed.json?digest=day&limit=30')).items.map(({ id }) => id);
    const walked: string[] = [];
    for (let next: string | undefined = '/feed.json?digest=day&limit=2'; next !== undefined; ) {
      const page: Feed = await feed(next);
      expect(page.items.length).toBeLessThanOrEqual(2);
      walked.push(...page.items.map(({ id }) => id));
      next = page.next_url;
    }
    expect(walked).toEqual(whole);
  });

  it('chooses whole periods by since and until', async () => {
    const { items } = await feed(`${path}&since=${day(3)}&until=${at(3, 13)}`);
    expect(items.map(({ title }) => title)).toEqual([expect.stringMatching(/: 1 entry$/)]);
    expect((await feed(`${path}&since=10d`)).items).toHaveLength(2);
    expect((await feed(`${path}&until=10d`)).items).toHaveLength(1);
  });

  it('explains what it does not understand', async () => {
    for (const search of ['digest=month', 'digest=day&zone=Mars/Olympus', 'zone=UTC']) {
      const response = await get(`/rss.xml?${search}`);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain(search.includes('month') ? 'Give day or week' : 'zone');
    }
  });

  it('is a page, too', async () => {
    const text = await (await get(`/sources/${source.id}?digest=day`)).text();
    expect(text).toContain('2 entries</a></h2>');
    expect(text).toContain('yesterday &lt;b&gt;night&lt;/b&gt;');
    expect(text).toContain(`${origin}/sources/${source.id}/rss.xml?digest=day`);
    const opened = await get('/rss.xml?digest=day', { 'Sec-Fetch-Dest': 'document' });
    expect(await opened.text()).toContain('<html');
  });
});

async function save(name: string, body: object): Promise<{ readonly json: string }> {
  const response = await worker.fetch(`${origin}/admin/api/views/${name}`, {
    method: 'PUT',
    headers: { Authorization: 'Bearer token-of-the-tests', 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return await response.json();
}

describe('a digest of a saved view', { timeout: 60_000 }, () => {
  it('is made whether the view or the request says so', async () => {
    await save('daily', { title: 'Each day', query: 'tag=rivers&digest=day&zone=Asia/Tokyo' });
    await save('plain', { title: 'Rivers', query: 'tag=rivers' });
    const daily = await feed('/views/daily/feed.json');
    expect(daily.title).toContain('Each day');
    expect(daily.items[0]?.date_published).toMatch(/T15:00:00Z$/);
    expect((await feed('/views/plain/feed.json?digest=week')).items[0]?.title).toMatch(/^Week of/);
    expect(await (await get('/views/daily')).text()).toContain('entry</a></h2>');
  });

  it('opens with its key, and only its own readers see private entries', async () => {
    const { json } = await save('mine', { title: 'Mine', query: `source=${own.id}`, private: true });
    const address = new URL(json);
    address.searchParams.set('digest', 'day');
    const mine = await feed(`${address.pathname}${address.search}`);
    expect(mine.items[0]?.content_html).toContain('private yesterday');
    expect(mine.items[0]?.url).toContain('key=');
    expect((await get('/views/mine/feed.json?digest=day')).status).toBe(404);
    expect(JSON.stringify(await feed(`/feed.json?digest=day&since=3d`))).not.toContain('private yesterday');
  });
});

describe('what was made', { timeout: 60_000 }, () => {
  it('never changes: what comes late is in the digest of the day it came', async () => {
    const now = Date.now();
    const before = await ask(now, inSource);
    await recordArticles(bindings, source, [
      { name: 'came late', at: at(1, 8) },
      { name: 'for an empty day', at: at(2, 8) },
      { name: 'yesterday noon', at: at(1), summary: 'Edited.' },
    ]);
    expect(await ask(now, inSource)).toEqual({ ...before, totals: expect.anything() });
    // A view that was not asked before takes them for late, too: days are closed for all.
    const another = await ask(now, { ...inSource, limit: 7 });
    expect(namesOf(another)).toEqual(namesOf(before));
    const tomorrow = await ask(now + dayMs, inSource);
    expect(namesOf(tomorrow)[0]?.toSorted()).toEqual(['came late', 'for an empty day', 'today']);
    expect(tomorrow.digests.slice(1)).toEqual(before.digests);
    const words = await ask(now + dayMs, { ...inSource, text: [{ anyOf: [{ text: 'late', in: 'both' }] }] });
    expect(namesOf(words)[0]).toEqual(['came late']);
  });

  it('loses what nobody may see any more', async () => {
    await ask(Date.now(), inSource);
    const response = await worker.fetch(`${origin}/admin/api/sources/${source.id}`, {
      method: 'PATCH',
      headers: { Authorization: 'Bearer token-of-the-tests', 'Content-Type': 'application/json' },
      body: JSON.stringify({ private: true }),
    });
    expect(response.status).toBe(200);
    await publish();
    expect((await ask(Date.now(), inSource)).digests).toEqual([]);
    expect((await feed(`/sources/${source.id}/feed.json?digest=day`)).items ?? []).toEqual([]);
  });
});

describe('a day of many entries', () => {
  it('counts all, lists a hundred, and leads to the page of the rest', async () => {
    const many = Array.from({ length: 2500 }, (_, number) => ({
      name: `crowded ${number}`,
      at: at(5, 1 + (number % 20)),
    }));
    for (let from = 0; from < many.length; from += 500) {
      await recordArticles(bindings, crowd, many.slice(from, from + 500));
    }
    // They came after that day was closed: the digest of today has them.
    const { digests } = await ask(Date.now() + dayMs, { sources: [{ anyOf: [crowd.id] }] });
    expect(digests.map(({ count, isMore, items }) => [count, isMore, items.length])).toEqual([[2500, false, 100]]);
    expect(JSON.stringify(digests).length).toBeLessThan(64 * 1024);
  }, 60_000);
});

describe('a day that kept as many digests as it may', () => {
  it('makes more and keeps none of them', async () => {
    const far = (today + 30 * dayMs) as Instant;
    const kept = async (): Promise<unknown> =>
      await runInDurableObject(archive, (_, { storage }) => storage.sql.exec('SELECT COUNT(*) AS n FROM digest').one());
    await runInDurableObject(archive, (_, { storage }) => noteKeptDigests(storage.sql, 1_000_000, far));
    const before = await kept();
    expect((await ask(far, { limit: 2 })).digests).toHaveLength(2);
    expect(await kept()).toEqual(before);
    expect((await ask(far + dayMs, { limit: 2 })).digests).toHaveLength(2);
    expect(await kept()).not.toEqual(before);
  });
});

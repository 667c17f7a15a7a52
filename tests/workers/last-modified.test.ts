/**
 * Last-Modified moves with every change that readers see (RFC 9110 section 8.8.2); what a feed says of its date and language.
 */
import { runDurableObjectAlarm } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import { toInitialState } from '../../src/domain/source-state.ts';
import { createArchiveWriter } from '../../src/platform/archive-doors.ts';
import type { Bindings } from '../../src/platform/bindings.ts';
import { givenSource, recordArticles } from '../support/archive-objects.ts';

const bindings = env as unknown as Bindings;
const worker = (exports as unknown as { default: Fetcher }).default;
const origin = 'https://feeds.example';
const water = { slug: 'waterfalls', label: 'Waterfalls' };
const fire = { slug: 'campfires', label: 'Campfires' };
const first = givenSource('first.example', { title: 'First' });
const second = givenSource('second.example', { title: 'Second' });
const old = '2026-01-05T00:00:00Z';

async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return await worker.fetch(`${origin}${path}`, { headers });
}
async function publish(): Promise<void> {
  await runDurableObjectAlarm(bindings.ARCHIVE.getByName('archive'));
  await new Promise((resolve) => setTimeout(resolve, 1100));
}
async function own(method: string, path: string, body?: object): Promise<void> {
  const response = await worker.fetch(`${origin}/admin/api/${path}`, {
    method,
    headers: { Authorization: 'Bearer token-of-the-tests', 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(response.status).toBeLessThan(300);
  await response.text();
}
/** What a client with only a date is told of these feeds after a change. */
async function statusesAfter(paths: readonly string[], change: () => Promise<void>): Promise<readonly number[]> {
  const dates: string[] = [];
  for (const path of paths) dates.push((await get(path)).headers.get('Last-Modified') ?? '');
  // Dates of HTTP have seconds.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await change();
  await publish();
  const statuses: number[] = [];
  for (const [at, path] of paths.entries()) {
    statuses.push((await get(path, { 'If-Modified-Since': dates[at] ?? '' })).status);
  }
  return statuses;
}

beforeAll(async () => {
  await (await get('/rss.xml')).text();
  await recordArticles(bindings, first, [
    { name: 'one', at: old, tags: [water], language: 'en-GB' },
    { name: 'two', at: old, tags: [water], language: 'en' },
    { name: 'three', at: old, tags: [fire] },
  ]);
  await recordArticles(bindings, second, [{ name: 'other', at: old, tags: [fire], language: 'de' }]);
  await publish();
}, 60_000);

/** Changes of entries. */
const edit = () =>
  recordArticles(bindings, first, [
    {
      name: 'one',
      at: old,
      tags: [water],
      language: 'en-GB',
      summary: 'Edited.',
      updated: Date.parse(old) as Instant,
    },
  ]);
const tagTwo = (tags: readonly (typeof water)[]) =>
  recordArticles(bindings, first, [{ name: 'two', at: old, tags, language: 'en' }]);
const rename = async () => {
  const now = Date.now() as Instant;
  await createArchiveWriter(bindings).record([
    {
      kind: 'source',
      sourceId: first.id,
      state: { ...toInitialState(now), nextCheckAt: (now + 86_400_000) as Instant },
      entries: [],
      description: { title: 'First', channel: { description: 'Now with words.' }, rights: 'All of them.' },
    },
  ]);
};

describe('If-Modified-Since', { timeout: 60_000 }, () => {
  it('is answered with 304 while nothing changes', async () => {
    expect(
      await statusesAfter(['/rss.xml', '/tags/waterfalls/atom.xml', '/feed.json?lang=en'], async () => {}),
    ).toEqual([304, 304, 304]);
  });

  it('is told of an edit with an old date', async () => {
    expect(await statusesAfter(['/rss.xml', '/tags/waterfalls/atom.xml', '/tags/campfires/feed.json'], edit)).toEqual([
      200, 200, 304,
    ]);
  });

  it('is told of another tag, where the entry comes and where it is shown', async () => {
    const paths = ['/tags/campfires/rss.xml', '/tags/waterfalls/rss.xml', `/sources/${second.id}/rss.xml`];
    expect(await statusesAfter(paths, () => tagTwo([fire, water]))).toEqual([200, 200, 304]);
  });

  it('is told that an entry left a tag', async () => {
    expect(
      await statusesAfter(['/tags/campfires/atom.xml', `/sources/${second.id}/rss.xml`], () => tagTwo([water])),
    ).toEqual([200, 304]);
  });

  it('is told that entries left with their source', async () => {
    const paths = ['/rss.xml', '/tags/campfires/feed.json', '/tags/waterfalls/feed.json', '/feed.json?q=other'];
    expect(await statusesAfter(paths, () => own('DELETE', `sources/${second.id}`))).toEqual([200, 200, 304, 200]);
  });

  it('is told that a source says something else about itself', async () => {
    expect(await statusesAfter([`/sources/${first.id}/rss.xml`, '/atom.xml'], rename)).toEqual([200, 200]);
  });

  it('says nothing of a view that moves with the clock', async () => {
    const response = await get('/rss.xml?since=3650d');
    expect(Date.now() - Date.parse(response.headers.get('Last-Modified') ?? '')).toBeLessThan(61_000);
    expect(await response.text()).not.toContain(
      `<lastBuildDate>${response.headers.get('Last-Modified')}</lastBuildDate>`,
    );
  });
});

describe('an empty feed', () => {
  it.each(['/rss.xml', '/atom.xml', '/feed.json'])('has no date of 1970: %s', async (file) => {
    const response = await get(`${file}?author=nobody`);
    const text = await response.text();
    expect(text).not.toContain('1970');
    expect(response.headers.get('Last-Modified')).not.toContain('1970');
  });
});

describe('a document that shows no instant', () => {
  it('has no Last-Modified, and an entity tag', async () => {
    const response = await get('/bot');
    expect(response.status).toBe(200);
    expect(response.headers.get('Last-Modified')).toBeNull();
    expect((await get('/bot', { 'If-None-Match': response.headers.get('ETag') ?? '' })).status).toBe(304);
  });
});

describe('the language of a feed', () => {
  it('is named where all entries have it', async () => {
    expect(await (await get('/rss.xml?tag=waterfalls')).text()).toContain('<language>en</language>');
    expect(await (await get('/feed.json?tag=waterfalls')).json()).toMatchObject({ language: 'en' });
  });

  it('is not named where one entry has another or none', async () => {
    expect(await (await get('/tags/campfires/rss.xml')).text()).not.toContain('<language>');
    expect(await (await get('/feed.json')).json()).not.toHaveProperty('language');
  });

  it('is unknown in Atom where nobody knows it', async () => {
    const text = await (await get('/tags/campfires/atom.xml')).text();
    expect(text).toMatch(/<entry xml:lang="">/);
    expect(text).toMatch(/<feed [^>]*xml:lang="en"/);
  });
});

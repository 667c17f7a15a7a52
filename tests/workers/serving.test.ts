import { runDurableObjectAlarm } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { archiveDoor } from '../../src/platform/archive-doors.ts';
import type { Bindings } from '../../src/platform/bindings.ts';

const bindings = env as unknown as Bindings;
const worker = (exports as unknown as { default: Fetcher }).default;
const origin = 'https://feeds.example';

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return worker.fetch(`${origin}${path}`, { headers });
}

async function publish(): Promise<void> {
  await runDurableObjectAlarm(bindings.ARCHIVE.getByName('archive'));
}

async function windowKeys(): Promise<readonly string[]> {
  return (await bindings.WINDOW.list()).keys.map((key) => key.name);
}

describe('a first visit to an empty KV', () => {
  it('loads the seeds and answers at once', async () => {
    expect(await windowKeys()).toEqual([]);
    const response = await get('/feed.json');
    expect(response.status).toBe(200);
    const feed = await response.json<{ items: { title: string }[] }>();
    expect(feed.items.map((item) => item.title)).toEqual([
      'A watch that runs on tides',
      'Der Pegel am Morgen',
      'Where two rivers meet',
    ]);
  });
});

describe('the published window', () => {
  beforeAll(async () => {
    await (await get('/rss.xml')).text();
    await publish();
  });

  it('is an index, its base, and a segment', async () => {
    expect((await windowKeys()).map((key) => key.split('/')[1])).toEqual(['base', 'current', 'open']);
  });

  it('is not written again by another publish of the same entries', async () => {
    const before = await bindings.WINDOW.get('window/current');
    await archiveDoor(bindings, 'reader').bootstrap();
    await publish();
    expect(await bindings.WINDOW.get('window/current')).toBe(before);
  });

  it('gives the same bytes as the Archive gave before it was there', async () => {
    const fromWindow = await (await get('/atom.xml')).text();
    const { keys } = await bindings.WINDOW.list();
    await Promise.all(keys.map((key) => bindings.WINDOW.delete(key.name)));
    const fromArchive = await (await get('/atom.xml?limit=50')).text();
    expect(fromArchive).toBe(fromWindow);
    await archiveDoor(bindings, 'reader').bootstrap();
    await publish();
  });
});

describe('conditional requests', () => {
  it('answer 304 to the entity tag that was served, in every format', async () => {
    for (const path of ['/rss.xml', '/atom.xml', '/feed.json', '/tags/water/rss.xml']) {
      const first = await get(path);
      await first.text();
      const etag = first.headers.get('ETag') ?? '';
      expect(etag).toMatch(/^"[0-9a-z]+-[0-9a-v]{16}"$/);
      const second = await get(path, { 'If-None-Match': `"other", W/${etag}` });
      expect(second.status).toBe(304);
      expect(await second.text()).toBe('');
      expect(second.headers.get('ETag')).toBe(etag);
      expect(second.headers.get('Cache-Control')).toContain('max-age');
    }
  });

  it('answer 304 to the date that was served, unless an entity tag says otherwise', async () => {
    const first = await get('/rss.xml');
    await first.text();
    const date = first.headers.get('Last-Modified') ?? '';
    expect((await get('/rss.xml', { 'If-Modified-Since': date })).status).toBe(304);
    const both = await get('/rss.xml', { 'If-Modified-Since': date, 'If-None-Match': '"other"' });
    await both.text();
    expect(both.status).toBe(200);
  });
});

describe('HEAD', () => {
  it('answers like GET without a body', async () => {
    const head = await worker.fetch(`${origin}/rss.xml`, { method: 'HEAD' });
    const whole = await get('/rss.xml');
    await whole.text();
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    expect(head.headers.get('ETag')).toBe(whole.headers.get('ETag'));
  });
});

async function titles(path: string): Promise<readonly string[]> {
  const feed = await (await get(path)).json<{ items: { title: string }[] }>();
  return feed.items.map((item) => item.title);
}

describe('views', () => {
  it('select one tag by path and several by query', async () => {
    expect(await titles('/tags/rivers/feed.json')).toEqual(['Der Pegel am Morgen', 'Where two rivers meet']);
    expect(await titles('/feed.json?tag=rivers&tag=-en')).toEqual(['Der Pegel am Morgen']);
    expect(await titles('/feed.json?tag=sea,rivers&limit=2')).toEqual([
      'A watch that runs on tides',
      'Der Pegel am Morgen',
    ]);
  });

  it('find words in the text', async () => {
    expect(await titles('/feed.json?q=Schleusenw%C3%A4rter')).toEqual(['Der Pegel am Morgen']);
  });

  it('page to every entry once', async () => {
    const seen: string[] = [];
    let next: string | undefined = '/feed.json?limit=1';
    while (next !== undefined) {
      const page: { items: { title: string }[]; next_url?: string } = await (await get(next)).json();
      seen.push(...page.items.map((item) => item.title));
      next = page.next_url?.slice(origin.length);
    }
    expect(seen).toEqual(['A watch that runs on tides', 'Der Pegel am Morgen', 'Where two rivers meet']);
  });

  it('list near tags when the tag is unknown', async () => {
    const response = await get('/tags/river/rss.xml');
    expect(response.status).toBe(404);
    expect(response.headers.get('Content-Type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ tag: 'river', near: expect.arrayContaining(['rivers']) });
  });

  it('name every mistake of a query at once', async () => {
    const response = await get('/rss.xml?limit=0&colour=red');
    expect(response.status).toBe(400);
    const problem = await response.json<{ problems: { parameter: string }[] }>();
    expect(problem.problems.map((one) => one.parameter)).toEqual(['limit', 'colour']);
  });
});

describe('a delta', () => {
  it('holds only what changed since the entity tag', async () => {
    const whole = await get('/feed.json');
    const feed = await whole.json<{ items: { id: string }[] }>();
    const sequence = Number.parseInt((whole.headers.get('ETag') ?? '').slice(1).split('-')[0] ?? '', 36);
    const former = `"${(sequence - 1).toString(36)}-0000000000000000"`;
    const delta = await get('/feed.json', { 'A-IM': 'feed', 'If-None-Match': former });
    expect(delta.status).toBe(226);
    expect(delta.headers.get('IM')).toBe('feed');
    expect(delta.headers.get('ETag')).toBe(whole.headers.get('ETag'));
    const { items } = await delta.json<{ items: { id: string }[] }>();
    expect(items).toHaveLength(1);
    expect(feed.items).toContainEqual(items[0]);
  });
});

describe('a torn window', () => {
  it('is not used: the version before it is', async () => {
    const before = await (await get('/rss.xml')).text();
    const current = JSON.parse((await bindings.WINDOW.get('window/current')) ?? '{}');
    const torn = { version: 'notarrivedyet000', publishedAt: 1, older: [current, ...current.older] };
    await bindings.WINDOW.put('window/current', JSON.stringify(torn));
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await (await get('/rss.xml?limit=50')).text()).toBe(before);
    await bindings.WINDOW.put('window/current', JSON.stringify(current));
  });
});

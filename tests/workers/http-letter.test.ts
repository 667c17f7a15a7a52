/**
 * What every answer says over HTTP, to the letter: methods, addresses, encodings, entity tags, deltas.
 */

import { runDurableObjectAlarm } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { archiveDoor } from '../../src/platform/archive-doors.ts';
import type { Bindings } from '../../src/platform/bindings.ts';
import { givenSource, recordArticles } from '../support/archive-objects.ts';

const bindings = env as unknown as Bindings;
const worker = (exports as unknown as { default: Fetcher }).default;
const origin = 'https://feeds.example';

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return worker.fetch(`${origin}${path}`, { redirect: 'manual', ...init });
}

const feeds = ['/rss.xml', '/atom.xml', '/feed.json', '/tags/rivers/rss.xml', '/rss.xml?limit=2', '/rss.xml?q=Pegel'];
const documents = [...feeds, '/opml.xml', '/tags.json', '/', '/tags', '/sources', '/bot', '/tags/rivers'];

beforeAll(async () => {
  await (await ask('/rss.xml')).text();
  await runDurableObjectAlarm(bindings.ARCHIVE.getByName('archive'));
});

describe('methods', () => {
  it.each([...documents, '/health'])(
    'other than GET and HEAD are refused at %s, with those that are allowed',
    async (path) => {
      for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'PROPFIND']) {
        const response = await ask(path, { method });
        expect([method, response.status, response.headers.get('Allow')]).toEqual([method, 405, 'GET, HEAD, OPTIONS']);
      }
    },
  );

  it.each([...documents, '/health', '/nowhere'])('OPTIONS is answered at %s', async (path) => {
    const response = await ask(path, { method: 'OPTIONS' });
    expect([response.status, response.headers.get('Allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
  });

  it('OPTIONS tells those of /mcp', async () => {
    const response = await ask('/mcp', { method: 'OPTIONS' });
    expect([response.status, response.headers.get('Allow')]).toEqual([204, 'POST, OPTIONS']);
  });

  it('do not make an address of one that there is not', async () => {
    expect((await ask('/nowhere', { method: 'POST' })).status).toBe(404);
  });
});

describe('other spellings', () => {
  it.each([
    ['/feed', '/rss.xml'],
    ['/rss', '/rss.xml'],
    ['/index.xml', '/rss.xml'],
    ['/atom', '/atom.xml'],
    ['/feed/', '/rss.xml'],
    ['/rss.xml/', '/rss.xml'],
    ['/tags/', '/tags'],
    ['/tags/rivers/', '/tags/rivers'],
    ['/tags/rivers/feed', '/tags/rivers/rss.xml'],
    ['/tags/rivers/atom?limit=3', '/tags/rivers/atom.xml?limit=3'],
    ['/tags/Rivers', '/tags/rivers'],
    ['/tags/RIVERS/feed.json', '/tags/rivers/feed.json'],
    [`/tags/${encodeURIComponent('ｒｉｖｅｒｓ')}/rss.xml?limit=2`, '/tags/rivers/rss.xml?limit=2'],
  ])('of an address lead to it: %s', async (path, address) => {
    const response = await ask(path);
    expect([response.status, response.headers.get('Location')]).toEqual([308, address]);
  });

  it('do not make an address of one that there is not, nor leave the site', async () => {
    for (const path of ['/tags/feed', '/a/b/c/feed', '//evil.example/', '//evil.example/feed', '/tags/nothing']) {
      const response = await ask(path);
      expect([path, response.headers.get('Location')]).toEqual([path, null]);
    }
  });
});

describe('encodings', () => {
  it.each(documents)('of %s say the same, each with its own entity tag, and either is a 304', async (path) => {
    const plain = await ask(path);
    const gzip = await ask(path, { headers: { 'Accept-Encoding': 'gzip, br' } });
    expect(plain.headers.get('Content-Encoding')).toBeNull();
    expect(gzip.headers.get('Content-Encoding')).toBe('gzip');
    for (const response of [plain, gzip]) {
      expect(response.headers.get('Vary')).toContain('Accept-Encoding');
      expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
    }
    const text = await plain.text();
    const bytes = new Uint8Array(await gzip.arrayBuffer());
    expect(bytes[0] === 0x1f ? gunzipSync(bytes).toString() : new TextDecoder().decode(bytes)).toBe(text);
    const tags = [plain, gzip].map((response) => response.headers.get('ETag') ?? '');
    expect(tags[1]).toBe(`${tags[0]?.slice(0, -1)}-gz"`);
    for (const tag of tags) {
      for (const headers of [{ 'If-None-Match': tag }, { 'If-None-Match': `W/${tag}`, 'Accept-Encoding': 'gzip' }]) {
        const again = await ask(path, { headers });
        expect(again.status).toBe(304);
        expect(again.headers.get('ETag')).toBe('Accept-Encoding' in headers ? tags[1] : tags[0]);
      }
    }
  });

  it.each([
    ['gzip;q=0', null],
    ['identity', null],
    ['br', null],
    ['*;q=0', null],
    ['gzip;q=0, *', null],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
    ['*', 'gzip'],
    ['br;q=1.0, gzip;q=0.8, *;q=0.1', 'gzip'],
  ])('follow the header: %s', async (accepted, encoding) => {
    const response = await ask('/atom.xml', { headers: { 'Accept-Encoding': accepted } });
    await response.arrayBuffer();
    expect(response.headers.get('Content-Encoding')).toBe(encoding);
  });
});

describe('conditions', () => {
  it('that are no HTTP date are ignored', async () => {
    for (const since of ['2036-01-01', '1', 'tomorrow', 'Fri, 31 Feb 2036']) {
      const response = await ask('/rss.xml', { headers: { 'If-Modified-Since': since } });
      await response.text();
      expect(response.status).toBe(200);
    }
  });

  it('give the same entity tag from KV and from the Archive', async () => {
    const published = await Promise.all(feeds.map(async (path) => (await ask(path)).headers.get('ETag')));
    const { keys } = await bindings.WINDOW.list();
    await Promise.all(keys.map(({ name }) => bindings.WINDOW.delete(name)));
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const answered = await Promise.all(feeds.map(async (path) => (await ask(path)).headers.get('ETag')));
    expect(answered).toEqual(published);
    await archiveDoor(bindings, 'reader').bootstrap();
    await runDurableObjectAlarm(bindings.ARCHIVE.getByName('archive'));
  });
});

describe('a late arrival', () => {
  it('with an old date is newer than what a reader holds by its date alone', async () => {
    const held = new Map<string, string>();
    for (const path of ['/rss.xml', '/atom.xml', '/rss.xml?limit=200', '/feed.json?q=Pebble']) {
      const response = await ask(path);
      await response.text();
      held.set(path, response.headers.get('Last-Modified') ?? '');
    }
    await recordArticles(bindings, givenSource('late.example'), [{ name: 'Pebble', at: '2021-05-01T00:00:00Z' }]);
    await runDurableObjectAlarm(bindings.ARCHIVE.getByName('archive'));
    // An isolate looks for a newer window every second.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    for (const [path, date] of held) {
      const response = await ask(path, { headers: { 'If-Modified-Since': date } });
      expect([path, response.status]).toEqual([path, 200]);
      expect(await response.text()).toContain('Pebble');
      expect(Date.parse(response.headers.get('Last-Modified') ?? '')).toBeGreaterThan(Date.parse(date));
    }
  });
});

describe('deltas', () => {
  const former = { 'If-None-Match': '"1-0123456789abcdef"' };

  it.each([
    ['feed', 226],
    ['FEED', 226],
    ['vcdiff, feed;q=0.5', 226],
    ['feed;q=0', 200],
    ['feed; q=0.0', 200],
    ['feeds', 200],
  ])('are for who asks for them: A-IM: %s', async (wanted, status) => {
    const response = await ask('/feed.json', { headers: { ...former, 'A-IM': wanted } });
    await response.text();
    expect(response.status).toBe(status);
  });

  it('are compressed like the whole, and smaller', async () => {
    const headers = { ...former, 'A-IM': 'feed', 'Accept-Encoding': 'gzip' };
    const response = await ask('/feed.json', { headers });
    expect(response.headers.get('Content-Encoding')).toBe('gzip');
    expect(response.headers.get('IM')).toBe('feed');
    await response.arrayBuffer();
  });
});

describe('the Link header', () => {
  it('stays short however long the address is, and the document has what it leaves out', async () => {
    for (const length of [100, 400, 700, 1400]) {
      const words = Array.from({ length: Math.ceil(length / 6) }, (_, at) => `w${at % 10}${at}`).join('+');
      const response = await ask(`/rss.xml?q=${words.slice(0, length)}`);
      await response.text();
      expect((response.headers.get('Link') ?? '').length).toBeLessThan(2048);
    }
  });
});

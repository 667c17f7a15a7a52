/**
 * Saved views: published like a tag, narrowed by further parameters, and shut to whoever has no key.
 */
import { runDurableObjectAlarm } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { archiveDoor } from '../../src/platform/archive-doors.ts';
import type { Bindings } from '../../src/platform/bindings.ts';

const bindings = env as unknown as Bindings;
const worker = (exports as unknown as { default: Fetcher }).default;
const origin = 'https://feeds.example';

interface View {
  readonly key: string;
  readonly json: string;
  readonly query: string;
}

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return worker.fetch(path.startsWith('http') ? path : `${origin}${path}`, { headers });
}

async function own(method: string, name: string, body?: object): Promise<{ status: number; view: View }> {
  const response = await worker.fetch(`${origin}/admin/api/views/${name}`, {
    method,
    headers: { Authorization: 'Bearer token-of-the-tests', 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, view: text === '' ? undefined : JSON.parse(text) };
}

async function titles(path: string): Promise<readonly string[]> {
  const feed = await (await get(path)).json<{ items: { title: string }[] }>();
  return feed.items.map((item) => item.title);
}

async function items(path: string): Promise<readonly { title: string; _tributary: { source: { title: string } } }[]> {
  return (await (await get(path)).json<{ items: Awaited<ReturnType<typeof items>> }>()).items;
}

async function statusOf(path: string): Promise<number> {
  const response = await get(path);
  await response.text();
  return response.status;
}

/** What was saved is in the window afterwards. */
async function publish(): Promise<void> {
  await runDurableObjectAlarm(bindings.ARCHIVE.getByName('archive'));
  await new Promise((resolve) => setTimeout(resolve, 1100));
}

beforeAll(async () => {
  await (await get('/rss.xml')).text();
  // Loads the admin API, a chunk of its own, before any test is timed.
  await own('GET', 'none');
  await get('/tags').then((response) => response.text());
  await publish();
}, 60_000);

describe('a saved view', () => {
  it('is served at once, and from the window once it is published', async () => {
    const saved = await own('PUT', 'rivers', { title: 'Rivers', query: 'limit=50&tag=Rivers' });
    expect(saved).toMatchObject({ status: 201, view: { query: 'tag=rivers' } });
    expect(await titles('/views/rivers/feed.json')).toEqual(['Der Pegel am Morgen', 'Where two rivers meet']);
    await publish();
    expect(await titles('/views/rivers/feed.json')).toEqual(['Der Pegel am Morgen', 'Where two rivers meet']);
    expect(await bindings.WINDOW.get('window/current')).toContain('"name":"rivers"');
  });

  it('names itself in its head, and its self link is its own', async () => {
    const text = await (await get('/views/rivers/atom.xml?lang=de')).text();
    expect(text).toContain('<title>Rivers, in German · ');
    expect(text).toContain(`href="${origin}/views/rivers/atom.xml?lang=de"`);
  });

  it('is narrowed by further parameters and never widened', async () => {
    expect(await titles('/views/rivers/feed.json?lang=de')).toEqual(['Der Pegel am Morgen']);
    expect(await titles('/views/rivers/feed.json?tag=sea')).toEqual([]);
    expect(await titles('/views/rivers/feed.json?limit=1')).toEqual(['Der Pegel am Morgen']);
    expect(await titles('/views/rivers/feed.json?q=Schleusenw%C3%A4rter')).toEqual(['Der Pegel am Morgen']);
    const tooMuch = Array.from({ length: 8 }, (_, at) => `tag=a${at}`).join('&');
    expect(await statusOf(`/views/rivers/feed.json?${tooMuch}`)).toBe(400);
  });

  it('puts the name of its source before each title where that is asked for', async () => {
    const plain = await items('/views/rivers/feed.json');
    const titled = await items('/views/rivers/feed.json?titles=source');
    expect(titled.map(({ title }) => title)).toEqual(
      plain.map(({ title, _tributary: { source } }) => `${source.title}: ${title}`),
    );
  });

  it('has a page that announces its feeds', async () => {
    const page = await (await get('/views/rivers')).text();
    expect(page).toContain('<h1 dir="auto">Rivers</h1>');
    expect(page).toContain(`href="${origin}/views/rivers/rss.xml"`);
  });

  it('is refused with every mistake named, and gone when it is removed', async () => {
    const wrong = await own('PUT', 'Bad%20Name', { title: 'x', query: 'limit=0&colour=red' });
    expect(wrong.status).toBe(400);
    expect(JSON.stringify(wrong.view)).toMatch(/name.*query\.limit.*query\.colour/s);
    await own('PUT', 'short-lived', { title: 'Short', query: '' });
    expect((await own('DELETE', 'short-lived')).status).toBe(204);
    expect((await own('DELETE', 'short-lived')).status).toBe(404);
  });
});

async function countedReaders(name: string): Promise<number | undefined> {
  const counted = await archiveDoor(bindings, 'owner').countedViews();
  return counted.find((one) => one.view.name === name)?.readers;
}

describe('readers of a view', () => {
  it('are counted for its owner, by who they are, and go with it', async () => {
    await own('PUT', 'read-by-many', { title: 'Read by many', query: 'tag=water', private: true });
    const { view } = await own('PUT', 'read-by-many', {
      title: 'Read by many',
      query: 'tag=water',
      private: true,
      newKey: true,
    });
    expect(await countedReaders('read-by-many')).toBe(0);
    const ask = async (agent: string): Promise<void> => {
      await (await get(view.json, { 'User-Agent': agent })).text();
    };
    await ask('one');
    await ask('one');
    await ask('two (42 subscribers)');
    await get('/views/read-by-many/feed.json?key=wrong', { 'User-Agent': 'three' });
    await vi.waitFor(async () => expect(await countedReaders('read-by-many')).toBe(43));
    await own('DELETE', 'read-by-many');
    await own('PUT', 'read-by-many', { title: 'Again', query: 'tag=water' });
    expect(await countedReaders('read-by-many')).toBe(0);
    await own('DELETE', 'read-by-many');
  });
});

describe('a private view', () => {
  it('opens with its key only, and says no more than a view that is not there', async () => {
    const { view } = await own('PUT', 'mine', { title: 'Mine', query: 'tag=sea', private: true });
    expect(view.key).toMatch(/^[0-9a-f]{32}$/);
    await publish();
    expect(await titles(view.json)).toEqual(['A watch that runs on tides']);
    for (const path of ['/views/mine/feed.json', `/views/mine/feed.json?key=${'0'.repeat(32)}`, '/views/mine?key=']) {
      const shut = await get(path);
      const absent = await get(path.replace('mine', 'none'));
      expect(shut.status).toBe(404);
      expect((await shut.text()).replaceAll('mine', 'none')).toBe(await absent.text());
    }
    // Again, now that the feed is in memory.
    expect(await statusOf('/views/mine/feed.json')).toBe(404);
  });

  it('keeps its key out of everything it sends but its next pages, and itself out of shared caches', async () => {
    const { view } = await own('PUT', 'mine', { title: 'Mine', query: '', private: true, newKey: true });
    await publish();
    for (const path of ['rss.xml?limit=200&', 'atom.xml?limit=200&', 'feed.json?limit=200&', '?']) {
      const response = await get(`/views/mine${path === '?' ? '' : '/'}${path}key=${view.key}`);
      expect(response.status).toBe(200);
      expect([...response.headers].flat().join('\n')).not.toContain(view.key);
      expect(await response.text()).not.toContain(view.key);
      expect(response.headers.get('Cache-Control')).toMatch(/^private/);
      expect(response.headers.get('Referrer-Policy')).toBe('no-referrer');
    }
  });

  it('keeps its key when it is saved again, and does not open with a revoked one', async () => {
    const first = await own('PUT', 'mine', { title: 'Mine', query: '', private: true, newKey: true });
    const again = await own('PUT', 'mine', { title: 'Mine too', query: 'tag=sea', private: true });
    expect(again.view.key).toBeUndefined();
    await publish();
    expect(await statusOf(first.view.json)).toBe(200);
    const next = await own('PUT', 'mine', { title: 'Mine', query: '', private: true, newKey: true });
    await publish();
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect(await statusOf(first.view.json)).toBe(404);
    expect(await statusOf(next.view.json)).toBe(200);
  }, 20_000);
});

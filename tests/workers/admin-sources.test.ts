import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ask, own, publish, titlesOf } from '../support/given-owner.ts';
import { type GivenUpstream, givenRss, givenUpstreamFetch } from '../support/given-upstream-fetch.ts';

vi.setConfig({ testTimeout: 30_000 });

const feedUrl = 'https://up.river.org/feed.xml';
let upstream: GivenUpstream;

beforeEach(() => {
  vi.restoreAllMocks();
  upstream = givenUpstreamFetch({
    [feedUrl]: { body: givenRss('River', [1, 2, 3, 4]), etag: '"v1"' },
    'https://up.river.org/': {
      type: 'text/html',
      body: '<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>Hi</body></html>',
    },
  });
});

interface SourceJson {
  readonly id: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly state: { readonly entries: number; readonly lastOutcome: string };
}

async function add(body: object): Promise<SourceJson> {
  const answer = await own('POST', '/admin/api/sources', body);
  if (![201, 409].includes(answer.status)) throw new Error(answer.text);
  const id = String(answer.json['id']);
  return (await own('GET', `/admin/api/sources/${id}`)).json as unknown as SourceJson;
}

function toList(outlines: string): string {
  return `<opml version="2.0"><body>${outlines}</body></opml>`;
}

describe('a source added by the page it belongs to', () => {
  it('is there with its entries after two requests: the page and its feed', async () => {
    const source = await add({ url: 'https://up.river.org/', tags: ['Moving Water'] });
    expect(upstream.requests).toEqual(['GET https://up.river.org/', `GET ${feedUrl}`]);
    expect(source).toMatchObject({ url: feedUrl, title: 'River', tags: ['moving-water'], state: { entries: 4 } });
    expect(await titlesOf(`/sources/${source.id}`)).toEqual(['River 4', 'River 3', 'River 2', 'River 1']);
  });

  it('is a 409 with its id when it is added again, and nobody is asked', async () => {
    const { id } = await add({ url: feedUrl });
    upstream.requests.length = 0;
    const again = await own('POST', '/admin/api/sources', { url: feedUrl });
    expect(again.status).toBe(409);
    expect(again.json['id']).toBe(id);
    expect(upstream.requests).toEqual([]);
  });

  it('is in the subscription list, which its tags narrow', async () => {
    await add({ url: feedUrl, tags: ['Moving Water'] });
    const { text, headers } = await ask('GET', '/opml.xml?tag=moving-water');
    expect(text).toContain(`xmlUrl="${feedUrl}"`);
    expect(headers.get('Content-Type')).toBe('text/x-opml; charset=utf-8');
    expect((await ask('GET', '/opml.xml?tag=-moving-water')).text).not.toContain(feedUrl);
    expect((await ask('GET', '/opml.xml?limit=3')).status).toBe(400);
  });
});

describe('maxEntries', () => {
  it('hides what is older than the newest few, and shows it again when it is raised', async () => {
    const { id } = await add({ url: feedUrl });
    const capped = await own('PATCH', `/admin/api/sources/${id}`, { maxEntries: 2 });
    expect(capped.json['state']).toMatchObject({ entries: 2 });
    expect(await titlesOf(`/sources/${id}`)).toEqual(['River 4', 'River 3']);
    await own('PATCH', `/admin/api/sources/${id}`, { maxEntries: 3 });
    expect(await titlesOf(`/sources/${id}`)).toEqual(['River 4', 'River 3', 'River 2']);
    await own('PATCH', `/admin/api/sources/${id}`, { maxEntries: 0 });
    expect(await titlesOf(`/sources/${id}`)).toHaveLength(4);
  });
});

describe('tags of a source', () => {
  it('follow the owner on entries that are there, and leave the publisher’s own alone', async () => {
    const { id } = await add({ url: feedUrl });
    await own('PATCH', `/admin/api/sources/${id}`, { tags: ['Dry', 'Wet'] });
    expect(await titlesOf('/tags/dry')).toHaveLength(4);
    await own('PATCH', `/admin/api/sources/${id}`, { tags: ['Wet'] });
    expect(await titlesOf('/tags/dry')).toEqual([]);
    expect(await titlesOf('/tags/wet')).toHaveLength(4);
  });
});

describe('a removed source', () => {
  it('is gone with its entries, and comes back with them for one conditional request', async () => {
    const { id } = await add({ url: feedUrl });
    await own('PATCH', `/admin/api/sources/${id}`, { title: 'Mine', tags: ['Kept'], maxEntries: 0 });
    expect((await own('DELETE', `/admin/api/sources/${id}`)).status).toBe(204);
    expect((await own('GET', `/admin/api/sources/${id}`)).status).toBe(404);
    expect(await titlesOf('/tags/kept')).toEqual([]);
    upstream.requests.length = 0;
    const back = await add({ url: feedUrl });
    expect(upstream.requests).toEqual([`GET ${feedUrl} "v1"`]);
    expect(back).toMatchObject({ id, title: 'Mine', tags: ['kept'], state: { entries: 4 } });
    expect(await titlesOf('/tags/kept')).toHaveLength(4);
  });

  it('is refused while its articles are seed files', async () => {
    const sites = (await own('GET', '/admin/api/sources')).json as unknown as { id: string; kind: string }[];
    const site = sites.find((source) => source.kind === 'site');
    const answer = await own('DELETE', `/admin/api/sources/${site?.id}`);
    expect(answer.status).toBe(409);
    expect(answer.json['detail']).toContain('seeds/articles');
  });
});

describe('an import of a subscription list', () => {
  it('adds, updates and rejects line by line, and says "unchanged" the second time', async () => {
    const { id } = await add({ url: feedUrl });
    const opml = toList(
      `<outline text="News">\n<outline text="New" xmlUrl="https://new.river.org/feed"/>\n` +
        `<outline text="Bad" xmlUrl="mailto:x"/></outline><outline text="Renamed" xmlUrl="${feedUrl}"/>`,
    );
    const first = await own('POST', '/admin/api/opml', opml, 'text/x-opml');
    expect(first.json).toMatchObject({ added: 1, updated: 1, unchanged: 0 });
    expect(first.json['rejected']).toMatchObject([{ line: 3 }]);
    const second = await own('POST', '/admin/api/opml', { opml });
    expect(second.json).toMatchObject({ added: 0, updated: 0, unchanged: 2 });
    expect((await own('GET', `/admin/api/sources/${id}`)).json).toMatchObject({ title: 'Renamed', declaredBy: 'api' });
    const exported = await own('GET', '/admin/api/opml');
    expect(exported.text).toContain('xmlUrl="https://new.river.org/feed"');
    expect((await own('POST', '/admin/api/opml', exported.text, 'application/xml')).json).toMatchObject({
      added: 0,
      updated: 0,
    });
  });
});

describe('a refresh on demand', () => {
  it('is for what is due, unless it is forced', async () => {
    const { id } = await add({ url: feedUrl });
    expect((await own('POST', `/admin/api/sources/${id}/refresh`)).json).toEqual({ enqueued: 0 });
    const forced = await own('POST', `/admin/api/sources/${id}/refresh?force=1`);
    expect(forced.status).toBe(202);
    expect(forced.json).toEqual({ enqueued: 1 });
    expect((await own('POST', '/admin/api/refresh?force=yes')).status).toBe(400);
    await own('PATCH', `/admin/api/sources/${id}`, { enabled: false });
    expect((await own('POST', `/admin/api/sources/${id}/refresh`)).status).toBe(409);
  });
});

describe('health', () => {
  it('counts a change that waits to be published as work in flight', async () => {
    const { id } = await add({ url: feedUrl });
    await vi.waitFor(
      async () => {
        await publish();
        expect((await ask('GET', '/health')).json['queue']).toMatchObject({ inFlight: 0 });
      },
      { timeout: 20_000, interval: 200 },
    );
    await own('PATCH', `/admin/api/sources/${id}`, { enabled: true, tags: [`t${Date.now()}`] });
    const { json, headers } = await ask('GET', '/health');
    expect(json['queue']).toMatchObject({ inFlight: 1 });
    expect(headers.get('Cache-Control')).toBe('no-store');
    await publish();
    expect((await ask('GET', '/health')).json['queue']).toMatchObject({ inFlight: 0 });
  });
});

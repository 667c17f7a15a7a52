import { beforeEach, describe, expect, it, vi } from 'vitest';
import { consumeJobs } from '../../src/platform/consume-jobs.ts';
import { ask, bindings, own } from '../support/given-owner.ts';
import { type GivenUpstream, givenUpstreamFetch } from '../support/given-upstream-fetch.ts';
import { noTopics } from '../support/no-topics.ts';

vi.setConfig({ testTimeout: 30_000 });

interface Item {
  readonly name: string;
  readonly guid?: string;
  readonly link?: string;
  readonly text?: string;
  readonly day?: number;
}

function rss(title: string, items: readonly Item[]): string {
  const written = items.map(
    ({ name, guid, link, text = `About ${name}`, day = 1 }) =>
      `<item>${guid === undefined ? '' : `<guid isPermaLink="false">${guid}</guid>`}<title>${name}</title>` +
      `${link === undefined ? '' : `<link>${link}</link>`}<description>${text}</description>` +
      `<pubDate>${new Date(Date.UTC(2026, 0, day)).toUTCString()}</pubDate></item>`,
  );
  return `<rss version="2.0"><channel><title>${title}</title><link>https://site.river.org/</link><description>d</description>${written.join('')}</channel></rss>`;
}

let upstream: GivenUpstream;

beforeEach(() => {
  vi.restoreAllMocks();
  upstream = givenUpstreamFetch({});
});

function serve(url: string, body: string): void {
  upstream.answers.set(url, { body });
}

async function add(url: string, tags: readonly string[] = []): Promise<string> {
  const { status, json } = await own('POST', '/admin/api/sources', { url, tags });
  expect(status).toBe(201);
  return String(json['id']);
}

/** Asks a source as the Queue's consumer does, whatever its next check is. */
async function refresh(id: string): Promise<void> {
  await own('POST', `/admin/api/sources/${id}/refresh?force=1`);
  const messages = [
    { body: { jobs: [{ kind: 'source', sourceId: id }] }, attempts: 1, ack: () => undefined, retry: () => undefined },
  ];
  await consumeJobs({ queue: 'tributary-jobs', messages } as unknown as MessageBatch, bindings, noTopics);
}

interface Shown {
  readonly id: string;
  readonly title: string;
  readonly tags?: readonly string[];
}

let asked = 0;

async function shown(path: string): Promise<readonly Shown[]> {
  asked += 1;
  const { json, status } = await ask('GET', `${path}/feed.json?limit=200&q=-neverwritten${asked}`);
  return status === 200 ? (json['items'] as Shown[]) : [];
}

async function titles(path: string): Promise<readonly string[]> {
  return (await shown(path)).map(({ title }) => title).toSorted();
}

describe('an address that is changed', () => {
  it('keeps id, entries and history of the source; what both addresses list is one entry', async () => {
    serve(
      'https://old.river.org/feed',
      rss('Old', [
        { name: 'A', guid: 'a' },
        { name: 'B', link: 'https://old.river.org/b' },
      ]),
    );
    const id = await add('https://old.river.org/feed');
    const before = await shown(`/sources/${id}`);
    serve(
      'https://new.river.org/feed',
      rss('New', [
        { name: 'A', guid: 'a' },
        { name: 'B', link: 'http://www.old.river.org/b/' },
        { name: 'C', guid: 'c' },
      ]),
    );
    const moved = await own('PATCH', `/admin/api/sources/${id}`, { url: 'new.river.org/feed' });
    expect(moved.status).toBe(200);
    expect(moved.json).toMatchObject({ id, url: 'https://new.river.org/feed', state: { entries: 3 } });
    const after = await shown(`/sources/${id}`);
    expect(after.map(({ title }) => title).toSorted()).toEqual(['A', 'B', 'C']);
    expect(after.map((one) => one.id)).toEqual(expect.arrayContaining(before.map((one) => one.id)));
  });

  it('merges in the source that is followed there already', async () => {
    serve(
      'https://one.river.org/feed',
      rss('One', [
        { name: 'A', guid: 'a1' },
        { name: 'Only one', guid: 'o1' },
      ]),
    );
    serve(
      'https://two.river.org/feed',
      rss('Two', [
        { name: 'A', guid: 'a1' },
        { name: 'Only two', guid: 't1' },
      ]),
    );
    const one = await add('https://one.river.org/feed', ['First']);
    const two = await add('https://two.river.org/feed', ['Second']);
    const { status } = await own('PATCH', `/admin/api/sources/${one}`, { url: 'https://two.river.org/feed' });
    expect(status).toBe(200);
    expect((await own('GET', `/admin/api/sources/${two}`)).status).toBe(404);
    expect(await titles(`/sources/${one}`)).toEqual(['A', 'Only one', 'Only two']);
    expect((await own('GET', `/admin/api/sources/${one}`)).json['tags']).toEqual(['first', 'second']);
    expect(await titles('/tags/second')).toEqual(['A', 'Only one', 'Only two']);
    // Adding either again finds the one that stayed.
    expect((await own('POST', '/admin/api/sources', { url: 'http://www.two.river.org/feed/' })).json['id']).toBe(one);
  });

  it('says what is wrong, and changes nothing', async () => {
    serve('https://stays.river.org/feed', rss('Stays', [{ name: 'A', guid: 'a2' }]));
    const id = await add('https://stays.river.org/feed');
    expect((await own('PATCH', `/admin/api/sources/${id}`, { url: 'https://none.river.org/feed' })).status).toBe(422);
    expect((await own('PATCH', `/admin/api/sources/${id}`, { url: 'ftp://x' })).status).toBe(400);
    expect((await own('GET', `/admin/api/sources/${id}`)).json['url']).toBe('https://stays.river.org/feed');
  });
});

describe('a permanent redirect onto a source that is followed', () => {
  it('merges the two, and the feeds of the one that goes lead to the other', async () => {
    serve('https://target.river.org/feed', rss('Target', [{ name: 'Shared', guid: 's3' }]));
    serve(
      'https://leaving.river.org/feed',
      rss('Leaving', [
        { name: 'Shared', guid: 's3' },
        { name: 'Past', guid: 'p3' },
      ]),
    );
    const target = await add('https://target.river.org/feed', ['Target']);
    const leaving = await add('https://leaving.river.org/feed', ['Leaving']);
    const past = (await shown(`/sources/${leaving}`)).find(({ title }) => title === 'Past');
    upstream.redirects.set('https://leaving.river.org/feed', 'https://target.river.org/feed');
    await refresh(leaving);
    expect((await own('GET', `/admin/api/sources/${leaving}`)).status).toBe(200);
    await refresh(leaving);
    expect((await own('GET', `/admin/api/sources/${leaving}`)).status).toBe(404);
    expect(await titles(`/sources/${target}`)).toEqual(['Past', 'Shared']);
    expect((await shown(`/sources/${target}`)).find(({ title }) => title === 'Past')?.id).toBe(past?.id);
    const moved = await ask('GET', `/sources/${leaving}/rss.xml`, { redirect: 'manual' });
    expect([moved.status, moved.headers.get('Location')]).toEqual([308, `/sources/${target}/rss.xml`]);
    const alerts = await own('GET', '/admin/alerts.json');
    expect(alerts.text).toContain('merged');
  });
});

describe('entries that come under another name', () => {
  it('are the same when scheme, www and slashes of their links and guids change', async () => {
    serve(
      'https://spelled.river.org/feed',
      rss('Spelled', [
        { name: 'A', link: 'http://www.spelled.river.org/a' },
        { name: 'B', guid: 'http://spelled.river.org/b', link: 'http://spelled.river.org/b' },
      ]),
    );
    const id = await add('https://spelled.river.org/feed');
    const before = await shown(`/sources/${id}`);
    serve(
      'https://spelled.river.org/feed',
      rss('Spelled', [
        { name: 'A', link: 'https://spelled.river.org/a/' },
        { name: 'B', guid: 'https://spelled.river.org/b', link: 'https://spelled.river.org/b?utm_source=rss' },
      ]),
    );
    await refresh(id);
    const after = await shown(`/sources/${id}`);
    expect(after.map((one) => one.id).toSorted()).toEqual(before.map((one) => one.id).toSorted());
    // An edit that comes under the new name is an edit of the same entry.
    serve(
      'https://spelled.river.org/feed',
      rss('Spelled', [{ name: 'A', link: 'https://spelled.river.org/a/', text: 'Edited' }]),
    );
    await refresh(id);
    expect(await titles(`/sources/${id}`)).toEqual(['A', 'B']);
  });

  it('are the same when a publisher gives many of them new guids, and stay so when they are edited', async () => {
    const items = ['A', 'B', 'C'].map((name) => ({ name, link: `https://flood.river.org/${name}` }));
    serve(
      'https://flood.river.org/feed',
      rss(
        'Flood',
        items.map((item) => ({ ...item, guid: `old-${item.name}` })),
      ),
    );
    const id = await add('https://flood.river.org/feed');
    const before = await shown(`/sources/${id}`);
    const flood = items.map((item) => ({ ...item, guid: `new-${item.name}`, text: `Another text of ${item.name}` }));
    serve('https://flood.river.org/feed', rss('Flood', flood));
    await refresh(id);
    expect((await shown(`/sources/${id}`)).map((one) => one.id).toSorted()).toEqual(
      before.map((one) => one.id).toSorted(),
    );
    serve(
      'https://flood.river.org/feed',
      rss('Flood', [{ name: 'A2', guid: 'new-A', link: 'https://flood.river.org/A' }, ...flood.slice(1)]),
    );
    await refresh(id);
    expect(await titles(`/sources/${id}`)).toEqual(['A2', 'B', 'C']);
  });

  it('are others when one item alone has a new guid, or the link is that of the site', async () => {
    serve(
      'https://apart.river.org/feed',
      rss('Apart', [
        { name: 'A', guid: '1', link: 'https://apart.river.org/page' },
        { name: 'H1', guid: '2', link: 'https://apart.river.org/' },
      ]),
    );
    const id = await add('https://apart.river.org/feed');
    serve(
      'https://apart.river.org/feed',
      rss('Apart', [
        { name: 'A later', guid: '3', link: 'https://apart.river.org/page' },
        { name: 'H2', guid: '4', link: 'https://apart.river.org/' },
      ]),
    );
    await refresh(id);
    expect(await titles(`/sources/${id}`)).toEqual(['A', 'A later', 'H1', 'H2']);
  });

  it('are the same when the whole site moved: title and date tell which is which', async () => {
    const items = ['A', 'B', 'C'].map((name, place) => ({ name, day: place + 1 }));
    const at = (host: string) =>
      items.map((item) => ({ ...item, guid: `https://${host}/${item.name}`, link: `https://${host}/${item.name}` }));
    serve('https://moving.river.org/feed', rss('Moving', at('before.river.org')));
    const id = await add('https://moving.river.org/feed');
    const before = await shown(`/sources/${id}`);
    serve('https://moving.river.org/feed', rss('Moving', at('after.river.org')));
    await refresh(id);
    expect((await shown(`/sources/${id}`)).map((one) => one.id).toSorted()).toEqual(
      before.map((one) => one.id).toSorted(),
    );
  });
});

it('a source in another spelling is known', async () => {
  serve('https://www.spelling.river.org/feed/', rss('Spelling', [{ name: 'A', guid: 'x' }]));
  const id = await add('https://www.spelling.river.org/feed/');
  const again = await own('POST', '/admin/api/sources', { url: 'http://spelling.river.org:80/feed?utm_source=a' });
  expect([again.status, again.json['id']]).toEqual([409, id]);
  const list = '<opml version="2.0"><body><outline text="S" xmlUrl="http://spelling.river.org/feed"/></body></opml>';
  const imported = await own('POST', '/admin/api/opml', list, 'text/x-opml');
  expect(imported.json).toMatchObject({ added: 0 });
});

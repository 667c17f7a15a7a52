import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { HttpUrl } from '../../src/domain/http-url.ts';
import { findEntry } from '../../src/platform/archive/entries/read-entries.ts';
import { settleSome } from '../../src/platform/archive/follow/settle-source.ts';
import { wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { markSecretSources } from '../../src/platform/archive/owner/mark-secret-sources.ts';
import { listOrigins } from '../../src/platform/archive/rows/source-origins.ts';
import { writeSource } from '../../src/platform/archive/rows/source-rows.ts';
import { consumeJobs } from '../../src/platform/consume-jobs.ts';
import { givenSource } from '../support/archive-objects.ts';
import { ask, bindings, own, publish } from '../support/given-owner.ts';
import { type GivenUpstream, givenUpstreamFetch } from '../support/given-upstream-fetch.ts';
import { noTopics } from '../support/no-topics.ts';
import { inNewObject } from '../support/random-archive.ts';
import { ask as askArchive, later, record } from '../support/shared-articles.ts';

vi.setConfig({ testTimeout: 30_000 });

let upstream: GivenUpstream;

beforeEach(() => {
  vi.restoreAllMocks();
  upstream = givenUpstreamFetch({});
});

function rss(items: readonly string[]): string {
  const written = items.map((name) => `<item>${name}</item>`).join('');
  return `<rss version="2.0"><channel><title>River</title><link>https://site.river.org/</link><description>d</description>${written}</channel></rss>`;
}

function item(name: string, text = `About ${name}`, more = ''): string {
  return `<guid isPermaLink="false">g-${name}</guid><title>${name}</title><link>https://site.river.org/${name}</link><description>${text}</description>${more}`;
}

async function add(url: string, body: string, more: object = {}): Promise<string> {
  upstream.answers.set(url.replace(/\/\/[^/]*@/, '//'), { body });
  const { status, json, text } = await own('POST', '/admin/api/sources', { url, ...more });
  if (status !== 201) throw new Error(text);
  return String(json['id']);
}

async function refresh(id: string): Promise<void> {
  await own('POST', `/admin/api/sources/${id}/refresh?force=1`);
  const messages = [
    { body: { jobs: [{ kind: 'source', sourceId: id }] }, attempts: 1, ack: () => undefined, retry: () => undefined },
  ];
  await consumeJobs({ queue: 'tributary-jobs', messages } as unknown as MessageBatch, bindings, noTopics);
}

/** What anybody can read of a source, KV included. */
async function readAll(id: string): Promise<string> {
  await publish();
  const paths = ['/feed.json?limit=200', '/atom.xml', '/rss.xml', '/opml.xml', '/sources', '/', '/bot', '/llms.txt'];
  const own = ['', '/feed.json', '/atom.xml', '/rss.xml'].map((end) => `/sources/${id}${end}`);
  const texts = await Promise.all([...paths, ...own].map(async (path) => (await ask('GET', path)).text));
  const { keys } = await bindings.WINDOW.list();
  for (const { name } of keys) texts.push((await bindings.WINDOW.get(name)) ?? '');
  return texts.join('\n');
}

async function patch(id: string, body: object): Promise<Record<string, unknown>> {
  const { status, json, text } = await own('PATCH', `/admin/api/sources/${id}`, body);
  if (status !== 200) throw new Error(text);
  return json;
}

describe('a source that becomes secret', () => {
  it('by a new address that its owner gives', async () => {
    const id = await add('https://plain.river.org/feed', rss([item('a1')]));
    upstream.answers.set('https://plain.river.org/feed?token=q7Zt3Lnew', { body: rss([item('a1'), item('a2')]) });
    const moved = await patch(id, { url: 'https://plain.river.org/feed?token=q7Zt3Lnew' });
    expect(moved).toMatchObject({ secret: true });
    const text = await readAll(id);
    expect(text).toContain('a2');
    expect(text).not.toContain('q7Zt3Lnew');
  });

  it('by a redirect for good, and by one for now', async () => {
    const id = await add('https://gone.river.org/feed', rss([item('b1')]));
    const target = 'https://gone.river.org/feed?sig=q7Zt3Lsigned';
    upstream.redirects.set('https://gone.river.org/feed', target);
    upstream.answers.set(target, { body: rss([item('b1'), item('b2', `at ${target} and ?sig=q7Zt3Lsigned`)]) });
    await refresh(id);
    const once = await readAll(id);
    expect(once).toContain('b2');
    expect(once).not.toContain('q7Zt3Lsigned');
    await refresh(id);
    expect((await own('GET', `/admin/api/sources/${id}`)).json).toMatchObject({ url: target, secret: true });
    expect(await readAll(id)).not.toContain('q7Zt3Lsigned');
  });

  it('because its owner says so, after its words were published', async () => {
    const address = 'https://later.river.org/feed?name=ab12cd34ef';
    const id = await add(
      address,
      rss([
        item('c1', `read it at ${address}`),
        item(
          'c2',
          'heard',
          '<enclosure url="https://later.river.org/c2.mp3?name=ab12cd34ef" length="1" type="audio/mpeg"/>',
        ),
      ]),
    );
    const before = await readAll(id);
    expect(before).toContain('ab12cd34ef');
    const ids = async (): Promise<unknown> =>
      ((await ask('GET', `/sources/${id}/feed.json`)).json['items'] as { id: string }[]).map((one) => one.id);
    const known = await ids();
    await patch(id, { secret: true });
    expect(await readAll(id)).not.toContain('ab12cd34ef');
    upstream.answers.set(address, {
      body: rss([item('c0'), item('c1', `read it at ${address}`), item('c2', 'heard')]),
    });
    await refresh(id);
    expect(await readAll(id)).not.toContain('ab12cd34ef');
    expect(await ids()).toEqual(expect.arrayContaining(known as string[]));
  });
});

it('a source of a former release is marked, and what its entries say of the address is hidden', async () => {
  await inNewObject('former-secret', (storage) => {
    const { sql } = storage;
    const archive = wakeArchive(storage);
    const source = givenSource('former.example', {
      url: 'https://former.example/feed?token=q7Zt3Lformer' as HttpUrl,
      siteUrl: 'https://former.example/?token=q7Zt3Lformer' as HttpUrl,
    });
    writeSource(sql, source);
    const id = record(archive, source, { name: 'one', text: 'at https://former.example/feed?token=q7Zt3Lformer' });
    sql.exec("DELETE FROM meta WHERE key = 'secrets_marked'");
    markSecretSources(sql);
    while (settleSome(archive, later()));
    const shown = JSON.stringify(askArchive(archive));
    expect(shown).toContain('hidden');
    expect(shown).not.toContain('q7Zt3Lformer');
    expect(JSON.stringify(findEntry(sql, id, listOrigins(sql)))).not.toContain('q7Zt3Lformer');
  });
});

describe('a login', () => {
  it('in a new address is used, kept, and never shown', async () => {
    const id = await add('https://open.river.org/feed', rss([item('d1')]));
    upstream.answers.set('https://closed.river.org/feed', { body: rss([item('d1'), item('d2')]) });
    const moved = await patch(id, { url: 'https://jane:q7Zt3Lpass@closed.river.org/feed' });
    expect(moved).toMatchObject({
      url: 'https://closed.river.org/feed',
      secret: true,
      basicAuth: { user: 'jane', set: true },
    });
    expect(upstream.requests).toContain(`GET https://closed.river.org/feed Basic ${btoa('jane:q7Zt3Lpass')}`);
    // What was said to one host is not said to another.
    upstream.answers.set('https://other.river.org/feed', { body: rss([item('d1')]) });
    await patch(id, { url: 'https://other.river.org/feed', userAgent: 'mine' });
    await refresh(id);
    const there = upstream.requests.filter((one) => one.includes('other.river.org'));
    expect(there).toEqual(['GET https://other.river.org/feed', 'GET https://other.river.org/feed']);
  });

  it('of a source that is merged opens the source that stays', async () => {
    const behind = await add('https://jane:q7Zt3Lpass@wall.river.org/feed', rss([item('e1')]));
    const id = await add('https://before.river.org/feed', rss([item('e2')]));
    await patch(id, { url: 'https://wall.river.org/feed' });
    expect((await own('GET', `/admin/api/sources/${behind}`)).status).toBe(404);
    expect((await own('GET', `/admin/api/sources/${id}`)).json).toMatchObject({
      basicAuth: { user: 'jane', set: true },
    });
  });
});

describe('a list of sources', () => {
  it('carries what the owner decided, and the public one does not', async () => {
    await add('https://flags.river.org/feed', rss([item('f1')]), { private: true, deduplicate: false, maxEntries: 7 });
    const { text } = await own('GET', '/admin/api/opml');
    const line = /<outline[^>]*flags\.river\.org[^>]*>/.exec(text)?.[0] ?? '';
    for (const part of ['private="true"', 'deduplicate="false"', 'maxEntries="7"']) expect(line).toContain(part);
    const shown = (await ask('GET', '/opml.xml')).text;
    expect(shown).not.toMatch(/flags\.river|private=|deduplicate=/);
    const other = line
      .replaceAll('flags.river.org', 'fresh.river.org')
      .replace('private="true"', 'private="true" enabled="false"');
    await own('POST', '/admin/api/opml', `<opml version="2.0"><body>${other}</body></opml>`, 'text/x-opml');
    const sources = JSON.parse((await own('GET', '/admin/api/sources')).text) as { url: string }[];
    expect(sources.find(({ url }) => url.includes('fresh.river.org'))).toMatchObject({
      private: true,
      deduplicate: false,
      maxEntries: 7,
      enabled: false,
    });
  });

  it('brings a private source back as private', async () => {
    const id = await add('https://back.river.org/feed', rss([item('Whisper')]), { private: true });
    await own('DELETE', `/admin/api/sources/${id}`);
    const list = '<opml version="2.0"><body><outline xmlUrl="https://back.river.org/feed" text="x"/></body></opml>';
    await own('POST', '/admin/api/opml', list, 'text/x-opml');
    expect((await own('GET', `/admin/api/sources/${id}`)).json).toMatchObject({ private: true });
    expect(await readAll(id)).not.toContain('Whisper');
  });
});

it('alerts tell of a move and a merge by the owner', async () => {
  const id = await add('https://first.river.org/feed', rss([item('h1')]));
  await add('https://second.river.org/feed', rss([item('h2')]));
  await patch(id, { url: 'https://second.river.org/feed' });
  const { text } = await own('GET', '/admin/alerts.json');
  const alerts = (JSON.parse(text).items as { title: string; summary: string; url: string }[]).filter(({ url }) =>
    url.includes(id),
  );
  expect(alerts.map(({ title }) => title)).toEqual(['River was merged', 'River moved']);
  expect(alerts[1]?.summary).toBe('Its feed moved to second.river.org, as its owner said.');
});

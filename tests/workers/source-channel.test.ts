/**
 * The feed of a source says what the source says about itself, and what a podcast needs to be one.
 */
import { runInDurableObject } from 'cloudflare:test';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { publicChannel } from '../../src/domain/channel.ts';
import type { Document } from '../../src/domain/document.ts';
import type { ReadFeed } from '../../src/domain/feed.ts';
import type { SourceId } from '../../src/domain/source.ts';
import { normalizeFeed } from '../../src/feed/read/normalize-feed.ts';
import { readFeed } from '../../src/feed/read/read-feed.ts';
import { consumeJobs } from '../../src/platform/consume-jobs.ts';
import { givenUrl } from '../support/given.ts';
import { ask, bindings, own, publish } from '../support/given-owner.ts';
import { noTopics } from '../support/no-topics.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const item =
  '<item><guid>ferry-1</guid><title>Across</title><enclosure url="https://ferry.river.org/1.mp3" type="audio/mpeg" length="9"/></item>';

function podcast(address: string, changes = ''): string {
  return `<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
    xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
    <title>Ferry &amp; Fog</title><link>https://ferry.river.org/</link><description>Talks &lt;on the water&gt;. ${changes}</description>
    <atom:link rel="self" href="${address}"/><language>nl</language><copyright>CC BY, the crew</copyright><ttl>90</ttl>
    <category>Boats &amp; "ropes"</category>
    <image><url>https://ferry.river.org/small.png?a=1&amp;b=2</url><title>x</title><link>javascript:alert(1)</link></image>
    <itunes:image href="cover.jpg"/><itunes:author>Anna &lt;Helm&gt;</itunes:author><itunes:type>serial</itunes:type>
    <itunes:explicit>false</itunes:explicit><itunes:owner><itunes:name>The crew</itunes:name></itunes:owner>
    <itunes:category text="Leisure"><itunes:category text="Crafts"/></itunes:category>
    <podcast:guid>9f1c2a52-3c54-5d6e-8a35-1d2e3f4a5b6c</podcast:guid><podcast:locked>yes</podcast:locked>
    <podcast:funding url="javascript:alert(2)">No</podcast:funding><podcast:medium>podcast</podcast:medium>
    <podcast:funding url="${address}">Give</podcast:funding>${item}</channel></rss>`;
}

const documents = new Map<string, string>();
const ids = new Map<string, string>();
const secret = givenUrl('https://token.river.org/feed?token=tok3n-of-the-ferry');
const open = givenUrl('https://ferry.river.org/feed.xml');

async function refresh(url: string): Promise<void> {
  const sourceId = ids.get(url) ?? '';
  await own('POST', `/admin/api/sources/${sourceId}/refresh?force=1`);
  const messages = [
    { body: { jobs: [{ kind: 'source', sourceId }] }, attempts: 1, ack: () => undefined, retry: () => undefined },
  ];
  await consumeJobs({ queue: 'tributary-jobs', messages } as unknown as MessageBatch, bindings, noTopics);
  await publish();
}

/** As an archive of the build before channels were kept. */
async function forgetChannels(): Promise<void> {
  await runInDurableObject(bindings.ARCHIVE.getByName('archive'), (_, { storage }) => {
    storage.sql.exec('UPDATE source SET channel = NULL');
  });
}

function readAgain(text: string, contentType: string): ReadFeed {
  const document: Document = { bytes: new TextEncoder().encode(text), url: open, contentType };
  const read = readFeed(document);
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  return normalizeFeed(read.value.raw, { sourceId: 's' as SourceId, document }).feed;
}

beforeAll(async () => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const body = documents.get(new Request(input, init).url);
    return new Response(body ?? '', {
      status: body === undefined ? 404 : 200,
      headers: { 'Content-Type': 'application/rss+xml' },
    });
  });
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  for (const url of [open, secret]) {
    documents.set(url, podcast(url));
    const answer = await own('POST', '/admin/api/sources', { url });
    if (answer.status !== 201) throw new Error(answer.text);
    ids.set(url, String(answer.json['id']));
    await refresh(url);
  }
});

describe('the feed of a source', () => {
  it('is the podcast that the source is', async () => {
    const { text } = await ask('GET', `/sources/${ids.get(open)}/rss.xml`);
    for (const element of [
      '<title>Ferry &amp; Fog</title>',
      '<link>https://ferry.river.org/</link>',
      '<language>nl</language>',
      '<copyright>CC BY, the crew</copyright>',
      '<ttl>90</ttl>',
      '<category>Boats &amp; "ropes"</category>',
      '<url>https://ferry.river.org/small.png?a=1&amp;b=2</url>',
      '<itunes:image href="https://ferry.river.org/cover.jpg"/>',
      '<itunes:author>Anna &#x3C;Helm&gt;</itunes:author>',
      '<itunes:type>serial</itunes:type>',
      '<itunes:explicit>false</itunes:explicit>',
      '<itunes:name>The crew</itunes:name>',
      '<itunes:category text="Leisure">\n<itunes:category text="Crafts"/>\n</itunes:category>',
      '<podcast:guid>9f1c2a52-3c54-5d6e-8a35-1d2e3f4a5b6c</podcast:guid>',
      '<podcast:locked>yes</podcast:locked>',
      '<podcast:medium>podcast</podcast:medium>',
    ])
      expect(text).toContain(element);
    expect(text).not.toContain('javascript:');
    expect(text.slice(0, text.indexOf('<item>'))).not.toContain('dc:creator');
  });

  it.each([
    ['rss.xml', 'application/rss+xml'],
    ['atom.xml', 'application/atom+xml'],
  ])('gives our own reader in %s what the source gives', async (name, type) => {
    const { text } = await ask('GET', `/sources/${ids.get(open)}/${name}`);
    const [original, again] = [readAgain(podcast(open), 'application/rss+xml'), readAgain(text, type)];
    for (const field of ['title', 'description', 'siteUrl', 'language', 'rights', 'image', 'modules'] as const)
      expect({ [field]: again[field] }).toEqual({ [field]: original[field] });
    expect(text).toContain('small.png?a=1&amp;b=2');
    expect(again.authors[0]?.name).toBe(original.authors[0]?.name);
    expect(again.categories.map(({ term }) => term)).toEqual(
      expect.arrayContaining(original.categories.map(({ term }) => term)),
    );
  });

  it('says it in JSON Feed', async () => {
    const { json } = await ask('GET', `/sources/${ids.get(open)}/feed.json`);
    expect(json).toMatchObject({
      title: 'Ferry & Fog',
      description: 'Talks <on the water>.',
      home_page_url: 'https://ferry.river.org/',
      language: 'nl',
      authors: [{ name: 'Anna <Helm>' }],
      _itunes: { image: { href: 'https://ferry.river.org/cover.jpg' }, type: 'serial' },
      _podcast: { guid: '9f1c2a52-3c54-5d6e-8a35-1d2e3f4a5b6c' },
      _tributary: { about: 'https://feeds.example/bot', rights: 'CC BY, the crew', ttl_minutes: 90 },
    });
  });

  it('tells no address of a secret source', async () => {
    for (const name of ['rss.xml', 'atom.xml', 'feed.json'])
      expect((await ask('GET', `/sources/${ids.get(secret)}/${name}`)).text).not.toContain('tok3n');
    const { keys } = await bindings.WINDOW.list();
    for (const { name } of keys) expect(await bindings.WINDOW.get(name)).not.toContain('tok3n');
  });

  it('hides what was recorded before its source was marked as secret', () => {
    const channel = { description: `Feed at ${secret}`, rights: 'tok3n-of-the-ferry' };
    expect(JSON.stringify(publicChannel(channel, secret, true))).not.toContain('tok3n');
  });

  it('comes back from a backup', async () => {
    const { text } = await own('GET', '/admin/api/export');
    await forgetChannels();
    await own('POST', '/admin/api/import', text, 'application/x-ndjson');
    await publish();
    const { json } = await ask('GET', `/sources/${ids.get(open)}/feed.json?limit=29`);
    expect(json['description']).toBe('Talks <on the water>.');
  });

  it('is learned by an archive of before at the next changed check, without news', async () => {
    await forgetChannels();
    const before = await ask('GET', `/sources/${ids.get(open)}/feed.json?limit=30`);
    documents.set(open, podcast(open, 'Twice a week.'));
    await refresh(open);
    // An isolate looks for a newer window once in a second.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const after = await ask('GET', `/sources/${ids.get(open)}/feed.json?limit=31`);
    expect(after.json['description']).toBe('Talks <on the water>. Twice a week.');
    expect(after.json['items']).toEqual(before.json['items']);
  });
});

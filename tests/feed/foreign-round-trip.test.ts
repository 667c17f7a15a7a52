/**
 * What a foreign parser finds in feeds with every module, it finds in ours again: 30 feeds of our own making, all of them different.
 */
import { parseAtomFeed, parseRssFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import type { RecordedEntry } from '../../src/domain/entry.ts';
import type { SafeHtml } from '../../src/domain/html.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { moduleNamespaces } from '../../src/domain/modules.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { normalizeFeed } from '../../src/feed/read/normalize-feed.ts';
import { readFeed } from '../../src/feed/read/read-feed.ts';
import { sanitizeFeed } from '../../src/feed/sanitize/sanitize-entry.ts';
import { expectOk, givenUrl } from '../support/given.ts';
import { givenHead } from '../support/given-entries.ts';
import { renderFeed } from '../support/render-feed.ts';

const base = 'https://pod.river.org';
const namespaces = [
  ...Object.entries(moduleNamespaces),
  ['dc', 'http://purl.org/dc/elements/1.1/'],
  ['content', 'http://purl.org/rss/1.0/modules/content/'],
]
  .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  .join(' ');

/** Each is left out of every third feed or so, so that no two are alike. */
function modulesOf(feed: number, item: number, atom: string): string {
  const pool = [
    `<itunes:season>${1 + item}</itunes:season><itunes:episode>${item + 1}</itunes:episode><itunes:episodeType>bonus</itunes:episodeType>`,
    '<itunes:explicit>true</itunes:explicit>',
    `<itunes:image href="${base}/art${item}.jpg"/>`,
    `<itunes:title>Short ${item}</itunes:title><itunes:subtitle>Sub ${item} &amp; more</itunes:subtitle>`,
    '<itunes:author>Ann &lt;Other&gt;</itunes:author><itunes:block>yes</itunes:block>',
    `<podcast:chapters url="${base}/c.json" type="application/json+chapters"/>`,
    `<podcast:transcript url="${base}/t.vtt" type="text/vtt" language="en" rel="captions"/><podcast:transcript url="${base}/t.srt" type="application/srt"/>`,
    `<podcast:person role="guest" img="${base}/p.png" href="${base}/p">Guest</podcast:person>`,
    '<podcast:soundbite startTime="33.5" duration="20">Best bit</podcast:soundbite>',
    '<podcast:season name="Rivers">2</podcast:season><podcast:episode display="Ch.3">204</podcast:episode>',
    `<podcast:alternateEnclosure type="audio/opus" length="99" title="Low"><podcast:source uri="${base}/low.opus"/></podcast:alternateEnclosure>`,
    '<podcast:location geo="geo:52.5,13.4" osm="R62422">Berlin</podcast:location>',
    `<podcast:license url="${base}/licence">cc-by-4.0</podcast:license>`,
    '<podcast:value type="lightning" method="keysend"><podcast:valueRecipient name="Host" type="node" address="02d5" split="99"/></podcast:value>',
    `<psc:chapters version="1.2"><psc:chapter start="0" title="Intro"/><psc:chapter start="00:03:07" title="Tea &amp; talk" href="${base}/talk"/></psc:chapters>`,
    `<media:thumbnail url="${base}/a.jpg" width="10" height="20"/><media:thumbnail url="${base}/b.jpg"/>`,
    '<media:credit role="photographer" scheme="urn:ebu">Cam Era</media:credit><media:rating scheme="urn:simple">nonadult</media:rating>',
    '<georss:point>45.256 -71.92</georss:point><geo:lat>10.5</geo:lat><geo:long>20.5</geo:long>',
    `<thr:in-reply-to ref="tag:x,${item}" href="${base}/orig" type="text/html"/><thr:total>4</thr:total>`,
    `<slash:comments>7</slash:comments><wfw:commentRss>${base}/comments.xml</wfw:commentRss>`,
    '<dcterms:created>2026-01-01T00:00:00Z</dcterms:created><dcterms:modified>2026-02-02T00:00:00Z</dcterms:modified>',
    `<${atom}contributor><${atom}name>Con Tri</${atom}name><${atom}uri>${base}/con</${atom}uri></${atom}contributor>`,
    `<${atom}link rel="related" href="${base}/related" title="Rel"/><${atom}link rel="license" href="${base}/license"/>`,
  ];
  return pool.filter((_, at) => (at * 7 + feed * 5 + item) % 10 < 7).join('');
}

function givenRssFeed(feed: number): string {
  const items = [0, 1, 2, 3].map(
    (
      item,
    ) => `<item><guid isPermaLink="false">own-guid-${feed}-${item}</guid><title>Item ${item}</title><link>${base}/${item}</link>
      <pubDate>${['Tue', 'Wed', 'Thu', 'Fri'][item]}, 1${item} Nov 2026 08:30:00 GMT</pubDate><dc:creator>Ada</dc:creator><category>cat${item}</category>
      <description>Sum ${item}</description><enclosure url="${base}/${item}.mp3" length="1234" type="audio/mpeg"/>
      <itunes:duration>3723</itunes:duration>${modulesOf(feed, item, 'atom:')}</item>`,
  );
  return `<rss version="2.0" ${namespaces}><channel><title>Feed</title><link>${base}/</link><description>About</description>
    <language>en</language>${items.join('')}</channel></rss>`;
}

function givenAtomFeed(feed: number): string {
  const entries = [0, 1, 2, 3].map(
    (
      item,
    ) => `<entry><id>tag:pod.river.org,2026:${feed}:${item}</id><title>Item ${item}</title><link href="${base}/${item}"/>
      <link rel="enclosure" type="audio/mpeg" length="1234" href="${base}/${item}.mp3"/>
      <updated>2026-11-1${item}T08:30:00Z</updated><published>2026-11-1${item}T08:30:00Z</published>
      <author><name>Ada</name></author><category term="cat${item}"/><summary>Sum ${item}</summary>${modulesOf(feed, item, '')}</entry>`,
  );
  return `<feed xmlns="http://www.w3.org/2005/Atom" ${namespaces} xml:lang="en"><id>tag:pod.river.org,2026:feed</id><title>Feed</title>
    <updated>2026-11-20T00:00:00Z</updated><link href="${base}/"/>${entries.join('')}</feed>`;
}

/** What we make of a document: read, sanitized, recorded, rendered. */
function passOn(format: 'rss' | 'atom', text: string): string {
  const document = { bytes: new TextEncoder().encode(text), url: givenUrl(`${base}/feed.xml`) };
  const { raw } = expectOk(readFeed(document));
  const { feed } = normalizeFeed(raw, { sourceId: toSourceId(document.url), document });
  const recorded = sanitizeFeed(feed).entries.map((entry): RecordedEntry<SafeHtml> => {
    const at = entry.published ?? (0 as Instant);
    const origin = { sourceId: toSourceId(document.url), title: 'Feed', feedUrl: document.url };
    return { ...entry, origin, tags: [], firstSeen: at, sortAt: at, modified: at, sequence: 1 };
  });
  return renderFeed(format, givenHead(format), recorded, 'full');
}

const prefixes = [
  'itunes',
  'podcast',
  'psc',
  'media',
  'georss',
  'geo',
  'thr',
  'slash',
  'wfw',
  'dcterms',
  'dc',
] as const;

/** The parts of an item that modules and the format's own fields for podcasts give. */
function partsOf(item: object): Record<string, unknown> {
  const members = item as Record<string, unknown>;
  const own = ['guid', 'id', 'link', 'links', 'enclosures', 'contributors', 'title', 'pubDate', 'published', 'updated'];
  return Object.fromEntries([...own, ...prefixes].map((name) => [name, sorted(members[name])]));
}

function keyOf(one: unknown): string {
  return (one as { readonly href?: string }).href ?? JSON.stringify(one);
}

/** Lists of files and links without their order. */
function sorted(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const foundInRss = (text: string) => (parseRssFeed(text).items ?? []).map(partsOf);
const foundInAtom = (text: string) => (parseAtomFeed(text).entries ?? []).map(partsOf);

describe('feeds with every module', () => {
  it.each(Array.from({ length: 15 }, (_, feed) => feed))(
    'RSS %i: feedsmith finds in ours what it finds in theirs',
    (feed) => {
      const theirs = givenRssFeed(feed);
      expect(foundInRss(passOn('rss', theirs))).toMatchObject(foundInRss(theirs));
    },
  );

  it.each(Array.from({ length: 15 }, (_, feed) => feed + 15))('Atom %i: the same', (feed) => {
    const theirs = givenAtomFeed(feed);
    expect(foundInAtom(passOn('atom', theirs))).toMatchObject(foundInAtom(theirs));
  });
});

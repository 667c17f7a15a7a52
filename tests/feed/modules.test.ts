/**
 * What the table of modules calls carried comes out as it went in, in every format that can hold it.
 */
import { readFileSync } from 'node:fs';
import { parseJsonFeed, parseRssFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { renderModuleTable } from '../../scripts/modules/module-table.ts';
import { contentHash } from '../../src/domain/content-hash.ts';
import type { RecordedEntry } from '../../src/domain/entry.ts';
import type { ReadFeed } from '../../src/domain/feed.ts';
import type { SafeHtml } from '../../src/domain/html.ts';
import { type ModuleElement, type ModuleField, moduleFields, moduleNamespaces } from '../../src/domain/modules.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { type FeedFormat, feedFormats } from '../../src/domain/view.ts';
import { normalizeFeed } from '../../src/feed/read/normalize-feed.ts';
import { readFeed } from '../../src/feed/read/read-feed.ts';
import { toWritableModules } from '../../src/feed/render/module-values.ts';
import { sanitizeFeed } from '../../src/feed/sanitize/sanitize-entry.ts';
import { expectOk, givenUrl } from '../support/given.ts';
import { givenEntry, givenHead } from '../support/given-entries.ts';
import { renderFeed } from '../support/render-feed.ts';
import { parseStrictXml } from '../support/strict-xml.ts';

/** Values of elements and attributes that may not hold any text. */
const samples: Readonly<Record<string, string>> = {
  'itunes:block': 'yes',
  'itunes:duration': '1:02:03',
  'itunes:episode': '7',
  'itunes:episodeType': 'bonus',
  'itunes:explicit': 'true',
  'itunes:season': '2',
  'itunes:type': 'serial',
  'media:rating': 'nonadult',
  'geo:lat': '-10.5',
  'geo:long': '170',
  'georss:point': '45.2 -71.9',
  'georss:line': '45.2 -110.4 46.4 -109.4',
  'georss:polygon': '1 2 3 4 5 6 1 2',
  'georss:box': '1 2 3 4',
  'slash:comments': '3',
  'thr:total': '4',
  'dcterms:created': '2026-01-01T08:00:00Z',
  'dcterms:issued': '2026-01',
  'dcterms:modified': '2026-02-28',
  'atom:email': 'ada@pod.example',
  'atom:id': 'tag:pod.example,2026:1',
  'atom:updated': '2026-01-01T08:00:00+01:00',
  'atom:link type': 'text/html',
  'atom:link hreflang': 'de-AT',
  'atom:link length': '12',
  'thr:in-reply-to ref': 'tag:pod.example,2026:0',
  'thr:in-reply-to type': 'text/html',
  'media:thumbnail width': '640',
  'media:thumbnail height': '480',
  'media:description type': 'plain',
};

/** An element with every attribute and child that a line of the table names. */
function full(field: ModuleField): ModuleElement {
  const attributes = [...field.attributes].map(([name, isAddress], index): [string, string] => [
    name,
    isAddress
      ? `https://pod.example/${name}/${index}?a=1&b=2`
      : (samples[`${field.name} ${name}`] ?? (name === 'rel' ? 'related' : `${name} & "${index}"`)),
  ]);
  const text = field.isAddress ? 'https://pod.example/feed?a=1&b=2' : (samples[field.name] ?? `${field.name} <text>`);
  return {
    name: field.name,
    ...(field.children.length === 0 && field.name !== 'atom:link' ? { text } : {}),
    ...(attributes.length === 0 ? {} : { attributes: Object.fromEntries(attributes) }),
    ...(field.children.length === 0 ? {} : { children: field.children.map(full) }),
  };
}

function readText(text: string): ReadFeed {
  const document = { bytes: new TextEncoder().encode(text), url: givenUrl('https://pod.example/feed') };
  return normalizeFeed(expectOk(readFeed(document)).raw, { sourceId: toSourceId(document.url), document }).feed;
}

const fields = moduleFields.filter(({ of }) => of !== 'feed');
const modules = fields.map(full);
const entry = givenEntry({ modules });

function readBack(format: FeedFormat, given: RecordedEntry<SafeHtml>) {
  const text = renderFeed(format, givenHead(format), [given], 'full');
  if (format !== 'json') parseStrictXml(text);
  const document = { bytes: new TextEncoder().encode(text), url: givenUrl('https://tributary.example/rss.xml') };
  const { raw } = expectOk(readFeed(document));
  return sanitizeFeed(normalizeFeed(raw, { sourceId: toSourceId(document.url), document }).feed).entries[0];
}

function byName(elements: readonly ModuleElement[]): readonly string[] {
  return elements.map((element) => JSON.stringify(element)).toSorted();
}

describe('the elements of modules', () => {
  it.each(feedFormats)('come back from our own %s as they went in', (format) => {
    expect(byName(readBack(format, entry)?.modules ?? [])).toEqual(byName(modules));
  });

  it('are found by a foreign parser', () => {
    const item = parseRssFeed(renderFeed('rss', givenHead('rss'), [entry], 'full')).items?.[0];
    expect(item?.podcast?.transcripts?.[0]?.url).toBe('https://pod.example/url/0?a=1&b=2');
    expect(item?.podcast?.chapters?.url).toBe('https://pod.example/url/0?a=1&b=2');
    expect(item?.psc?.chapters?.[0]?.title).toContain('title');
    expect(item?.itunes?.episodeType).toBe('bonus');
    expect(item?.georss?.featureName ?? item?.georss).toBeDefined();
  });

  it('name nothing that a program would run', () => {
    const attack = (field: ModuleField): string => {
      const attributes = [...field.attributes.keys()].map((name) => ` ${name}="javascript:alert('${name}')"`).join('');
      return `<${field.name}${attributes}>${field.children.map(attack).join('') || 'said'}</${field.name}>`;
    };
    const declared = Object.entries(moduleNamespaces).map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`);
    const document = `<rss version="2.0"${declared.join('')}><channel><title>T</title><item><guid>1</guid><title>I</title>
      ${fields.map(attack).join('')}</item></channel></rss>`;
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>urn:1</id><title>I</title>
      <category term="a" scheme="vbscript:x"/></entry></feed>`;
    const named = JSON.stringify(readText(document)).match(/\w+\\?"?:"javascript:/g) ?? [];
    // Words that people read may begin so.
    const words =
      /^(?:address|bitrate|codecs|contentType|count|country|customKey|customValue|default|display|duration|fee|group|height|hreflang|accountId|lang|language|length|max|average|min|views|favorites|method|name|priority|purpose|role|split|start|startTime|suggested|time|title|value|version|width)"/;
    expect(named.filter((one) => !words.test(one))).toEqual([]);
    expect(JSON.stringify(readText(atom))).not.toContain('vbscript');
  });

  it('are extensions of a JSON Feed', () => {
    const text = renderFeed('json', givenHead('json'), [entry], 'full');
    expect(parseJsonFeed(text).items?.[0]?.id).toBe(entry.guid);
    const [item] = (JSON.parse(text) as { items: Record<string, Record<string, unknown>>[] }).items;
    expect(item?.['_itunes']?.['episodeType']).toBe('bonus');
    expect(item?.['_podcast']?.['transcript']).toEqual([
      expect.objectContaining({ url: 'https://pod.example/url/0?a=1&b=2' }),
    ]);
    expect(Object.keys(moduleNamespaces).filter((prefix) => item?.[`_${prefix}`] === undefined)).toEqual([]);
  });

  it.each<[ModuleElement, ModuleElement | undefined]>([
    [
      { name: 'itunes:explicit', text: 'Clean' },
      { name: 'itunes:explicit', text: 'false' },
    ],
    [
      { name: 'itunes:explicit', text: 'yes' },
      { name: 'itunes:explicit', text: 'true' },
    ],
    [
      { name: 'itunes:episodeType', text: 'Full' },
      { name: 'itunes:episodeType', text: 'full' },
    ],
    [{ name: 'itunes:episode', text: 'ten' }, undefined],
    [
      { name: 'itunes:duration', text: '61.4' },
      { name: 'itunes:duration', text: '62' },
    ],
    [{ name: 'itunes:duration', text: '1:75:00' }, undefined],
    [
      { name: 'itunes:subtitle', text: 'x'.repeat(300) },
      { name: 'itunes:subtitle', text: `${'x'.repeat(254)}…` },
    ],
    [
      { name: 'georss:point', text: '45.2, -71.9' },
      { name: 'georss:point', text: '45.2 -71.9' },
    ],
    [{ name: 'georss:point', text: 'north' }, undefined],
    [{ name: 'geo:lat', text: '91' }, undefined],
    [{ name: 'thr:total', text: 'many' }, undefined],
    [{ name: 'dcterms:created', text: '2026-02-30' }, undefined],
    [
      { name: 'dcterms:created', text: '2026-02-03T10:00' },
      { name: 'dcterms:created', text: '2026-02-03' },
    ],
    [{ name: 'media:rating', text: 'PG' }, undefined],
    [
      { name: 'media:thumbnail', attributes: { url: 'https://pod.example/a|b.jpg', width: '100%', height: '0' } },
      { name: 'media:thumbnail', attributes: { url: 'https://pod.example/a%7Cb.jpg' } },
    ],
    [{ name: 'media:thumbnail', attributes: { width: '10' } }, undefined],
    [{ name: 'atom:contributor', children: [{ name: 'atom:email', text: 'ada@pod.example' }] }, undefined],
    [
      { name: 'media:description', text: '<b>x</b>', attributes: { type: 'html' } },
      { name: 'media:description', text: '<b>x</b>' },
    ],
  ])('are written with values that their vocabulary allows: %j', (given, written) => {
    expect(toWritableModules([given])).toEqual(written === undefined ? [] : [written]);
  });

  it.each(['rss', 'atom'] as const)('declare rare namespaces where they stand, in %s', (format) => {
    const plain = renderFeed(format, givenHead(format), [givenEntry()], 'full');
    expect(plain).not.toMatch(/xmlns:(?:podcast|psc)=/);
    const channel = { modules: [{ name: 'podcast:guid', text: '917393e3-1b1e-5cef-ace4-edaa54e1f810' }] };
    const own = parseStrictXml(renderFeed(format, { ...givenHead(format), channel }, [entry], 'full'));
    expect(JSON.stringify(own)).toContain('917393e3');
  });

  it('do not change an entry when only a counter moves', () => {
    const counted = { ...entry, modules: [{ name: 'slash:comments', text: '2' }] };
    const more = { ...entry, modules: [{ name: 'slash:comments', text: '3' }] };
    expect(contentHash(counted)).toBe(contentHash(more));
    expect(contentHash({ ...entry, modules: [{ name: 'itunes:season', text: '3' }] })).not.toBe(contentHash(more));
  });
});

describe('docs/modules.md', () => {
  it('is current', () => {
    const page = readFileSync(new URL('../../docs/modules.md', import.meta.url).pathname, 'utf8');
    expect(page, 'run npm run modules').toBe(renderModuleTable());
  });
});

/**
 * What the table of modules calls carried comes out as it went in, in every format that can hold it.
 */
import { readFileSync } from 'node:fs';
import { parseJsonFeed, parseRssFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { renderModuleTable } from '../../scripts/modules/module-table.ts';
import { contentHash } from '../../src/domain/content-hash.ts';
import type { RecordedEntry } from '../../src/domain/entry.ts';
import type { SafeHtml } from '../../src/domain/html.ts';
import { type ModuleElement, type ModuleField, moduleFields, moduleNamespaces } from '../../src/domain/modules.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { type FeedFormat, feedFormats } from '../../src/domain/view.ts';
import { normalizeFeed } from '../../src/feed/read/normalize-feed.ts';
import { readFeed } from '../../src/feed/read/read-feed.ts';
import { sanitizeFeed } from '../../src/feed/sanitize/sanitize-entry.ts';
import { expectOk, givenUrl } from '../support/given.ts';
import { givenEntry, givenHead } from '../support/given-entries.ts';
import { renderFeed } from '../support/render-feed.ts';
import { parseStrictXml } from '../support/strict-xml.ts';

/** An element with every attribute and child that a line of the table names. */
function full(field: ModuleField): ModuleElement {
  const attributes = [...field.attributes].map(([name, isAddress], index): [string, string] => [
    name,
    isAddress ? `https://pod.example/${name}/${index}?a=1&b=2` : name === 'rel' ? 'related' : `${name} & "${index}"`,
  ]);
  const text = field.isAddress ? 'https://pod.example/feed?a=1&b=2' : `${field.name} <text>`;
  return {
    name: field.name,
    ...(field.children.length === 0 && field.name !== 'atom:link' ? { text } : {}),
    ...(attributes.length === 0 ? {} : { attributes: Object.fromEntries(attributes) }),
    ...(field.children.length === 0 ? {} : { children: field.children.map(full) }),
  };
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
    expect(item?.itunes?.episodeType).toBe('itunes:episodeType <text>');
    expect(item?.georss?.featureName ?? item?.georss).toBeDefined();
  });

  it('are extensions of a JSON Feed', () => {
    const text = renderFeed('json', givenHead('json'), [entry], 'full');
    expect(parseJsonFeed(text).items?.[0]?.id).toBe(entry.guid);
    const [item] = (JSON.parse(text) as { items: Record<string, Record<string, unknown>>[] }).items;
    expect(item?.['_itunes']?.['episodeType']).toBe('itunes:episodeType <text>');
    expect(item?.['_podcast']?.['transcript']).toEqual([
      expect.objectContaining({ url: 'https://pod.example/url/0?a=1&b=2' }),
    ]);
    expect(Object.keys(moduleNamespaces).filter((prefix) => item?.[`_${prefix}`] === undefined)).toEqual([]);
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

/**
 * Laws of rendering: whatever an entry holds, documents are sound, and what a format carries comes back out of it.
 */
import * as fc from 'fast-check';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import type { SourceChannel } from '../../src/domain/channel.ts';
import type { RecordedEntry } from '../../src/domain/entry.ts';
import { restoreSafeHtml, type SafeHtml } from '../../src/domain/html.ts';
import { type Instant, renderRfc822, renderRfc3339 } from '../../src/domain/instant.ts';
import { type ContentMode, feedFormats } from '../../src/domain/view.ts';
import { looksLikeMarkup } from '../../src/feed/render/format-rules.ts';
import { renderFrame } from '../../src/feed/render/frame.ts';
import { renderAroundContent, renderEntry } from '../../src/feed/render/render-entry.ts';
import { makeFrameTemplates } from '../../src/feed/render/xml-frame-template.ts';
import { escapeText, isCdataAlready, toWritable } from '../../src/feed/render/xml-writer.ts';
import { findFaults } from '../support/feed-rules.ts';
import { givenHead } from '../support/given-entries.ts';
import { anyEntry, anyText, anyUrl, ordinaryEntry, severalOf } from '../support/given-entries-arbitrary.ts';
import { renderFeed } from '../support/render-feed.ts';
import { childrenOf, namespaces, parseStrictXml, textOf, type XmlElement } from '../support/strict-xml.ts';

const anyMode = fc.constantFrom<ContentMode[]>('full', 'summary', 'none');
// oxlint-disable-next-line no-control-regex -- what XML forbids
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

describe.each(['rss', 'atom'] as const)('an entry as %s without its content', (format) => {
  it('is the entry when the content is put in its place', () => {
    fc.assert(
      fc.property(anyEntry, anyText, (entry, text) => {
        const content = restoreSafeHtml(text);
        fc.pre(isCdataAlready(content));
        const { content: _, ...bare } = entry;
        const { before, after } = renderAroundContent(format, bare);
        expect(before + content + after).toBe(renderEntry(format, { ...entry, content }, 'full'));
      }),
      { numRuns: 400 },
    );
  });
});

const anyChannel: fc.Arbitrary<SourceChannel> = fc.record(
  {
    description: anyText,
    rights: anyText,
    authors: fc.array(fc.record({ name: anyText, url: anyUrl }, { requiredKeys: ['name'] }), { maxLength: 3 }),
    categories: fc.array(anyText, { maxLength: 3 }),
    image: anyUrl,
    icon: anyUrl,
    ttlMinutes: fc.nat(),
    modules: fc.array(
      fc.oneof(
        fc.record({ name: fc.constantFrom('itunes:author', 'podcast:guid', 'itunes:subtitle'), text: anyText }),
        anyUrl.map((href) => ({ name: 'itunes:image', attributes: { href } })),
        anyText.map((text) => ({ name: 'itunes:owner', children: [{ name: 'itunes:name', text }] })),
      ),
      { maxLength: 4 },
    ),
  },
  { requiredKeys: [] },
);

describe.each(feedFormats)('any view as %s', (format) => {
  it('breaks no rule of the W3C validator and is accepted by a strict parser', () => {
    fc.assert(
      fc.property(severalOf(anyEntry), anyMode, (entries, mode) => {
        expect(findFaults(format, renderFeed(format, givenHead(format), entries, mode))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('breaks no rule whatever a source says about itself', () => {
    fc.assert(
      fc.property(anyChannel, anyUrl, (channel, siteUrl) => {
        const head = givenHead(format, { channel, siteUrl });
        expect(findFaults(format, renderFeed(format, head, [], 'full'))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('holds no character that XML forbids, raw, escaped or halved', () => {
    fc.assert(
      fc.property(anyEntry, anyText, (entry, title) => {
        const document = renderFeed(format, givenHead(format, { title, description: title }), [entry], 'full');
        expect(document.isWellFormed()).toBe(true);
        expect(forbidden.test(document)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('carries any title in its head, on one line, or the host when it is blank', () => {
    fc.assert(
      fc.property(anyText, (title) => {
        const document = renderFeed(format, givenHead(format, { title }), [], 'full');
        const shown = toWritable(title).replace(/\s+/g, ' ').trim();
        const read = format === 'json' ? String(JSON.parse(document).title) : headOf(parseStrictXml(document), 'title');
        // Readers take a title of RSS that looks like HTML for HTML: it is sent as HTML that says the same.
        const sent = format === 'rss' && looksLikeMarkup(shown) ? escapeText(shown) : shown;
        expect(read).toBe(sent === '' ? 'tributary.example' : sent);
      }),
    );
  });

  it('is its frame around its entries, each rendered once', () => {
    fc.assert(
      fc.property(severalOf(ordinaryEntry), anyMode, (entries, mode) => {
        const { prefix, separator, suffix } = renderFrame(makeFrameTemplates(), format, givenHead(format));
        const fragments = entries.map((entry) => renderEntry(format, entry, mode));
        expect(renderFeed(format, givenHead(format), entries, mode)).toBe(prefix + fragments.join(separator) + suffix);
      }),
      { numRuns: 50 },
    );
  });
});

function headOf(root: XmlElement, name: string): string | undefined {
  if (root.name === 'feed') return textOf(root, name, namespaces.atom);
  return childrenOf(root, 'channel').map((channel) => textOf(channel, name))[0];
}

/** A document of one entry, read strictly. */
function readOne(format: 'rss' | 'atom', entry: RecordedEntry<SafeHtml>): XmlElement {
  const root = parseStrictXml(renderFeed(format, givenHead(format), [entry], 'full'));
  const parent = format === 'rss' ? childrenOf(root, 'channel')[0] : root;
  const [one] = (parent?.children ?? []).filter((child) => child.name === 'item' || child.name === 'entry');
  if (one === undefined) throw new Error('no entry came back');
  return one;
}

function shown(text: string | undefined): string | undefined {
  const writable = toWritable(text ?? '');
  return writable.trim() === '' ? undefined : writable;
}

/** HTML of escaped text back to the text. */
function unescape(html: string): string {
  return html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#13;', '\r').replaceAll('&amp;', '&');
}

/** Any entry with a title and a content: Atom demands the one and writes the summary apart from the other. */
const writtenEntry = anyEntry.filter((entry) => shown(entry.title) !== undefined && shown(entry.content) !== undefined);

describe('text of any kind', () => {
  it('comes back from RSS character by character', () => {
    fc.assert(
      fc.property(writtenEntry, (entry) => {
        const item = readOne('rss', entry);
        expect(textOf(item, 'encoded', namespaces.content)).toBe(shown(entry.content));
        expect(shown(unescape(textOf(item, 'description') ?? ''))).toBe(shown(entry.summary));
        expect(textOf(item, 'rights', namespaces.dc)).toBe(shown(entry.rights));
        const title = textOf(item, 'title');
        expect([title, unescape(title ?? '')]).toContain(shown(entry.title));
      }),
      { numRuns: 300 },
    );
  });

  it('comes back from Atom character by character', () => {
    fc.assert(
      fc.property(writtenEntry, (entry) => {
        const read = readOne('atom', entry);
        const textConstruct = (name: string): string | undefined => {
          const [element] = childrenOf(read, name, namespaces.atom);
          return element?.attributes.get('type') === 'html' ? unescape(element.text) : element?.text;
        };
        expect(textConstruct('title')).toBe(shown(entry.title));
        expect(textConstruct('rights')).toBe(shown(entry.rights));
        expect(textOf(read, 'content', namespaces.atom)).toBe(shown(entry.content));
        expect(textConstruct('summary')).toBe(shown(entry.summary));
      }),
      { numRuns: 300 },
    );
  });

  it('comes back from JSON Feed character by character', () => {
    fc.assert(
      fc.property(writtenEntry, (entry) => {
        const [item] = JSON.parse(renderFeed('json', givenHead('json'), [entry], 'full')).items;
        expect(item.title).toBe(shown(entry.title));
        expect(item.summary).toBe(shown(entry.summary));
        expect(item.content_html).toBe(shown(entry.content));
        expect(item['_tributary'].rights).toBe(shown(entry.rights));
      }),
      { numRuns: 300 },
    );
  });
});

/** Terms of the publisher, then of the tags nobody said already. */
function expectedNames(entry: RecordedEntry<SafeHtml>, of: 'term' | 'name'): string[] {
  const unique = new Map(
    entry.categories.map((category) => [`${category.term}\n${category.scheme ?? ''}`, category.term]),
  );
  const words = new Set(entry.categories.flatMap(({ term, label = '' }) => [term.toLowerCase(), label.toLowerCase()]));
  const names = [...unique.values()];
  for (const { slug, label } of entry.tags) {
    if (words.has(slug.toLowerCase()) || words.has(label.toLowerCase())) continue;
    words.add(slug.toLowerCase()).add(label.toLowerCase());
    names.push(of === 'term' ? slug : label);
  }
  return names;
}

function rfc3339(at: Instant | undefined): string | undefined {
  return at === undefined ? undefined : renderRfc3339(at);
}

function rfc822(at: Instant | undefined): string | undefined {
  return at === undefined ? undefined : renderRfc822(at);
}

function isAlternate(link: { rel?: string }): boolean {
  return link.rel === 'alternate';
}

describe('a foreign reader (feedsmith)', () => {
  it('finds in RSS what the entry says', () => {
    fc.assert(
      fc.property(ordinaryEntry, (entry) => {
        const item = parseRssFeed(renderFeed('rss', givenHead('rss'), [entry], 'full')).items?.[0];
        expect(item?.title).toBe(entry.title);
        expect(item?.link).toBe(entry.url ?? entry.externalUrl);
        expect(item?.guid).toEqual({ value: entry.guid, isPermaLink: entry.guid === entry.url });
        expect(item?.pubDate).toBe(rfc822(entry.published ?? entry.updated));
        expect(item?.dc?.creators ?? []).toEqual(entry.authors.map((author) => author.name));
        expect(item?.categories?.map((category) => category.name) ?? []).toEqual(expectedNames(entry, 'name'));
        expect(item?.content?.encoded).toBe(entry.content);
        expect(item?.description).toBe(entry.summary);
        const files = new Set([...(item?.enclosures ?? []), ...(item?.media?.contents ?? [])].map((file) => file.url));
        expect(files).toEqual(new Set(entry.enclosures.map((enclosure) => enclosure.url)));
        expect(item?.enclosures?.length ?? 0).toBeLessThanOrEqual(1);
        expect(item?.media?.thumbnails?.[0]?.url).toBe(entry.image);
        expect(item?.source?.url).toBe(entry.origin.feedUrl ?? entry.origin.siteUrl);
        expect(item?.comments).toBe(entry.commentsUrl);
      }),
      { numRuns: 200 },
    );
  });

  it('finds in Atom what the entry says', () => {
    fc.assert(
      fc.property(ordinaryEntry, (entry) => {
        const read = parseAtomFeed(renderFeed('atom', givenHead('atom'), [entry], 'full')).entries?.[0];
        const linksOf = (rel: string) => read?.links?.filter((link) => link.rel === rel) ?? [];
        expect(read?.id).toBe(entry.guid);
        expect(read?.title?.value).toBe(entry.title);
        expect(linksOf('alternate').map((link) => link.href)).toEqual([entry.url ?? entry.externalUrl].filter(Boolean));
        expect(read?.published).toBe(rfc3339(entry.published ?? entry.updated));
        expect(read?.updated).toBe(renderRfc3339(entry.updated ?? entry.published ?? entry.modified));
        const authors = entry.authors.length > 0 ? entry.authors : [{ name: entry.origin.title, url: undefined }];
        expect(read?.authors?.map(({ name, uri }) => [name, uri])).toEqual(authors.map(({ name, url }) => [name, url]));
        expect(read?.categories?.map((category) => category.term) ?? []).toEqual(expectedNames(entry, 'term'));
        expect(linksOf('enclosure').map(({ href, type, length }) => [href, type, length])).toEqual(
          entry.enclosures.map(({ url, type, lengthBytes }) => [url, type, lengthBytes]),
        );
        expect(read?.source?.title?.value).toBe(entry.origin.title);
        expect(read?.source?.links?.filter((link) => link.rel === 'self').map((link) => link.href) ?? []).toEqual(
          [entry.origin.feedUrl].filter(Boolean),
        );
        expect(read?.content?.value).toBe(
          entry.content ?? (read?.links?.some(isAlternate) ? undefined : entry.summary),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('finds in JSON Feed what the entry says', () => {
    fc.assert(
      fc.property(ordinaryEntry, (entry) => {
        const item = parseJsonFeed(renderFeed('json', givenHead('json'), [entry], 'full')).items?.[0];
        expect(item?.id).toBe(entry.guid);
        expect(item?.url).toBe(entry.url);
        expect(item?.external_url).toBe(entry.externalUrl);
        expect(item?.title).toBe(entry.title);
        expect(item?.date_published).toBe(rfc3339(entry.published ?? entry.updated));
        expect(item?.date_modified).toBe(rfc3339(entry.updated));
        expect(item?.authors?.map(({ name, url }) => [name, url]) ?? []).toEqual(
          entry.authors.map(({ name, url }) => [name, url]),
        );
        expect(item?.tags ?? []).toEqual([...new Set(expectedNames(entry, 'name'))]);
        expect(
          item?.attachments?.map((file) => [file.url, file.size_in_bytes, file.duration_in_seconds]) ?? [],
        ).toEqual(entry.enclosures.map((file) => [file.url, file.lengthBytes, file.durationSeconds]));
        expect(item?.image).toBe(entry.image);
      }),
      { numRuns: 200 },
    );
  });
});

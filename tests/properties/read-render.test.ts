/**
 * What our own reader finds in our own feeds: the entry itself, as far as each format has words for it.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry, RecordedEntry } from '../../src/domain/entry.ts';
import type { SafeHtml, UntrustedHtml } from '../../src/domain/html.ts';
import { parseHttpUrl } from '../../src/domain/http-url.ts';
import { type Instant, toInstant } from '../../src/domain/instant.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { type FeedFormat, type FeedHead, feedFormats } from '../../src/domain/view.ts';
import { normalizeFeed } from '../../src/feed/read/normalize-feed.ts';
import { readFeed } from '../../src/feed/read/read-feed.ts';
import { expectOk } from '../support/given.ts';
import { givenHead } from '../support/given-entries.ts';
import { ordinaryEntry, severalOf } from '../support/given-entries-arbitrary.ts';
import { renderFeed } from '../support/render-feed.ts';

/** A head of entries in several languages. */
function withoutLanguage(given: FeedHead): FeedHead {
  const { entryLanguage: _, ...head } = given;
  return head;
}

function readBack(
  format: FeedFormat,
  entries: readonly RecordedEntry<SafeHtml>[],
  head: FeedHead = withoutLanguage(givenHead(format)),
) {
  const document = { bytes: new TextEncoder().encode(renderFeed(format, head, entries, 'full')), url: head.selfUrl };
  const { raw, defects } = expectOk(readFeed(document));
  const normalized = normalizeFeed(raw, { sourceId: toSourceId(head.selfUrl), document });
  return { feed: normalized.feed, defects: [...defects, ...normalized.defects] };
}

function wholeSecond(at: Instant | undefined): Instant | undefined {
  return at && toInstant(Math.floor(at / 1000) * 1000);
}

/** The fields that are compared, with what is absent left out. */
function facts(entry: Omit<Entry<SafeHtml | UntrustedHtml>, 'id'>, content: string | undefined) {
  const { guid, url, title, summary, published, updated, authors, categories, enclosures, rights } = entry;
  const { language, commentsUrl } = entry;
  // RSS and JSON Feed insist on a type: "octets" is how they say that nobody knows.
  const files = enclosures
    .toSorted((a, b) => (a.url < b.url ? -1 : 1))
    .map(({ type, ...file }) => (type === undefined || type === 'application/octet-stream' ? file : { type, ...file }));
  return {
    guid,
    url,
    title,
    summary,
    content,
    published,
    updated,
    authors,
    categories,
    files,
    rights,
    language,
    commentsUrl,
  };
}

type Facts = ReturnType<typeof facts>;

/** The entry as a reader of `format` can know it; each line is a limit of a format. */
function asCarried(format: FeedFormat, entry: RecordedEntry<SafeHtml>): Facts {
  const known = facts(entry, entry.content);
  const shown: Facts = {
    ...known,
    // A page is the link where there is no other; without content, the summary is all there is to show.
    url: entry.url ?? entry.externalUrl,
    // The first "updated" is the date of an entry without "published".
    published: entry.published ?? entry.updated,
    // Unknown stays unknown, whatever language the feed's own title is in.
    language: entry.language,
    ...(entry.content === undefined && { content: entry.summary, summary: '' }),
  };
  // An entry without a link may still have an id that is one; an RSS guid says that it is none.
  switch (format) {
    case 'rss':
      return {
        ...shown,
        // Said once when it is the same.
        updated: entry.updated === (entry.published ?? entry.updated) ? undefined : entry.updated,
        published: wholeSecond(entry.published ?? entry.updated),
        authors: entry.authors.map(({ name }) => ({ name })),
        categories: [
          ...entry.categories.map(({ label: _label, ...category }) => category),
          ...entry.tags.map(({ label }) => ({ term: label })),
        ],
      };
    case 'atom':
      return {
        ...shown,
        url: shown.url ?? parseHttpUrl(entry.guid),
        updated: entry.updated ?? entry.published ?? entry.modified,
        authors: entry.authors.length > 0 ? entry.authors : [{ name: entry.origin.title }],
        categories: [...entry.categories, ...entry.tags.map(({ slug, label }) => ({ term: slug, label }))],
      };
    case 'json':
      return {
        ...shown,
        url: entry.url ?? parseHttpUrl(entry.guid) ?? entry.externalUrl,
        authors: entry.authors.map(({ email: _email, ...author }) => author),
        categories: [...entry.categories, ...entry.tags.map(({ label }) => ({ term: label }))],
      };
  }
}

// What makes two categories, authors or texts the same, and that the longest text is the content, is the business of the
// reader: here they differ in every respect.
const distinctEntry = ordinaryEntry.filter(({ authors, categories, tags, summary, content }) => {
  const people = authors.flatMap(({ name, email = name + name }) => [name, email]);
  const words = [...categories, ...tags.map(({ slug, label }) => ({ term: slug, label }))].flatMap(
    ({ term, label = '' }) => [term, label].filter(Boolean).map((word) => word.toLowerCase()),
  );
  return (
    new Set(people).size === people.length &&
    new Set(words).size === words.length &&
    summary.length <= (content ?? summary).length &&
    summary !== content
  );
});

describe.each(feedFormats)('a %s feed of ours', (format) => {
  it('is read without a defect', () => {
    fc.assert(
      fc.property(severalOf(ordinaryEntry), (entries) => {
        expect(readBack(format, entries).defects).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('gives back its head', () => {
    const head = givenHead(format);
    const { feed } = readBack(format, [], head);
    expect(feed).toMatchObject({
      title: head.title,
      description: head.description,
      siteUrl: head.siteUrl,
      feedUrl: head.selfUrl,
      hubs: head.hubs,
      language: head.language,
    });
  });

  it('gives back every entry in its order', () => {
    fc.assert(
      fc.property(severalOf(ordinaryEntry), (entries) => {
        expect(readBack(format, entries).feed.entries.map((entry) => entry.guid)).toEqual(
          entries.map(({ guid }) => guid),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('gives back what the format has words for', () => {
    fc.assert(
      fc.property(distinctEntry, (entry) => {
        const [read] = readBack(format, [entry]).feed.entries;
        expect(read && facts(read, read.content?.markup)).toEqual(asCarried(format, entry));
      }),
      { numRuns: 200 },
    );
  });
});

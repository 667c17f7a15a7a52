/**
 * Any entry there could be, for laws: every optional field, and text as hostile as text gets.
 *
 * Guarded types (URLs, instants, slugs) are made by their guards; plain text is anything, lone surrogates included.
 */
import * as fc from 'fast-check';
import type { Author, Category, Enclosure, EntryId, Origin, RecordedEntry } from '../../src/domain/entry.ts';
import { restoreSafeHtml, type SafeHtml } from '../../src/domain/html.ts';
import type { HttpUrl } from '../../src/domain/http-url.ts';
import { type Instant, toInstant } from '../../src/domain/instant.ts';
import { toSourceId } from '../../src/domain/source.ts';
import type { Tag } from '../../src/domain/tag.ts';
import { givenInstant, givenUrl } from './given.ts';

// Pieces that have broken feeds: markup, the end of CDATA, controls, half characters, bidi and joiners.
// biome-ignore format: one kind a line
const nasty = fc.constantFrom(
  '<', '>', '&', '"', "'", ']]>', '<![CDATA[', '--', '<!--', '</title>', '<b>', '&amp;', '&lt;', '&#0;', '&nbsp;',
  '\0', '\b', '\t', '\n', '\v', '\f', '\r', '\r\n', '\u001b', '\u007f', '\u0085', '\u0092', '\ufffe', '\uffff',
  '\ud800', '\udc00', '\ud83d', '😀', '👩‍👩‍👧', '\u202e', '\u2067', '\u200d', '\u0301', '\ufeff', '\u2028',
  '中文', 'العربية', 'Ünï', ' ', '  ', '%', '\\', '{"a":1}', '}]', '.', '/', ',',
);

/** Any text at all. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'grapheme', maxLength: 8 }), fc.string({ unit: 'binary', maxLength: 4 })), {
    maxLength: 8,
  })
  .map((pieces) => pieces.join(''));

/** Text as publishers write it: printable, without white space at its ends. */
export const ordinaryText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom('Rain', 'in', '東京', 'and', 'Köln', 'по', 'سلام', '😀', '–', '7', 'C++', 'A/B', "it's"), {
    minLength: 1,
    maxLength: 8,
  })
  .map((words) => words.join(' '));

/** Any http(s) URL that the domain lets through, RFC 3986 or not. */
export const anyUrl: fc.Arbitrary<HttpUrl> = fc
  .tuple(
    fc.constantFrom(
      'https://example.org',
      'http://xn--fiqs8s.example:8080',
      'https://user:pw@a.example',
      'http://[::1]:80',
    ),
    fc.string({
      unit: fc.constantFrom(
        'a',
        '/',
        '.',
        '|',
        '[',
        ']',
        '{',
        '`',
        '^',
        '%',
        '%41',
        '&',
        '"',
        "'",
        '\\',
        'é',
        ';',
        '=',
      ),
    }),
    fc.constantFrom('', '?a=1&b=2', '?q=|{}`^[]<>"', '#f', '#a#b', '?x=%zz#%'),
  )
  .map(([origin, path, rest]) => givenUrl(`${origin}/${path}${rest}`));

/** A URL that is a URI too: no format changes it. */
export const ordinaryUrl: fc.Arbitrary<HttpUrl> = fc
  .tuple(
    fc.constantFrom('https://example.org', 'http://a.example:8080'),
    fc.stringMatching(/^[a-z0-9]{1,8}$/),
    fc.constantFrom('', '?a=1&b=2', '#f'),
  )
  .map(([origin, path, rest]) => givenUrl(`${origin}/${path}${rest}`));

/** Any instant of the years the formats can write. */
export const anyInstant: fc.Arbitrary<Instant> = fc
  .oneof(
    fc.integer({ min: Date.UTC(1900, 0, 2), max: Date.UTC(9998, 11, 30) }),
    fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2030, 0, 1) }),
  )
  .map((ms) => toInstant(ms) ?? givenInstant(0));

const ordinaryEmail = fc.nat().map((number) => `a.b${number}@example.org`);

/** How text, addresses and guids are made. */
interface Ingredients {
  readonly text: fc.Arbitrary<string>;
  readonly url: fc.Arbitrary<HttpUrl>;
  readonly guid: fc.Arbitrary<string>;
  readonly mediaType: fc.Arbitrary<string>;
  readonly language: fc.Arbitrary<string>;
  readonly email: fc.Arbitrary<string>;
  readonly scheme: fc.Arbitrary<string>;
}

function some<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(value, { nil: undefined });
}

/** Drops keys whose value is undefined, as `exactOptionalPropertyTypes` wants. */
function present<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined)) as T;
}

function tags(text: fc.Arbitrary<string>): fc.Arbitrary<Tag[]> {
  const slug = fc.constantFrom('news', 'world', '中国', 'c++', 'dw.com', 'a_b');
  return fc.uniqueArray(fc.record({ slug, label: text }), { selector: (tag) => tag.slug, maxLength: 4 });
}

function entries({
  text,
  url,
  guid,
  mediaType,
  language,
  email,
  scheme,
}: Ingredients): fc.Arbitrary<RecordedEntry<SafeHtml>> {
  const author = fc.record({
    name: text,
    email: some(email),
    url: some(url),
  });
  const category = fc.record({ term: text, scheme: some(scheme), label: some(text) });
  const enclosure = fc.record({
    url,
    type: some(mediaType),
    lengthBytes: some(fc.integer({ min: 1 })),
    durationSeconds: some(fc.integer({ min: 1, max: 100_000 })),
    title: some(text),
  });
  const origin = fc.record({ title: text, feedUrl: some(url), siteUrl: some(url), rights: some(text) });
  return fc
    .record({
      id: fc.stringMatching(/^[0-9a-v]{20}$/),
      guid,
      url: some(url),
      externalUrl: some(url),
      title: text,
      summary: text,
      content: some(text),
      published: some(anyInstant),
      updated: some(anyInstant),
      authors: fc.array(author, { maxLength: 3 }),
      categories: fc.array(category, { maxLength: 4 }),
      enclosures: fc.uniqueArray(enclosure, { selector: (one) => one.url, maxLength: 3 }),
      image: some(url),
      language: some(language),
      rights: some(text),
      commentsUrl: some(url),
      via: some(fc.record({ title: text, url: some(url) })),
      origin,
      tags: tags(text),
      modified: anyInstant,
    })
    .map((made) =>
      present({
        ...made,
        id: made.id as EntryId,
        content: made.content === undefined ? undefined : restoreSafeHtml(made.content),
        authors: made.authors.map((one) => present(one) as Author),
        categories: made.categories.map((one) => present(one) as Category),
        enclosures: made.enclosures.map((one) => present(one) as Enclosure),
        via: made.via === undefined ? undefined : present(made.via),
        origin: { ...(present(made.origin) as Origin), sourceId: toSourceId(givenUrl('https://example.org/')) },
        // As the Archive sets them, for dates that had come when the entry did.
        modified: made.updated ?? made.modified,
        firstSeen: Math.max(made.modified, made.published ?? 0, made.updated ?? 0) as Instant,
        sortAt: made.published ?? made.updated ?? made.modified,
        sequence: 1,
      }),
    )
    .map((made) => made as RecordedEntry<SafeHtml>);
}

/** Any entry: hostile text, odd addresses, ids of every kind. */
export const anyEntry: fc.Arbitrary<RecordedEntry<SafeHtml>> = entries({
  text: anyText,
  url: anyUrl,
  guid: fc.oneof(
    anyText,
    anyUrl,
    fc.constantFrom('1', 'urn:isbn:1', 'tag:example.org,2020:1', 'post-2020-01-02', 'foo: bar'),
  ),
  email: fc.oneof(ordinaryEmail, anyText),
  scheme: fc.oneof(anyText, anyUrl),
  language: fc.oneof(fc.constantFrom('en', 'zh-Hant-TW', 'ar', 'x', 'english', ''), anyText),
  mediaType: fc.oneof(anyText, fc.constantFrom('audio/mpeg', 'image/png', 'text/html; charset=utf-8')),
});

/** An entry as a normalizer makes them: what every format carries unchanged. */
export const ordinaryEntry: fc.Arbitrary<RecordedEntry<SafeHtml>> = entries({
  text: ordinaryText,
  url: ordinaryUrl,
  guid: fc.oneof(
    ordinaryUrl,
    fc.uuid().map((uuid) => `urn:uuid:${uuid}`),
  ),
  email: ordinaryEmail,
  scheme: ordinaryUrl,
  language: fc.constantFrom('en', 'zh-Hant-TW', 'ar', 'de-AT'),
  mediaType: fc.constantFrom('audio/mpeg', 'video/mp4', 'image/png', 'application/pdf'),
});

/** Up to five entries with ids of their own, as a view holds them. */
export function severalOf(entry: fc.Arbitrary<RecordedEntry<SafeHtml>>): fc.Arbitrary<RecordedEntry<SafeHtml>[]> {
  return fc.uniqueArray(entry, { selector: (one) => one.id, maxLength: 5 }).map((list) => {
    const guids = new Set<string>();
    return list.filter((one) => guids.size < guids.add(one.guid.trim()).size);
  });
}

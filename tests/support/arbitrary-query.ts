/**
 * Random archives and queries over a small vocabulary, so that they meet often; and the naive answer to a query.
 */
import * as fc from 'fast-check';
import type { EntryId } from '../../src/domain/entry.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { SourceId } from '../../src/domain/source.ts';
import { renderCursor } from '../../src/query/language/cursor.ts';
import { type EntryFacets, languageRanges } from '../../src/query/language/facets.ts';
import { foldText } from '../../src/query/language/fold.ts';
import { parseQuery } from '../../src/query/language/parse-query.ts';
import type { Query } from '../../src/query/language/query.ts';
import { compareNewestFirst, matches } from '../../src/query/match/matches.ts';
import { matchesText, type SearchedEntry } from '../../src/query/match/text-matches.ts';
import { expectOk, givenInstant } from './given.ts';

/** The moment at which random queries are asked; entries are from the minutes around and before it. */
export const askedAt = givenInstant('2026-05-05T12:00:00Z');

/** An entry with all that can be asked of it. */
export interface TextualFacts extends EntryFacets {
  readonly source: SourceId;
  readonly language?: string;
  readonly title: string;
  readonly text: string;
  readonly url?: string;
}

const tags = ['world', 'c++', '中国', 'tech', 'r.i.p', 'rare'];
const sources = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb', 'cccccccccccc'];
const authors = ['ada', 'king, jr.', '"q"', '李白'];
const languages = ['zh', 'zh-Hans', 'en', 'en-GB', 'de'];
const words = [
  'ai',
  'said',
  'Straße',
  '中国',
  '新闻',
  'A股',
  'c#',
  '"',
  'the end',
  'OR',
  'NEAR',
  'é',
  '5€',
  'ΟΔΟΣ',
  '한국의',
  'x*',
  "it's",
  'river',
  'riverside',
  'upriver',
  'ΟΔΟΣ中river',
  'side',
  'straßenbahn',
  'c++river++',
  'rivers#',
  'iverside12',
  'ἄνδρα',
  'привет',
  '𐐀𐐁𐐂𐐃x',
  'x'.repeat(70),
];
/** What is also looked for: parts of words, and what is in none. */
const parts = [
  'ive',
  'iver',
  'side12',
  'rass',
  'bahn',
  'nowhere',
  'привет',
  'риве',
  '𐐩𐐪𐐫x',
  'x'.repeat(24),
  'x'.repeat(25),
];
const urls = [
  'https://example.org/sport/Goal',
  'http://www.example.com/%E4%B8%AD%E5%9B%BD?ref=a',
  'https://example.org/politics/1',
];
/** What is looked for in the places that a prefix names, beside the words. */
const named = [
  'author:ada',
  'author:AD',
  'author:"king, jr."',
  'author:jr',
  'author:李',
  'author:白',
  'author:nobody',
  'category:wor',
  'category:中国',
  'category:中',
  'category:C++',
  'category:"R.I.P"',
  'category:ai',
  'lang:zh',
  'lang:ZH-hans',
  'lang:und',
  'lang:"en_GB"',
  'lang:fr',
  'url:example.org',
  'url:https://example.org/sport',
  'url:GOAL',
  'url:中国',
  'url:"?ref=a"',
  'url:%E4%B8',
  'url:_',
];
const minuteMs = 60_000;

const someOf = (values: readonly string[], maxLength: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(fc.constantFrom(...values), { maxLength });

const sortAt: fc.Arbitrary<Instant> = fc
  .integer({ min: -12, max: 2 })
  .map((minutes) => givenInstant(askedAt + minutes * minuteMs));
const id: fc.Arbitrary<EntryId> = fc.integer({ min: 0, max: 999 }).map((n) => String(n).padStart(20, '0') as EntryId);
const prose = fc
  .array(fc.constantFrom(...words), { maxLength: 6 })
  .chain((parts) => fc.constantFrom(parts.join(' '), parts.join('')));

const entry: fc.Arbitrary<TextualFacts> = fc
  .record({
    id,
    sortAt,
    tags: someOf(tags, 3),
    source: fc.constantFrom(...sources).map((text) => text as SourceId),
    others: fc.oneof({ weight: 2, arbitrary: fc.constant<string[]>([]) }, someOf(sources, 2)),
    authors: someOf(authors, 2),
    language: fc.option(fc.constantFrom(...languages), { nil: undefined }),
    url: fc.option(fc.constantFrom(...urls), { nil: undefined }),
    title: prose,
    text: prose,
  })
  .map(({ language, url, others, ...facts }) => ({
    ...facts,
    // The others are of other sources.
    sources: [...new Set([facts.source, ...others])],
    languages: languageRanges(language),
    ...(language !== undefined && { language }),
    ...(url !== undefined && { url }),
  }));

/** An archive in the order of views, each id once. */
export const arbitraryArchive: fc.Arbitrary<TextualFacts[]> = fc
  .uniqueArray(entry, { selector: (entry) => entry.id, maxLength: 40 })
  .map((entries) => entries.sort(compareNewestFirst));

const quoted = (text: string): string => (/^[-"]|,/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const list = (name: string, values: readonly string[]): fc.Arbitrary<[string, string]> =>
  fc
    .record({ members: fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }), not: fc.boolean() })
    .map(({ members, not }) => [name, members.map((member) => (not ? '-' : '') + quoted(member)).join(',')]);

const pair = (name: string, values: fc.Arbitrary<string>): fc.Arbitrary<[string, string]> =>
  values.map((value) => [name, value]);

const term = fc
  .record({
    not: fc.constantFrom('', '', '-'),
    terms: fc.array(
      fc.oneof(
        {
          weight: 3,
          arbitrary: fc.record({
            scope: fc.constantFrom('', '', 'title:', 'text:'),
            text: fc.oneof(
              fc.array(fc.constantFrom(...words.filter((word) => word !== '"')), { minLength: 1, maxLength: 3 }),
              fc.constantFrom(...words.filter((word) => word !== '"'), ...parts).map((word) => [word]),
            ),
            isPhrase: fc.boolean(),
          }),
        },
        { weight: 2, arbitrary: fc.constantFrom(...named) },
      ),
      { minLength: 1, maxLength: 2 },
    ),
  })
  .map(({ not, terms }) => {
    const alternatives = terms.map((term) =>
      typeof term === 'string' ? term : term.scope + (term.isPhrase ? `"${term.text.join(' ')}"` : term.text.join('')),
    );
    return not + alternatives.join('|');
  });

const facets = fc.oneof(
  list('tag', [...tags, 'unknown']),
  list('source', sources),
  list('author', authors),
  list('lang', ['zh', 'zh-hans', 'EN', 'und', 'fr']),
);
const time = fc.oneof(
  pair('since', fc.constantFrom('5m', '600s', '2026-05-05', '2026-05-05T11:55:00Z', '2026-05-05T13:54:00+02:00')),
  pair('until', fc.constantFrom('1m', '2026-05', '2026-05-05T11:58:00Z')),
);
const single = fc.oneof(
  pair('limit', fc.integer({ min: 1, max: 12 }).map(String)),
  pair('content', fc.constantFrom('full', 'summary', 'none')),
  pair('titles', fc.constantFrom('plain', 'source')),
  pair('before', fc.record({ sortAt, id }).map(renderCursor)),
);
const text = pair(
  'q',
  fc.array(term, { minLength: 1, maxLength: 2 }).map((terms) => terms.join(' ')),
);

/** Parameters that mostly make a query; some contradict each other. */
export const arbitraryParams: fc.Arbitrary<[string, string][]> = fc
  .tuple(
    fc.array(facets, { maxLength: 3 }),
    fc.array(time, { maxLength: 1 }),
    fc.array(single, { maxLength: 2 }),
    fc.array(text, { maxLength: 1 }),
  )
  .map((parts) => parts.flat());

/** A query in its normal form. */
export const arbitraryQuery: fc.Arbitrary<Query> = arbitraryParams
  .filter((params) => parseQuery(params).ok)
  .map((params) => expectOk(parseQuery(params)));

/** What `q` is matched against. */
export function toSearched(entry: Omit<TextualFacts, 'source'>): SearchedEntry {
  return { ...entry, title: foldText(entry.title), text: foldText(entry.text) };
}

/** The answer by definition: everything that matches, in order, cut at the limit. */
export function naiveAnswer(
  archive: readonly Omit<TextualFacts, 'source'>[],
  query: Query,
  now: Instant = askedAt,
): { ids: EntryId[]; more: boolean } {
  const ids = archive
    .filter(
      (entry) => matches(query, entry, now) && (query.text === undefined || matchesText(query.text, toSearched(entry))),
    )
    .map((entry) => entry.id);
  return { ids: ids.slice(0, query.limit), more: ids.length > query.limit };
}

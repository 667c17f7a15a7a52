/**
 * A text query as FTS5 expressions over `entry_text` (trigrams) and `entry_gram` (short terms, and terms spelled out as the
 * words they are part of).
 *
 * Every term is an FTS5 string literal, so none of its operators can be reached from a URL. What one index can answer
 * by itself becomes one expression, which FTS5 intersects in one walk; what is left are sets to combine.
 * @see https://www.sqlite.org/fts5.html#full_text_query_syntax
 */

import { isShort, termGrams } from '../language/grams.ts';
import { mapTerms, membersOf } from '../language/groups.ts';
import type { TextQuery, TextTerm } from '../language/query.ts';
import { nowhere } from '../language/words.ts';
import { rarestGram, type ShareOf, trigramsOf, unknownShares } from './gram-shares.ts';

/** What each word that a term is part of adds to looking at an entry closely: it is compared with, and most often not there. */
const wordLookups = 0.05;

/** The two full-text indexes. */
export type TextTable = 'entry_text' | 'entry_gram';

/** One expression for one index. */
export interface TextMatch {
  readonly table: TextTable;
  readonly expression: string;
  /**
   * Finds every match of `expression` and more, row by row. FTS5 looks for the next match of a phrase without end, whatever
   * row ids are asked for; so a walk that must be able to stop walks these, and drops those that are `beside`.
   */
  readonly around: string;
  /** Whether `around` finds nothing beside. */
  readonly isExact: boolean;
  /** The share of entries that `around` finds. */
  readonly share: number;
  /** Trigrams and tokens that are looked at closely for each entry that `around` finds. */
  readonly lookups: number;
  /** Lists that each entry is passed on, one for each trigram; of words, the part of them that has the entry. */
  readonly passed: number;
}

/** A text query as sets of matches: those in some match of each group of `some`, and in no match of `none`. */
export interface TextMatches {
  /** Each group has one match per index at most; groups of two come first. */
  readonly some: readonly (readonly TextMatch[])[];
  readonly none: readonly TextMatch[];
}

/** What is `around` a match and none; `undefined` when there is nothing. */
export function besideOf({ expression, around, isExact }: TextMatch): string | undefined {
  return isExact ? undefined : `(${around}) NOT (${expression})`;
}

interface TableMatches {
  readonly wanted: TextMatch[];
  readonly unwanted: TextMatch[];
}

/** Splits a text query by index. */
export function toTextMatches(query: TextQuery, shareOf: ShareOf = unknownShares): TextMatches {
  const tables: Record<TextTable, TableMatches> = {
    entry_text: { wanted: [], unwanted: [] },
    entry_gram: { wanted: [], unwanted: [] },
  };
  const mixed: (readonly TextMatch[])[] = [];
  for (const group of query) {
    const parts = byTable(membersOf(group), shareOf);
    if ('anyOf' in group && parts.length > 1) {
      mixed.push(byTable(withoutWords([group]).flatMap(membersOf<TextTerm>), shareOf));
      continue;
    }
    for (const part of parts) tables[part.table]['anyOf' in group ? 'wanted' : 'unwanted'].push(part);
  }
  const some: (readonly TextMatch[])[] = mixed;
  const none: TextMatch[] = [];
  for (const { wanted, unwanted } of Object.values(tables)) {
    const [rarest] = wanted.toSorted((a, b) => a.share - b.share);
    const not = anyOf(unwanted);
    if (rarest === undefined) {
      if (not !== undefined) none.push(not);
      continue;
    }
    const all = wanted.map((match) => match.expression).join(' AND ');
    const expression = not === undefined ? all : `(${all}) NOT (${not.expression})`;
    const lookups = sumOf([...wanted, ...unwanted], (match) => match.lookups);
    const passed = sumOf([...wanted, ...unwanted], (match) => match.passed);
    const isExact = rarest.isExact && wanted.length === 1 && not === undefined;
    some.push([{ ...rarest, expression, isExact, lookups, passed }]);
  }
  return { some, none };
}

/**
 * The same query, nothing spelled out: for texts that are looked up entry by entry. Each word is a list to be opened, and to
 * open two dozen for each entry costs ten times what a term's trigrams do.
 */
export function withoutWords(query: TextQuery): TextQuery {
  return mapTerms(query, ({ text, in: place }) => ({ text, in: place }));
}

/** One expression of alternatives for each index that some term needs. */
function byTable(terms: readonly TextTerm[], shareOf: ShareOf): readonly TextMatch[] {
  const matches = terms.map((term) => matchOf(term, shareOf));
  return (['entry_text', 'entry_gram'] as const).flatMap(
    (table) => anyOf(matches.filter((match) => match.table === table)) ?? [],
  );
}

function matchOf(term: TextTerm, shareOf: ShareOf): TextMatch {
  if (term.words !== undefined) return wordsMatch(term, term.words, shareOf);
  const table = isShort(term.text) ? 'entry_gram' : 'entry_text';
  const grams = table === 'entry_text' ? trigramsOf(term.text) : termGrams(term.text);
  const { gram, share } = rarestGram(grams, shareOf);
  const found = table === 'entry_text' ? [term.text] : grams;
  const expression = found.map((text) => filtered(term, literal(text))).join(' AND ');
  return {
    table,
    expression: `(${expression})`,
    around: filtered(term, literal(gram)),
    isExact: grams.length === 1,
    share,
    lookups: grams.length,
    passed: grams.length,
  };
}

function wordsMatch(term: TextTerm, words: readonly string[], shareOf: ShareOf): TextMatch {
  const any = (words.length === 0 ? [nowhere] : words).map(literal).join(' OR ');
  const expression = filtered(term, `(${any})`);
  const { share } = rarestGram(trigramsOf(term.text), shareOf);
  return {
    table: 'entry_gram',
    expression: `(${expression})`,
    around: expression,
    isExact: true,
    share,
    lookups: 1 + words.length * wordLookups,
    passed: share,
  };
}

/** One match of alternatives in one index. */
function anyOf(matches: readonly TextMatch[]): TextMatch | undefined {
  const [first] = matches;
  if (first === undefined) return undefined;
  return {
    table: first.table,
    expression: `(${matches.map((match) => match.expression).join(' OR ')})`,
    around: matches.map((match) => match.around).join(' OR '),
    isExact: matches.every((match) => match.isExact),
    share: Math.min(
      1,
      sumOf(matches, (match) => match.share),
    ),
    lookups: sumOf(matches, (match) => match.lookups),
    passed: sumOf(matches, (match) => match.passed),
  };
}

function sumOf(matches: readonly TextMatch[], valueOf: (match: TextMatch) => number): number {
  return matches.reduce((sum, match) => sum + valueOf(match), 0);
}

function literal(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function filtered(term: TextTerm, expression: string): string {
  return term.in === 'both' ? expression : `${term.in} : ${expression}`;
}

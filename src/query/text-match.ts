/**
 * A text query as FTS5 expressions over `entry_text` (trigrams) and `entry_gram` (short terms).
 *
 * Every term is an FTS5 string literal, so none of its operators can be reached from a URL. What one index can answer
 * by itself becomes one expression, which FTS5 intersects in one walk; what is left are sets to combine.
 * @see https://www.sqlite.org/fts5.html#full_text_query_syntax
 */
import { rarestGram, type ShareOf, trigramsOf, unknownShares } from './gram-shares.ts';
import { isShort, termGrams } from './grams.ts';
import type { TextQuery, TextTerm } from './query.ts';

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
  /** The share of entries that `around` finds. */
  readonly share: number;
  /** Trigrams and short terms to look up. */
  readonly lookups: number;
}

/** A text query as sets of matches: those in some match of each group of `some`, and in no match of `none`. */
export interface TextMatches {
  /** Each group has one match per index at most; groups of two come first. */
  readonly some: readonly (readonly TextMatch[])[];
  readonly none: readonly TextMatch[];
}

/** What is `around` a match and none. */
export function besideOf({ expression, around }: TextMatch): string {
  return `(${around}) NOT (${expression})`;
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
    const parts = byTable('anyOf' in group ? group.anyOf : group.noneOf, shareOf);
    if ('anyOf' in group && parts.length > 1) {
      mixed.push(parts);
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
    some.push([{ ...rarest, expression, lookups }]);
  }
  return { some, none };
}

/** One expression of alternatives for each index that some term needs. */
function byTable(terms: readonly TextTerm[], shareOf: ShareOf): readonly TextMatch[] {
  const matchesOf = (table: TextTable, some: readonly TextTerm[]): readonly TextMatch[] =>
    some.map((term) => {
      const isPhrase = table === 'entry_text';
      const grams = isPhrase ? trigramsOf(term.text) : termGrams(term.text);
      const { gram, share } = rarestGram(grams, shareOf);
      const found = isPhrase ? [term.text] : grams;
      const expression = found.map((text) => filtered(term, text)).join(' AND ');
      return { table, expression: `(${expression})`, around: filtered(term, gram), share, lookups: grams.length };
    });
  const long = anyOf(
    matchesOf(
      'entry_text',
      terms.filter((term) => !isShort(term.text)),
    ),
  );
  const short = anyOf(
    matchesOf(
      'entry_gram',
      terms.filter((term) => isShort(term.text)),
    ),
  );
  return [long, short].flatMap((match) => match ?? []);
}

/** One match of alternatives in one index. */
function anyOf(matches: readonly TextMatch[]): TextMatch | undefined {
  const [first] = matches;
  if (first === undefined) return undefined;
  return {
    table: first.table,
    expression: `(${matches.map((match) => match.expression).join(' OR ')})`,
    around: matches.map((match) => match.around).join(' OR '),
    share: Math.min(
      1,
      sumOf(matches, (match) => match.share),
    ),
    lookups: sumOf(matches, (match) => match.lookups),
  };
}

function sumOf(matches: readonly TextMatch[], valueOf: (match: TextMatch) => number): number {
  return matches.reduce((sum, match) => sum + valueOf(match), 0);
}

function filtered(term: TextTerm, text: string): string {
  const literal = `"${text.replaceAll('"', '""')}"`;
  return term.in === 'both' ? literal : `${term.in} : ${literal}`;
}

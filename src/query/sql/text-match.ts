/**
 * Turns a text query into FTS5 expressions over `entry_text` (trigrams) and `entry_gram` (terms of one and two characters).
 *
 * Every term is an FTS5 string literal, so an address cannot reach an FTS5 operator. Terms that one index can answer become
 * one expression, which FTS5 intersects in one walk; sets of several indexes are combined in SQL.
 *
 * FTS5 searches the next match of a phrase to the end of the table, whatever row ids are asked for. A walk that must be able
 * to stop therefore also matches the stop rows: each span of row ids ends with one (`search-tables.ts`).
 * @see https://www.sqlite.org/fts5.html#full_text_query_syntax
 */
import { isShort, termGrams } from '../language/grams.ts';
import { membersOf } from '../language/groups.ts';
import type { TextQuery, TextTerm } from '../language/query.ts';
import { stopText } from './search-tables.ts';

/** The two full-text indexes. */
export type TextTable = 'entry_text' | 'entry_gram';

/** One expression for one index. */
export interface TextMatch {
  readonly table: TextTable;
  readonly expression: string;
  /**
   * Finds every match of `expression` and some false positives, by a few trigrams of each term: a cheap count of candidates.
   */
  readonly candidates: string;
}

/** A text query as sets of matches. An entry must be in a match of each group of `some`, and in no match of `none`. */
export interface TextMatches {
  /** Each group has one match per index at most; groups of two come first. */
  readonly some: readonly (readonly TextMatch[])[];
  readonly none: readonly TextMatch[];
}

/** Trigrams of a term that candidates are counted by. Each costs 0.8 ms of walking in 100,000 entries. */
const maxCounted = 4;

/** The expression for a walk that must be able to stop: it also finds the stop rows, which are no entries. */
export function withStops({ table, expression }: TextMatch): string {
  return table === 'entry_text' ? `(${expression}) OR ${literal(stopText)}` : expression;
}

interface TableMatches {
  readonly wanted: TextMatch[];
  readonly unwanted: TextMatch[];
}

/** Splits a text query by index. */
export function toTextMatches(query: TextQuery): TextMatches {
  const tables: Record<TextTable, TableMatches> = {
    entry_text: { wanted: [], unwanted: [] },
    entry_gram: { wanted: [], unwanted: [] },
  };
  const some: (readonly TextMatch[])[] = [];
  for (const group of query) {
    const parts = byTable(membersOf(group));
    if ('anyOf' in group && parts.length > 1) {
      some.push(parts);
      continue;
    }
    for (const part of parts) tables[part.table]['anyOf' in group ? 'wanted' : 'unwanted'].push(part);
  }
  const none: TextMatch[] = [];
  for (const { wanted, unwanted } of Object.values(tables)) {
    const [not, all] = [joined(unwanted, ' OR '), joined(wanted, ' AND ')];
    if (all === undefined) none.push(...(not === undefined ? [] : [not]));
    else some.push([not === undefined ? all : { ...all, expression: `${all.expression} NOT ${not.expression}` }]);
  }
  return { some, none };
}

/** One expression of alternatives for each index that some term needs. */
function byTable(terms: readonly TextTerm[]): readonly TextMatch[] {
  const matches = terms.map(matchOf);
  return (['entry_text', 'entry_gram'] as const).flatMap(
    (table) =>
      joined(
        matches.filter((match) => match.table === table),
        ' OR ',
      ) ?? [],
  );
}

function matchOf(term: TextTerm): TextMatch {
  const allOf = (texts: readonly string[]): string =>
    `(${texts.map((text) => (term.in === 'both' ? literal(text) : `${term.in} : ${literal(text)}`)).join(' AND ')})`;
  if (isShort(term.text)) {
    const expression = allOf(termGrams(term.text));
    return { table: 'entry_gram', expression, candidates: expression };
  }
  const trigrams = trigramsOf(term.text);
  const apart = Math.ceil(trigrams.length / maxCounted);
  return {
    table: 'entry_text',
    expression: allOf([term.text]),
    candidates: allOf(trigrams.filter((_, at) => at % apart === 0)),
  };
}

/** Several matches of one index as one; `undefined` of none. */
function joined(matches: readonly TextMatch[], operator: ' AND ' | ' OR '): TextMatch | undefined {
  const [first] = matches;
  if (first === undefined || matches.length === 1) return first;
  const join = (part: 'expression' | 'candidates'): string => `(${matches.map((match) => match[part]).join(operator)})`;
  return { table: first.table, expression: join('expression'), candidates: join('candidates') };
}

/** The different trigrams of a folded term, by code points as FTS5 makes them. */
function trigramsOf(text: string): readonly string[] {
  const points = Array.from(text);
  return [...new Set(points.slice(2).map((point, at) => `${points[at]}${points[at + 1]}${point}`))];
}

function literal(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

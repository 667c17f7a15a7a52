/**
 * A text query as FTS5 expressions over `entry_text` (trigrams) and `entry_gram` (short terms).
 *
 * Every term is an FTS5 string literal, so none of its operators can be reached from a URL. What one index can answer
 * by itself becomes one expression, which FTS5 intersects in one walk; what is left are sets to combine.
 * @see https://www.sqlite.org/fts5.html#full_text_query_syntax
 */
import { isShort, termGrams } from './grams.ts';
import type { TextQuery, TextTerm } from './query.ts';

/** The two full-text indexes. */
export type TextTable = 'entry_text' | 'entry_gram';

/** One expression for one index. */
export interface TextMatch {
  readonly table: TextTable;
  readonly expression: string;
}

/** A text query as sets of matches: those in some match of each group of `some`, and in no match of `none`. */
export interface TextMatches {
  /** Each group has one match per index at most; groups of two come first. */
  readonly some: readonly (readonly TextMatch[])[];
  readonly none: readonly TextMatch[];
}

interface Expressions {
  readonly wanted: string[];
  readonly unwanted: string[];
}

/** Splits a text query by index. */
export function toTextMatches(query: TextQuery): TextMatches {
  const tables: Record<TextTable, Expressions> = {
    entry_text: { wanted: [], unwanted: [] },
    entry_gram: { wanted: [], unwanted: [] },
  };
  const mixed: (readonly TextMatch[])[] = [];
  for (const group of query) {
    const parts = byTable('anyOf' in group ? group.anyOf : group.noneOf);
    if ('anyOf' in group && parts.length > 1) {
      mixed.push(parts);
      continue;
    }
    for (const { table, expression } of parts) {
      tables[table]['anyOf' in group ? 'wanted' : 'unwanted'].push(expression);
    }
  }
  const some: (readonly TextMatch[])[] = mixed;
  const none: TextMatch[] = [];
  for (const table of ['entry_text', 'entry_gram'] as const) {
    const all = tables[table].wanted.join(' AND ');
    const not = tables[table].unwanted.join(' OR ');
    if (all !== '') some.push([{ table, expression: not === '' ? all : `(${all}) NOT (${not})` }]);
    else if (not !== '') none.push({ table, expression: not });
  }
  return { some, none };
}

/** One expression of alternatives for each index that some term needs. */
function byTable(terms: readonly TextTerm[]): readonly TextMatch[] {
  const long = terms.filter((term) => !isShort(term.text)).map((term) => filtered(term, term.text));
  const short = terms
    .filter((term) => isShort(term.text))
    .map((term) => termGrams(term.text).map((gram) => filtered(term, gram)))
    .map((grams) => `(${grams.join(' AND ')})`);
  return [
    ...(long.length > 0 ? [{ table: 'entry_text' as const, expression: `(${long.join(' OR ')})` }] : []),
    ...(short.length > 0 ? [{ table: 'entry_gram' as const, expression: `(${short.join(' OR ')})` }] : []),
  ];
}

function filtered(term: TextTerm, text: string): string {
  const literal = `"${text.replaceAll('"', '""')}"`;
  return term.in === 'both' ? literal : `${term.in} : ${literal}`;
}

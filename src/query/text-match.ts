/**
 * A text query as FTS5 expressions over `entry_text` (trigrams) and `entry_gram` (short terms).
 *
 * Every term is an FTS5 string literal, so none of its operators can be reached from a URL. What one index can answer
 * by itself becomes one expression that it intersects in one walk; groups that mix long and short terms are left over.
 * @see https://www.sqlite.org/fts5.html#full_text_query_syntax
 */
import { isShort, termGrams } from './grams.ts';
import type { Group, TextQuery, TextTerm } from './query.ts';

/** The two full-text indexes. */
export type TextTable = 'entry_text' | 'entry_gram';

/** One expression for one index. */
export interface TextMatch {
  readonly table: TextTable;
  readonly expression: string;
}

/** A text query, split by who can answer it. */
export interface TextMatches {
  /** What drives a search; absent when nothing but exclusions and mixed groups is asked. */
  readonly driver?: TextMatch;
  /** Each must hold too: some match of `anyOf`, or no match of `noneOf`. */
  readonly others: readonly Group<TextMatch>[];
}

/** Splits a text query by index. */
export function toTextMatches(query: TextQuery): TextMatches {
  const wanted: Record<TextTable, string[]> = { entry_text: [], entry_gram: [] };
  const unwanted: Record<TextTable, string[]> = { entry_text: [], entry_gram: [] };
  const others: Group<TextMatch>[] = [];
  for (const group of query) {
    const parts = byTable('anyOf' in group ? group.anyOf : group.noneOf);
    const [first, second] = parts;
    if ('noneOf' in group) {
      for (const part of parts) unwanted[part.table].push(part.expression);
    } else if (first !== undefined && second === undefined) {
      wanted[first.table].push(first.expression);
    } else {
      others.push({ anyOf: parts });
    }
  }
  const table = wanted.entry_text.length > 0 ? 'entry_text' : 'entry_gram';
  const other = table === 'entry_text' ? 'entry_gram' : 'entry_text';
  if (wanted[other].length > 0) others.push({ anyOf: [{ table: other, expression: wanted[other].join(' AND ') }] });
  if (unwanted[other].length > 0) others.push({ noneOf: [{ table: other, expression: unwanted[other].join(' OR ') }] });
  const not = unwanted[table].join(' OR ');
  if (wanted[table].length === 0) {
    return { others: not === '' ? others : [...others, { noneOf: [{ table, expression: not }] }] };
  }
  const all = wanted[table].join(' AND ');
  return { driver: { table, expression: not === '' ? all : `(${all}) NOT (${not})` }, others };
}

/** One expression of alternatives for each index that some term needs. */
function byTable(terms: readonly TextTerm[]): TextMatch[] {
  const long = terms.filter((term) => !isShort(term.text)).map((term) => filtered(term, term.text));
  const short = terms
    .filter((term) => isShort(term.text))
    .map(
      (term) =>
        `(${termGrams(term.text)
          .map((gram) => filtered(term, gram))
          .join(' AND ')})`,
    );
  return [
    ...(long.length > 0 ? [{ table: 'entry_text' as const, expression: `(${long.join(' OR ')})` }] : []),
    ...(short.length > 0 ? [{ table: 'entry_gram' as const, expression: `(${short.join(' OR ')})` }] : []),
  ];
}

function filtered(term: TextTerm, text: string): string {
  const literal = `"${text.replaceAll('"', '""')}"`;
  return term.in === 'both' ? literal : `${term.in} : ${literal}`;
}

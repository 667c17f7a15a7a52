/**
 * How a search is spelled out by the list of words of the archive.
 */
import { mapTerms, membersOf } from '../../../query/language/groups.ts';
import type { Query, TextTerm } from '../../../query/language/query.ts';
import { isInsideWords, partsBeginningWith, wordOf } from '../../../query/language/words.ts';
import { partsSql, tooManySql } from '../../../query/sql/search-tables.ts';
import { rememberUnchanged } from '../ground/remember-unchanged.ts';
import { isIndexingWords } from './word-backfill.ts';

/** Terms of a query that are looked up at 0.2 ms each, and walked as so many lists of words; a query of more goes by trigrams. */
const maxTerms = 6;

/** A term in more places of words than this is common, and found as fast by its trigrams as by so many words. */
const maxPlaces = 24;

/** The query with the words that its terms are part of, as far as the archive can tell them. It finds the same entries. */
export function spellOut(sql: SqlStorage, query: Query): Query {
  const { text } = query;
  if (text === undefined || text.flatMap(membersOf<TextTerm>).length > maxTerms || !canSpell(sql)) return query;
  const spell = (term: TextTerm): TextTerm => {
    const words = isInsideWords(term.text) ? wordsWith(sql, term.text) : undefined;
    return words === undefined ? term : { ...term, words };
  };
  return { ...query, text: mapTerms(text, spell) };
}

const spellable = new WeakMap<SqlStorage, (given: undefined) => boolean>();

/** Whether every visible entry can be found by its words. */
export function canSpell(sql: SqlStorage): boolean {
  const known =
    spellable.get(sql) ??
    rememberUnchanged(sql, () => !isIndexingWords(sql) && sql.exec(tooManySql).toArray().length === 0);
  spellable.set(sql, known);
  return known(undefined);
}

/** The words of the archive that a term is part of; `undefined` when they are many. `term` is `isInsideWords`. */
export function wordsWith(sql: SqlStorage, term: string): readonly string[] | undefined {
  const parts = sql.exec<{ term: string }>(partsSql, ...partsBeginningWith(term), maxPlaces + 1).toArray();
  return parts.length > maxPlaces ? undefined : [...new Set(parts.map((part) => wordOf(part.term)))];
}

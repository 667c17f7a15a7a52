/**
 * What entries add to the list of words of the archive.
 *
 * An entry has hundreds of words, nearly all known; looking for each in the table would cost more than all else that is
 * written of it. So words met since the Archive woke are kept at hand, and dropped when a transaction is undone.
 */

import { partsOf } from '../../../query/language/words.ts';
import { addWordsSql } from '../../../query/sql/search-tables.ts';

/** Words kept at hand, about 3 MB; nine of ten words of a text are among the few thousand commonest. */
const maxKnown = 32_768;

/** Words of one statement: with all their parts, less than a megabyte. */
const wordsAtOnce = 250;

const known = new WeakMap<SqlStorage, Set<string>>();

/** Puts words into the list, once each. Inside the transaction of their entry. */
export function listWords(sql: SqlStorage, words: ReadonlySet<string>): void {
  const atHand = known.get(sql) ?? new Set<string>();
  known.set(sql, atHand);
  const others: string[] = [];
  for (const word of words) if (!atHand.has(word)) others.push(word);
  for (let at = 0; at < others.length; at += wordsAtOnce) {
    const offered = JSON.stringify(others.slice(at, at + wordsAtOnce));
    const added = sql.exec<{ word: string }>(addWordsSql, offered).toArray();
    const parts = added.flatMap(({ word }) => partsOf(word));
    if (parts.length > 0) sql.exec('INSERT INTO word_part (parts) VALUES (?)', parts.join(' '));
    if (atHand.size + wordsAtOnce > maxKnown) atHand.clear();
    // Read anew: the words themselves may be slices of their text, and keep all of it in memory.
    for (const word of JSON.parse(offered) as readonly string[]) atHand.add(word);
  }
}

/** To be called when a transaction was undone, which may have put words into the list. */
export function forgetListedWords(sql: SqlStorage): void {
  known.delete(sql);
}

/**
 * Defines the full-text tables, and what an entry writes into them. The Archive keeps them in step with `entry`, in the
 * same transaction. Retired entries have no rows in them.
 *
 * `entry_text` holds trigrams with their positions, so it answers words and phrases without reading a text. On entries of
 * 5 KB it costs 16.8 KB and 0.9 ms an entry; without positions (`detail = none`) 3.7 KB and 0.6 ms. But without them a
 * word of common trigrams has a third of all entries as candidates, and reading these texts costs 0.1 ms each: a word
 * that one entry in two hundred holds took 440 ms among 100,000 entries instead of 7.
 * `entry_gram` answers terms of one and two characters. It is an FTS5 table too, because a table of grams would have a
 * thousand rows for a Chinese article.
 *
 * Both are contentless: the indexed text is never read back. `contentless_delete` deletes an entry without its text.
 * `case_sensitive 1`: `foldText` has folded the text already, and SQLite must not fold it another way.
 */
import { foldText } from '../language/fold.ts';
import { textGrams } from '../language/grams.ts';

/** Statements that create the tables next to `entry`, `entry_tag` and `entry_author`. */
export const searchTables: readonly string[] = [
  `CREATE TABLE entry_language (
    language TEXT NOT NULL, sort_at INTEGER NOT NULL, id TEXT NOT NULL, entry_rowid INTEGER NOT NULL,
    PRIMARY KEY (language, sort_at DESC, id DESC)
  ) WITHOUT ROWID`,
  `CREATE VIRTUAL TABLE entry_text USING fts5 (
    title, text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1'
  )`,
  `CREATE VIRTUAL TABLE entry_gram USING fts5 (
    title, text, content = '', contentless_delete = 1, detail = column, tokenize = "ascii tokenchars '+#'"
  )`,
];

/**
 * The text of a stop row. `entry_text` has one at the end of each span of row ids that has entries (`entry-rowid.ts`): a
 * walk that also asks for these rows can end at any of them. No folded text holds control characters.
 */
export const stopText = '\u0001\u0001\u0001';

/** Adds the stop row with this row id, unless it exists. */
export const addStopSql = `INSERT OR REPLACE INTO entry_text (rowid, title, text) VALUES (CAST(? AS INTEGER), '${stopText}', '')`;

/** What `entry_text` (title, text) and `entry_gram` (titleGrams, textGrams) hold of an entry, under its row id. */
export interface SearchRow {
  readonly title: string;
  readonly text: string;
  readonly titleGrams: string;
  readonly textGrams: string;
}

/** Makes the search rows of an entry from its plain-text title and text. */
export function toSearchRow(title: string, text: string): SearchRow {
  const folded = { title: foldText(title), text: foldText(text) };
  return {
    ...folded,
    titleGrams: [...textGrams(folded.title)].join(' '),
    textGrams: [...textGrams(folded.text)].join(' '),
  };
}

/**
 * The tables that answers are looked up in, and what an entry puts into them. The Archive keeps them in step with
 * `entry`, in the same transaction; retired entries have no rows in any of them.
 *
 * Weighed on 8,000 entries of 5 KB: trigrams with positions cost 17 KB and 1.3 ms an entry, without positions 4 KB and
 * 0.8 ms; but without them a phrase needs the text itself, 5 KB more and a read per candidate. Contentless, because the
 * text is never read back; `contentless_delete` deletes a row without it. `case_sensitive 1`, because `foldText` has
 * folded already and SQLite must not fold differently. Short terms have a second, small index (no positions): one
 * row a gram in a table of its own would write a thousand rows for a Chinese article.
 */
import { foldText } from './fold.ts';
import { textGrams } from './grams.ts';

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

/** The `language` values of an entry in `entry_language`: every range it is in, e.g. zh and zh-hans; `und` when unknown. */
export function languageRanges(language: string | undefined): readonly string[] {
  const subtags = (language ?? 'und').toLowerCase().split('-');
  return subtags.map((_, index) => subtags.slice(0, index + 1).join('-'));
}

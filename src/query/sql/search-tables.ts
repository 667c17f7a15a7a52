/**
 * The tables that answers are looked up in, and what an entry puts into them. The Archive keeps them in step with
 * `entry`, in the same transaction; retired entries have no rows in any of them.
 *
 * Weighed on 8,000 entries of 5 KB: trigrams with positions cost 17 KB and 1.3 ms an entry, without positions 4 KB and
 * 0.8 ms; but without them a phrase needs the text itself, 5 KB more and a read per candidate. Contentless, because the
 * text is never read back; `contentless_delete` deletes a row without it. `case_sensitive 1`, because `foldText` has
 * folded already and SQLite must not fold differently. Short terms have a second, small index (no positions): one
 * row a gram in a table of its own would write a thousand rows for a Chinese article.
 *
 * Longer words are tokens of that index too (1.8 KB and 0.35 ms an entry), with the list of words (0.2 KB, 0.15 ms, and a row
 * for each new one), because a word's trigrams are in most entries: to find it by them in 100,000 entries takes 7 ms, by the
 * words it is part of 0.2 ms. Trigrams with words for content would find parts of words as well; of 300,000 words they take
 * 1.5 ms, where the parts in order (`words.ts`) take 0.2 ms.
 */
import { foldText } from '../language/fold.ts';
import { textTokens } from '../language/grams.ts';
import { tooMany } from '../language/words.ts';

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
 * Statements that create the list of words: `word` tells which are known, `word_part` has the parts of each, and
 * `word_part_list` reads them in order. A word stays when its entries are gone: then it finds nothing.
 */
export const wordTables: readonly string[] = [
  'CREATE TABLE word (word TEXT PRIMARY KEY) WITHOUT ROWID',
  `CREATE VIRTUAL TABLE word_part USING fts5 (
    parts, content = '', detail = none, tokenize = "ascii tokenchars '+'"
  )`,
  'CREATE VIRTUAL TABLE word_part_list USING fts5vocab (word_part, row)',
];

/**
 * Words of a JSON array that were not known yet, which they are from now on. `ON CONFLICT` in place of `OR IGNORE` would make
 * it a statement that could fail half-way: before each of those, FTS5 writes out what it has gathered in the transaction,
 * and recording a batch of entries would cost half as much again.
 */
export const addWordsSql = 'INSERT OR IGNORE INTO word SELECT value FROM json_each(?) RETURNING word';

/** A row when some text has too many words for the index: then none can be looked for by words. */
export const tooManySql = `SELECT 1 FROM entry_gram WHERE entry_gram MATCH '"${tooMany}"' LIMIT 1`;

/** Parts between two of them, at most so many: look-ups of `partsBeginningWith`. */
export const partsSql = 'SELECT term FROM word_part_list WHERE term >= ? AND term < ? LIMIT CAST(? AS INTEGER)';

/** Different words of one text that are indexed. A long novel has ten thousand; what has more is data, and each would be a row. */
const maxWords = 12_000;

/** Tokens of one text, three bytes a unit at most, have to fit into the 2 MB of a value. UTF-16 units. */
const maxTokensLength = 600_000;

/** What `entry_text` (title, text) and `entry_gram` (titleTokens, textTokens) hold of an entry, under its row id. */
export interface SearchRow {
  readonly title: string;
  readonly text: string;
  readonly titleTokens: string;
  readonly textTokens: string;
  /** Those among the tokens that have to be in the list of words. */
  readonly words: ReadonlySet<string>;
}

/** Makes the search rows of an entry from its plain-text title and text. */
export function toSearchRow(title: string, text: string): SearchRow {
  const folded = { title: foldText(title), text: foldText(text) };
  const [inTitle, inText] = [textTokens(folded.title), textTokens(folded.text)];
  const isTooMuch = [inTitle, inText].some(
    ({ grams, words }) => words.size > maxWords || lengthOf(words) + lengthOf(grams) > maxTokensLength,
  );
  const [titleWords, textWords] = isTooMuch ? [[tooMany], []] : [inTitle.words, inText.words];
  return {
    ...folded,
    titleTokens: [...inTitle.grams, ...titleWords].join(' '),
    textTokens: [...inText.grams, ...textWords].join(' '),
    words: isTooMuch ? new Set() : inTitle.words.union(inText.words),
  };
}

function lengthOf(tokens: ReadonlySet<string>): number {
  let length = 0;
  for (const token of tokens) length += token.length + 1;
  return length;
}

/** The `language` values of an entry in `entry_language`: every range it is in, e.g. zh and zh-hans; `und` when unknown. */
export function languageRanges(language: string | undefined): readonly string[] {
  const subtags = (language ?? 'und').toLowerCase().split('-');
  return subtags.map((_, index) => subtags.slice(0, index + 1).join('-'));
}

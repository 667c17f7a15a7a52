/**
 * The Archive's lookup tables: what an entry can be found by. Written and removed with the entry, in its transaction.
 *
 * Row ids of FTS5 tables are cast: numbers are bound as floating point here, and FTS5 passes over a row id that is not an
 * integer without a word.
 */
import type { Entry } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Tag } from '../../../domain/tag.ts';
import { foldText } from '../../../query/language/fold.ts';
import { languageRanges, toSearchRow } from '../../../query/sql/search-tables.ts';
import { plainTextOf } from '../../../rules/searched-entry.ts';

/** Where an entry stands in the order of views, under which its lookup rows are kept. */
export interface FacetPlace {
  readonly rowid: number;
  readonly id: string;
  readonly sortAt: Instant;
}

/** Makes an entry findable by author, language and text. */
export function writeFacets(sql: SqlStorage, place: FacetPlace, entry: Entry<SafeHtml>): void {
  for (const author of authorNames(entry)) {
    sql.exec('INSERT INTO entry_author VALUES (?, ?, ?, ?)', author, place.sortAt, place.id, place.rowid);
  }
  for (const range of languageRanges(entry.language)) {
    sql.exec('INSERT INTO entry_language VALUES (?, ?, ?, ?)', range, place.sortAt, place.id, place.rowid);
  }
  const row = toSearchRow(entry.title, plainTextOf(entry));
  sql.exec(
    'INSERT INTO entry_text (rowid, title, text) VALUES (CAST(? AS INTEGER), ?, ?)',
    place.rowid,
    row.title,
    row.text,
  );
  sql.exec(
    'INSERT INTO entry_gram (rowid, title, text) VALUES (CAST(? AS INTEGER), ?, ?)',
    place.rowid,
    row.titleGrams,
    row.textGrams,
  );
}

/** Undoes `writeFacets`. */
export function removeFacets(sql: SqlStorage, place: FacetPlace, entry: Entry<SafeHtml>): void {
  for (const author of authorNames(entry)) {
    sql.exec('DELETE FROM entry_author WHERE author = ? AND sort_at = ? AND id = ?', author, place.sortAt, place.id);
  }
  for (const range of languageRanges(entry.language)) {
    sql.exec('DELETE FROM entry_language WHERE language = ? AND sort_at = ? AND id = ?', range, place.sortAt, place.id);
  }
  sql.exec('DELETE FROM entry_text WHERE rowid = CAST(? AS INTEGER)', place.rowid);
  sql.exec('DELETE FROM entry_gram WHERE rowid = CAST(? AS INTEGER)', place.rowid);
}

/** Makes an entry findable by its tags. */
export function writeTags(sql: SqlStorage, place: FacetPlace, tags: readonly Tag[]): void {
  for (const tag of tags) {
    sql.exec('INSERT INTO entry_tag VALUES (?, ?, ?, ?)', tag.slug, place.sortAt, place.id, place.rowid);
    sql.exec('INSERT INTO tag VALUES (?, ?) ON CONFLICT DO NOTHING', tag.slug, tag.label);
  }
}

/** Undoes `writeTags`. */
export function removeTags(sql: SqlStorage, place: FacetPlace, tags: readonly Tag[]): void {
  for (const { slug } of tags) {
    sql.exec('DELETE FROM entry_tag WHERE tag = ? AND sort_at = ? AND id = ?', slug, place.sortAt, place.id);
  }
}

function authorNames(entry: Entry<SafeHtml>): ReadonlySet<string> {
  return new Set(entry.authors.map((author) => foldText(author.name)));
}

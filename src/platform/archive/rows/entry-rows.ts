/**
 * Rows of entries: where they are placed, how they become visible and invisible. What is written into them and why is
 * decided in entries.ts and admin/restore.ts.
 */
import type { Entry, EntryId } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import type { Tag } from '../../../domain/tag.ts';
import { firstRowid, lastRowid, nextRowid } from '../../../query/sql/entry-rowid.ts';
import { addStopSql } from '../../../query/sql/search-tables.ts';
import type { CountedEntry, TotalsChange } from '../ground/totals.ts';
import { nowSql } from '../ground/view-changes.ts';
import { type FacetPlace, removeFacets, removeTags, writeFacets, writeTags } from './facets.ts';
import { checkRowSize } from './row-size.ts';

/** What an entry's row says, its text aside. */
export interface StoredState extends Record<string, SqlStorageValue> {
  rowid: number;
  source_id: string;
  content_hash: string;
  tags: string;
  /** JSON of the slugs that only rules gave; NULL in rows of a former release. */
  rule_tags: string | null;
  /** 1 when a rule hides it, shown or not for another reason. */
  is_hidden: number;
  first_seen: number;
  sort_at: number;
  modified: number;
  revision: number;
  retired_at: number | null;
  retired_why: string | null;
}

/** An entry's row without its text. */
export function readState(sql: SqlStorage, id: EntryId): StoredState | undefined {
  return sql
    .exec<StoredState>(
      `SELECT rowid, source_id, content_hash, tags, rule_tags, is_hidden, first_seen, sort_at, modified, revision,
        retired_at, retired_why FROM entry WHERE id = ?`,
      id,
    )
    .toArray()[0];
}

/** Where an entry's lookup rows are. */
export function placeOf(stored: StoredState, id: EntryId): FacetPlace {
  return { rowid: stored.rowid, id, sortAt: stored.sort_at as Instant };
}

/** Gives an entry to another source; what is counted changes when it is visible. */
export function rehomeEntry(
  sql: SqlStorage,
  id: EntryId,
  sourceId: SourceId,
  sequence: number,
): TotalsChange | undefined {
  const stored = readState(sql, id);
  if (stored === undefined) return undefined;
  sql.exec(
    `UPDATE entry SET source_id = ?, sequence = ?, changed_at = ${nowSql} WHERE rowid = ?`,
    sourceId,
    sequence,
    stored.rowid,
  );
  if (stored.retired_at !== null) return undefined;
  return { before: toCounted(stored), after: { ...toCounted(stored), sourceId } };
}

/** Puts an entry into all lookup tables: from then on it is visible. */
export function showEntry(sql: SqlStorage, place: FacetPlace, entry: Entry<SafeHtml>, tags: readonly Tag[]): void {
  writeFacets(sql, place, entry);
  writeTags(sql, place, tags);
}

/** Takes a visible entry out of all lookup tables. */
export function hideEntry(sql: SqlStorage, stored: StoredState, id: EntryId): void {
  const { body } = sql.exec<{ body: string }>('SELECT body FROM entry WHERE rowid = ?', stored.rowid).one();
  removeFacets(sql, placeOf(stored, id), JSON.parse(body));
  removeTags(sql, placeOf(stored, id), JSON.parse(stored.tags));
}

/** Row ids follow the order of views (query/entry-rowid): an entry that moves to another span of time gets another. */
export function placeRow(sql: SqlStorage, sortAt: Instant, stored: StoredState | undefined): number {
  const [first, last] = [firstRowid(sortAt), lastRowid(sortAt)];
  if (stored !== undefined && stored.rowid >= first && stored.rowid <= last) return stored.rowid;
  const { highest } = sql
    .exec<{ highest: number | null }>(
      'SELECT MAX(rowid) AS highest FROM entry WHERE rowid BETWEEN ? AND ?',
      first,
      last,
    )
    .one();
  const next = nextRowid(sortAt, highest ?? undefined);
  // The first entry of a span.
  if (highest === null) sql.exec(addStopSql, last);
  if (next === undefined) throw new Error(`more than a million entries within five hours of ${sortAt}`);
  return next;
}

/** Inserts or updates a row of an entry, column by column. */
export function writeRow(
  sql: SqlStorage,
  isStored: boolean,
  id: EntryId,
  row: Readonly<Record<string, SqlStorageValue>>,
): void {
  checkRowSize(row);
  const names = Object.keys(row);
  const statement = isStored
    ? `UPDATE entry SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`
    : `INSERT INTO entry (${names.join(', ')}, id) VALUES (${names.map(() => '?').join(', ')}, ?)`;
  sql.exec(statement, ...Object.values(row), id);
}

/** What totals count of an entry. */
export function toCounted(stored: StoredState): CountedEntry {
  return {
    sourceId: stored.source_id as SourceId,
    tags: JSON.parse(stored.tags),
    modified: stored.modified as Instant,
  };
}

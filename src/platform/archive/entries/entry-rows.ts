/**
 * Reads and writes rows of entries, and places them in the order of views.
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import { firstRowid, lastRowid, nextRowid } from '../../../query/sql/entry-rowid.ts';
import { addStopSql } from '../../../query/sql/search-tables.ts';
import { checkRowSize } from './row-size.ts';

/** What an entry's row says, its text aside. */
export interface StoredState extends Record<string, SqlStorageValue> {
  rowid: number;
  source_id: string;
  guid: string;
  url: string | null;
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
      `SELECT rowid, source_id, guid, url, content_hash, tags, rule_tags, is_hidden, first_seen, sort_at, modified, revision,
        retired_at, retired_why FROM entry WHERE id = ?`,
      id,
    )
    .toArray()[0];
}

/** Whether the source of an entry shows it. */
export function isOwnShown({ retired_why: why }: Pick<StoredState, 'retired_why'>): boolean {
  return why === null || why === 'duplicate';
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

/**
 * Reads and writes the progress of sources whose entries still have to follow a change.
 */
import type { SourceId } from '../../../domain/source.ts';

/** The progress of a source. */
export interface Settling extends Record<string, SqlStorageValue> {
  source_id: string;
  /** Tags that the source gave its entries before (JSON). They are removed where nothing else gives them. */
  former_tags: string;
  /** 1 while entries that were hidden with the removed source are shown again. */
  is_return: number;
  /** Entries in all, entries looked at so far, and those among them that take a place under the cap. */
  total: number;
  done: number;
  placed: number;
  /** The last entry that was looked at. */
  sort_at: number;
  entry_id: string;
}

const columns = 'source_id, former_tags, is_return, total, done, placed, sort_at, entry_id';

/** The progress of a source, or of the first unfinished one. */
export function findSettling(sql: SqlStorage, id?: SourceId): Settling | undefined {
  return sql
    .exec<Settling>(`SELECT ${columns} FROM source_change WHERE source_id = COALESCE(?, source_id) LIMIT 1`, id ?? null)
    .toArray()[0];
}

/** Stores the progress of a source. */
export function writeSettling(sql: SqlStorage, change: Settling): void {
  const names = columns.split(', ');
  sql.exec(
    `INSERT OR REPLACE INTO source_change (${columns}) VALUES (${names.map(() => '?').join(', ')})`,
    ...names.map((name) => change[name] ?? null),
  );
}

/** Whether entries of a source, or of any, still have to follow. */
export function isSettling(sql: SqlStorage, id?: SourceId): boolean {
  return findSettling(sql, id) !== undefined;
}

/** Entries that still have to follow. */
export function countSettling(sql: SqlStorage): number {
  const { left } = sql
    .exec<{ left: number | null }>('SELECT SUM(MAX(total - done, 1)) AS left FROM source_change')
    .one();
  return left ?? 0;
}

/** Deletes the progress of a removed source. */
export function forgetSettling(sql: SqlStorage, id: SourceId): void {
  sql.exec('DELETE FROM source_change WHERE source_id = ?', id);
}

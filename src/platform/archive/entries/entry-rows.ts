/**
 * Reads and writes rows of entries and of their aliases, and decides their place in the order of views.
 *
 * An alias is another id of an entry: one made of a guid that its publisher no longer uses, or of a source that was merged.
 */
import type { Entry, EntryId } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import type { Instant } from '../../../domain/instant.ts';
import { firstRowid, lastRowid, nextRowid } from '../../../query/sql/entry-rowid.ts';
import { addStopSql } from '../../../query/sql/search-tables.ts';
import { checkRowSize } from './row-size.ts';

/** The columns of an entry's row, without its text. */
export interface StoredState extends Record<string, SqlStorageValue> {
  rowid: number;
  source_id: string;
  guid: string;
  url: string | null;
  content_hash: string;
  tags: string;
  /** JSON of the slugs that only rules gave; NULL in rows of a former release. */
  rule_tags: string | null;
  /** 1 when a rule hides it, whatever else hides it. */
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

/**
 * Row ids follow the order of views (query/sql/entry-rowid.ts): an entry that moves to another span of time gets a new
 * one.
 */
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
  if (next === undefined) throw new Error(`more than a million entries within five hours of ${sortAt}`);
  return next;
}

/**
 * Adds the stop row of a span to the index of words, once the first entry of the span is in it: FTS5 writes a segment of its
 * index whenever a row id is lower than the one before it.
 */
export function stopSpan(sql: SqlStorage, rowid: number, sortAt: Instant, stored: StoredState | undefined): void {
  if (rowid === firstRowid(sortAt) && rowid !== stored?.rowid) sql.exec(addStopSql, lastRowid(sortAt));
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

/** Notes that `id` means `entryId`. Former aliases of `id` then mean `entryId`, too. */
export function noteAlias(sql: SqlStorage, id: EntryId, entryId: EntryId): void {
  if (id === entryId) return;
  sql.exec('UPDATE entry_alias SET entry_id = ? WHERE entry_id = ?', entryId, id);
  sql.exec(
    'INSERT INTO entry_alias VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET entry_id = ?2 WHERE entry_id <> ?2',
    id,
    entryId,
  );
}

/** The entry that an id means; `undefined` when the id is no alias. */
export function resolveAlias(sql: SqlStorage, id: string): EntryId | undefined {
  const row = sql.exec<{ entry_id: string }>('SELECT entry_id FROM entry_alias WHERE id = ?', id).toArray()[0];
  return row?.entry_id as EntryId | undefined;
}

/** The aliases of an entry. */
export function listAliases(sql: SqlStorage, entryId: string): readonly EntryId[] {
  return sql
    .exec<{ id: string }>('SELECT id FROM entry_alias WHERE entry_id = ? ORDER BY id', entryId)
    .toArray()
    .map(({ id }) => id as EntryId);
}

/**
 * The place of an entry in the order of views: its date, or when it came if the date is in the future. The first
 * `updated` of an entry without `published` stays its date: a later edit does not move it.
 */
export function sortInstant(
  entry: Entry<SafeHtml>,
  firstSeen: Instant,
  stored: StoredState | undefined,
  undated: number,
  isReread: boolean,
): Instant {
  if (stored !== undefined && (isReread || entry.published === undefined)) return stored.sort_at as Instant;
  return Math.min(entry.published ?? entry.updated ?? undated, firstSeen) as Instant;
}

/**
 * When the entry changed: the publisher's own `updated` if it is credible; else the time of the last revision; a first
 * recording is no revision.
 */
export function modifiedInstant(
  entry: Entry<SafeHtml>,
  firstSeen: Instant,
  stored: StoredState | undefined,
  isRevised: boolean,
  now: Instant,
): Instant {
  if (entry.updated !== undefined && entry.updated <= now) return entry.updated;
  if (isRevised) return now;
  if (stored !== undefined) return stored.modified as Instant;
  return entry.published !== undefined && entry.published <= firstSeen ? entry.published : firstSeen;
}

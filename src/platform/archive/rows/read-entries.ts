/**
 * Reads entries out of the Archive, newest first, as the recorded entries that are rendered.
 */
import type { Entry, EntryId, Origin, RecordedEntry } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Month } from '../../../domain/month.ts';
import type { SourceId } from '../../../domain/source.ts';
import type { Tag } from '../../../domain/tag.ts';
import type { Cursor } from '../../../query/language/query.ts';
import { toSql, type Walk } from '../../../query/sql/sql.ts';
import { type EntryBody, withContent } from './entry-body.ts';

/** A row's place in the order of all views and in the sequence of changes. */
export interface EntryPlace extends Record<string, SqlStorageValue> {
  rowid: number;
  id: string;
  sort_at: number;
  sequence: number;
  source_id: string;
}

/** A recorded entry as it lies in its row. */
export interface HeldEntry {
  /** Without its content where that lies beside it. */
  readonly entry: RecordedEntry<SafeHtml>;
  /** UTF-8 that can stand in CDATA as it is. */
  readonly content?: ArrayBuffer;
}

interface EntryRow extends EntryBody {
  source_id: string;
  tags: string;
  first_seen: number;
  sort_at: number;
  modified: number;
  changed_at: number | null;
  sequence: number;
}

const place = 'rowid, id, sort_at, sequence, source_id';
const metadata = 'source_id, tags, body, first_seen, sort_at, modified, changed_at, sequence';
const columns = `${metadata}, content`;

/**
 * Places of the newest visible entries, at most `limit`. As one JSON text: a thousand rows that the runtime makes objects of
 * are 14 % of a publish, parsing their JSON is 10 %.
 */
export function newestPlaces(sql: SqlStorage, limit: number): readonly EntryPlace[] {
  const { places } = sql
    .exec<{ places: string }>(
      `SELECT json_group_array(json_array(${place})) AS places FROM (
        SELECT ${place} FROM entry WHERE retired_at IS NULL ORDER BY sort_at DESC, id DESC LIMIT ?)`,
      limit,
    )
    .one();
  const rows = JSON.parse(places) as readonly [number, EntryPlace['id'], number, number, EntryPlace['source_id']][];
  return rows.map(([rowid, id, sort_at, sequence, source_id]) => ({ rowid, id, sort_at, sequence, source_id }));
}

/** Place of the newest visible entry of one source. */
export function newestPlaceOfSource(sql: SqlStorage, source: SourceId): EntryPlace | undefined {
  return sql
    .exec<EntryPlace>(
      `SELECT ${place} FROM entry WHERE source_id = ? AND retired_at IS NULL ORDER BY sort_at DESC, id DESC LIMIT 1`,
      source,
    )
    .toArray()[0];
}

/** Places of the visible entries filed under a month, newest first. */
export function placesOfMonth(
  sql: SqlStorage,
  month: Month,
  before: Cursor | undefined,
  limit: number,
): readonly EntryPlace[] {
  return sql
    .exec<EntryPlace>(
      `SELECT ${place} FROM entry INDEXED BY entry_by_month WHERE archive_month = ? AND retired_at IS NULL
        AND (sort_at, id) < (?, ?) ORDER BY sort_at DESC, id DESC LIMIT ?`,
      month,
      before?.sortAt ?? Number.MAX_SAFE_INTEGER,
      before?.id ?? '',
      limit,
    )
    .toArray();
}

/** Places of the entries that a walk finds, in its order, one more than the query's limit when there are more. */
export function placesOf(sql: SqlStorage, walk: Walk): readonly EntryPlace[] {
  const statement = toSql(walk);
  return sql
    .exec<EntryPlace>(
      `SELECT e.rowid AS rowid, e.id AS id, e.sort_at AS sort_at, e.sequence AS sequence, e.source_id AS source_id
        FROM (${statement.sql}) found JOIN entry e ON e.rowid = found.rowid
        ORDER BY e.sort_at ${walk.order}, e.id ${walk.order}`,
      ...statement.params,
    )
    .toArray();
}

/** The recorded entry at a place. `origins` has every source. */
export function readEntry(
  sql: SqlStorage,
  rowid: number,
  origins: ReadonlyMap<string, Origin>,
): RecordedEntry<SafeHtml> | undefined {
  const row = sql.exec<EntryRow>(`SELECT ${columns} FROM entry WHERE rowid = ?`, rowid).toArray()[0];
  return row === undefined ? undefined : toRecordedEntry(row, origins);
}

/** The entries in these rows, by row id. Without content they come without what lies beside them, which costs a third less. */
export function readEntries(
  sql: SqlStorage,
  rowids: readonly number[],
  origins: ReadonlyMap<string, Origin>,
  hasContent = true,
): ReadonlyMap<number, HeldEntry> {
  if (rowids.length === 0) return new Map();
  const selected = hasContent ? columns : `${metadata}, NULL AS content`;
  const rows = sql
    .exec<EntryRow & { rowid: number }>(
      `SELECT rowid, ${selected} FROM json_each(?) asked JOIN entry ON rowid = asked.value`,
      JSON.stringify(rowids),
    )
    .toArray();
  return new Map(rows.map((row) => [row.rowid, toHeldEntry(row, origins)]));
}

/** A visible entry by its id. */
export function findEntry(
  sql: SqlStorage,
  id: EntryId,
  origins: ReadonlyMap<string, Origin>,
): RecordedEntry<SafeHtml> | undefined {
  const row = sql.exec<EntryRow>(`SELECT ${columns} FROM entry WHERE id = ? AND retired_at IS NULL`, id).toArray()[0];
  return row === undefined ? undefined : toRecordedEntry(row, origins);
}

function toHeldEntry(row: EntryRow, origins: ReadonlyMap<string, Origin>): HeldEntry {
  const entry = {
    ...(JSON.parse(row.body) as Entry<SafeHtml>),
    origin: origins.get(row.source_id) ?? { sourceId: row.source_id as SourceId, title: row.source_id },
    tags: JSON.parse(row.tags) as readonly Tag[],
    firstSeen: row.first_seen as Instant,
    sortAt: row.sort_at as Instant,
    modified: row.modified as Instant,
    ...(row.changed_at === null ? {} : { changed: row.changed_at as Instant }),
    sequence: row.sequence,
  };
  return row.content === null ? { entry } : { entry, content: row.content };
}

function toRecordedEntry(row: EntryRow, origins: ReadonlyMap<string, Origin>): RecordedEntry<SafeHtml> {
  return toWhole(toHeldEntry(row, origins));
}

/** The entry with its content. */
export function toWhole({ entry, content }: HeldEntry): RecordedEntry<SafeHtml> {
  return content === undefined ? entry : withContent(entry, content);
}

/**
 * Reads entries from the Archive, newest first, ready to be rendered.
 */
import type { Entry, EntryId, Origin, RecordedEntry } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import type { HttpUrl } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Month } from '../../../domain/month.ts';
import type { SourceId } from '../../../domain/source.ts';
import type { Tag } from '../../../domain/tag.ts';
import { uniteTags } from '../../../feed/tag/tag-entry.ts';
import type { Cursor } from '../../../query/language/query.ts';
import { toSql, type Walk } from '../../../query/sql/sql.ts';
import { isOwnShownSql, listGroups, type ShownGroup } from '../duplicates/shown-members.ts';
import { type EntryBody, withContent } from './entry-body.ts';

/** A row's place in the order of all views and in the sequence of changes. */
export interface EntryPlace extends Record<string, SqlStorageValue> {
  rowid: number;
  id: string;
  sort_at: number;
  sequence: number;
  source_id: string;
}

/** A recorded entry with its content apart, as its row has it. */
export interface HeldEntry {
  /** Without its content when `content` has it. */
  readonly entry: RecordedEntry<SafeHtml>;
  /** UTF-8 that can stand in CDATA as it is. */
  readonly content?: ArrayBuffer;
}

interface EntryRow extends EntryBody {
  rowid: number;
  id: string;
  guid: string;
  url: string | null;
  source_id: string;
  tags: string;
  first_seen: number;
  sort_at: number;
  modified: number;
  changed_at: number | null;
  sequence: number;
}

const place = 'rowid, id, sort_at, sequence, source_id';
const columns = `e.rowid AS rowid, e.id AS id, e.guid AS guid, e.url AS url, e.source_id AS source_id, e.tags AS tags,
  e.body AS body, e.first_seen AS first_seen, e.sort_at AS sort_at, e.modified AS modified, e.sequence AS sequence,
  e.changed_at AS changed_at`;

/**
 * Places of the newest visible entries, at most `limit`. Read as one JSON text: making objects of a thousand rows takes
 * the runtime 14 % of a publish, parsing their JSON 10 %.
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

/** Place of the newest entry that one source brings. */
export function newestPlaceOfSource(sql: SqlStorage, source: SourceId): EntryPlace | undefined {
  return sql
    .exec<EntryPlace>(
      `SELECT e.rowid AS rowid, e.id AS id, e.sort_at AS sort_at, e.sequence AS sequence, e.source_id AS source_id
        FROM entry_source f JOIN entry e ON e.rowid = f.entry_rowid
        WHERE f.source = ? ORDER BY f.sort_at DESC, f.id DESC LIMIT 1`,
      source,
    )
    .toArray()[0];
}

/** Places of the visible entries of a month, newest first. */
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

/** Places of the entries that a walk finds, in its order, one more than the query's limit if there are more. */
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

/** What views show at a place. `origins` has every source. */
export function readEntry(
  sql: SqlStorage,
  rowid: number,
  origins: ReadonlyMap<string, Origin>,
): RecordedEntry<SafeHtml> | undefined {
  const held = readEntries(sql, [rowid], origins).get(rowid);
  return held === undefined ? undefined : toWhole(held);
}

/** How much of the rows is read. */
interface Reading {
  /** Without content, reading costs a third less. */
  readonly hasContent?: boolean;
  /** Reads entries as the sources of the rows show them, whatever views show at their places. */
  readonly isOwn?: boolean;
}

/** What views show at these places, by row id. */
export function readEntries(
  sql: SqlStorage,
  rowids: readonly number[],
  origins: ReadonlyMap<string, Origin>,
  { hasContent = true, isOwn = false }: Reading = {},
): ReadonlyMap<number, HeldEntry> {
  if (rowids.length === 0) return new Map();
  const rows = readRows(sql, rowids, hasContent);
  const groups = isOwn ? [] : listGroups(sql, rowids);
  const givers = readRows(
    sql,
    groups.flatMap(({ giver, rowid }) => (giver === rowid ? [] : giver)),
    hasContent,
  );
  const held = new Map([...rows].map(([rowid, row]) => [rowid, toHeldEntry(row, origins)]));
  for (const group of groups) {
    const [first, row] = [rows.get(group.rowid), givers.get(group.giver) ?? rows.get(group.rowid)];
    if (first !== undefined && row !== undefined) held.set(group.rowid, toMergedEntry(first, row, group, origins));
  }
  return held;
}

/** An entry as its own source shows it, whatever views show at its place. */
export function findOwnEntry(
  sql: SqlStorage,
  id: EntryId,
  origins: ReadonlyMap<string, Origin>,
): RecordedEntry<SafeHtml> | undefined {
  const row = sql
    .exec<{ rowid: number }>(`SELECT rowid FROM entry WHERE id = ? AND ${isOwnShownSql('entry')}`, id)
    .toArray()[0];
  const held = row && readEntries(sql, [row.rowid], origins, { isOwn: true }).get(row.rowid);
  return held && toWhole(held);
}

/** The entry that views show at the place of an id. */
export function findEntry(
  sql: SqlStorage,
  id: EntryId,
  origins: ReadonlyMap<string, Origin>,
): RecordedEntry<SafeHtml> | undefined {
  const row = sql
    .exec<{ rowid: number }>(
      `SELECT rowid FROM entry WHERE retired_at IS NULL
        AND id = COALESCE((SELECT shown_as FROM duplicate WHERE entry_id = ?1), ?1)`,
      id,
    )
    .toArray()[0];
  return row && readEntry(sql, row.rowid, origins);
}

function readRows(sql: SqlStorage, rowids: readonly number[], hasContent: boolean): ReadonlyMap<number, EntryRow> {
  if (rowids.length === 0) return new Map();
  const rows = sql.exec<EntryRow>(
    `SELECT ${columns}, ${hasContent ? 'e.content' : 'NULL'} AS content
      FROM json_each(?) asked JOIN entry e ON e.rowid = asked.value`,
    JSON.stringify(rowids),
  );
  return new Map([...rows].map((row) => [row.rowid, row]));
}

function toHeldEntry(row: EntryRow, origins: ReadonlyMap<string, Origin>): HeldEntry {
  const entry = {
    ...(JSON.parse(row.body) as Entry<SafeHtml>),
    origin: toOrigin(row.source_id, origins),
    tags: JSON.parse(row.tags) as readonly Tag[],
    firstSeen: row.first_seen as Instant,
    sortAt: row.sort_at as Instant,
    modified: row.modified as Instant,
    ...(row.changed_at === null ? {} : { changed: row.changed_at as Instant }),
    sequence: row.sequence,
  };
  return row.content === null ? { entry } : { entry, content: row.content };
}

/** A group of entries as one entry: the text of one, with the place, id, guid and link of the first. */
function toMergedEntry(
  first: EntryRow,
  row: EntryRow,
  { members }: ShownGroup,
  origins: ReadonlyMap<string, Origin>,
): HeldEntry {
  const { entry, ...rest } = toHeldEntry(row, origins);
  const { url: _, ...words } = entry;
  const others = members
    .filter((member) => member.id !== row.id)
    .map(({ url, source_id: source }) => ({
      origin: toOrigin(source, origins),
      ...(url === null ? {} : { url: url as HttpUrl }),
    }));
  return {
    ...rest,
    entry: {
      ...words,
      id: first.id as EntryId,
      guid: first.guid,
      ...(first.url === null ? {} : { url: first.url as HttpUrl }),
      tags: uniteTags(...members.map((member) => JSON.parse(member.tags))),
      // For readers it changed when the last of them came.
      firstSeen: Math.max(...members.map((member) => member.first_seen)) as Instant,
      sortAt: first.sort_at as Instant,
      sequence: first.sequence,
      ...(first.changed_at === null ? {} : { changed: first.changed_at as Instant }),
      ...(others.length === 0 ? {} : { also: others }),
    },
  };
}

function toOrigin(source: string, origins: ReadonlyMap<string, Origin>): Origin {
  return origins.get(source) ?? { sourceId: source as SourceId, title: source };
}

/** The entry with its content. */
export function toWhole({ entry, content }: HeldEntry): RecordedEntry<SafeHtml> {
  return content === undefined ? entry : withContent(entry, content);
}

/**
 * Adds the entries that no index holds to an answer: entries of private sources, for callers with the key of a view; and
 * duplicates, in the feed of their own source.
 *
 * They are read and compared one by one: private sources are few, and most feeds of a source are asked for without terms.
 */
import type { EntryId, Origin, RecordedEntry } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Cursor, Query } from '../../../query/language/query.ts';
import { matches } from '../../../query/match/matches.ts';
import { matchesText } from '../../../query/match/text-matches.ts';
import { onTimeSql } from '../../../query/sql/sql-conditions.ts';
import { toRecordedFacts } from '../../../rules/searched-entry.ts';
import { toEntryState } from '../../../window/rendered-entry.ts';
import { type EntryPlace, readEntries, toWhole } from '../entries/read-entries.ts';
import type { ArchiveState } from '../ground/state.ts';
import { listOrigins } from '../rows/source-origins.ts';

/** Unindexed entries that one answer looks at. */
const mostRead = 2000;

/** The part of the answer that the indexes gave. */
interface Found {
  readonly places: readonly EntryPlace[];
  readonly more: boolean;
  readonly horizon?: Cursor;
  readonly previous?: unknown;
}

/** The answer with the unindexed entries that the query selects. It has no link to the page before. */
export function withUnindexed<T extends Found>(
  archive: ArchiveState,
  found: T,
  query: Query,
  now: Instant,
): Omit<T, 'previous'> {
  const own = findUnindexed(archive, query, now);
  if (own.places.length === 0 && own.horizon === undefined) return found;
  const { previous: _, horizon: __, ...rest } = found;
  const isFull = found.more && found.horizon === undefined;
  // Entries behind the end of one of the two lists come with the page that continues there.
  const ends = [found.horizon, own.horizon, isFull ? toCursor(found.places.at(-1)) : undefined].filter(
    (end) => end !== undefined,
  );
  const end = ends.reduce<Cursor | undefined>((first, one) => (first && isBefore(first, one) ? first : one), undefined);
  const merged = [...found.places, ...own.places]
    .filter((place) => end === undefined || !isBefore(end, toCursor(place)))
    .sort((a, b) => (isBefore(toCursor(a), toCursor(b)) ? -1 : 1));
  const isCut = merged.length > query.limit;
  return {
    ...rest,
    places: merged.slice(0, query.limit),
    more: found.more || own.horizon !== undefined || isCut,
    ...(isCut || isFull || end === undefined ? {} : { horizon: end }),
  } as Omit<T, 'previous'>;
}

function findUnindexed(
  { sql }: ArchiveState,
  query: Query,
  now: Instant,
): { readonly places: readonly EntryPlace[]; readonly horizon?: Cursor } {
  const candidates = listCandidates(sql, query);
  const places = selectPlaces(sql, candidates, query, now);
  const isWhole = candidates.length < mostRead || places.length > query.limit;
  const last = isWhole ? undefined : toCursor(candidates.at(-1));
  return { places, ...(last === undefined ? {} : { horizon: last }) };
}

function listCandidates(sql: SqlStorage, query: Query): readonly EntryPlace[] {
  const { before = { sortAt: Number.MAX_SAFE_INTEGER, id: '' } } = query;
  const rows =
    query.isOwn === true
      ? sql.exec<EntryPlace>(
          `SELECT ${columns} FROM duplicate d CROSS JOIN entry e ON e.id = d.entry_id
            WHERE d.source_id = ? AND d.is_shown = 1 AND (d.sort_at, d.entry_id) < (?, ?)
            ORDER BY d.sort_at DESC, d.entry_id DESC LIMIT ${mostRead}`,
          ownSource(query),
          before.sortAt,
          before.id,
        )
      : sql.exec<EntryPlace>(
          `SELECT ${columns} FROM entry e WHERE ${isPrivate} AND (e.sort_at, e.id) < (?, ?)
            ${query.isOnTime === true ? `AND ${onTimeSql}` : ''} ORDER BY e.sort_at DESC, e.id DESC LIMIT ${mostRead}`,
          before.sortAt,
          before.id,
        );
  return rows.toArray();
}

const columns = 'e.rowid AS rowid, e.id AS id, e.sort_at AS sort_at, e.sequence AS sequence, e.source_id AS source_id';

/** Conditions for a private entry `e`. */
const isPrivate = `e.retired_why = 'private' AND e.retired_at IS NOT NULL
  AND e.source_id IN (SELECT id FROM source WHERE is_private = 1)`;

/** Private entries of a query that came late, from `from` to before `to`, the latest first (`query/sql/sql-late.ts`). */
export function latePrivatePlaces(
  { sql }: ArchiveState,
  query: Query,
  from: number,
  to: number,
  limit: number,
  now: Instant,
): readonly { readonly rowid: number; readonly filedAt: Instant }[] {
  const places = sql.exec<EntryPlace & { late_at: number }>(
    `SELECT ${columns}, l.late_at AS late_at FROM late_entry l CROSS JOIN entry e ON e.id = l.id
      WHERE l.late_at >= ? AND l.late_at < ? AND ${isPrivate} ORDER BY l.late_at DESC LIMIT ${mostRead}`,
    from,
    to,
  );
  const selected = selectPlaces(sql, places.toArray(), { ...query, limit }, now);
  return selected.map(({ rowid, late_at: at }) => ({ rowid, filedAt: at as Instant }));
}

function selectPlaces<Place extends EntryPlace>(
  sql: SqlStorage,
  candidates: readonly Place[],
  query: Query,
  now: Instant,
): readonly Place[] {
  const origins = listOrigins(sql);
  const places: Place[] = [];
  for (const place of candidates) {
    const entry = readOwn(sql, place, origins);
    if (entry === undefined || !isSelected(entry, query, now)) continue;
    places.push(place);
    if (places.length > query.limit) break;
  }
  return places;
}

/** The entry of a private source by its id, when the query selects it. */
export function findPrivateEntry(
  { sql }: ArchiveState,
  id: EntryId,
  query: Query,
  now: Instant,
): RecordedEntry<SafeHtml> | undefined {
  const [place] = sql.exec<EntryPlace>(`SELECT ${columns} FROM entry e WHERE ${isPrivate} AND e.id = ?`, id).toArray();
  const entry = place && readOwn(sql, place, listOrigins(sql));
  return entry !== undefined && isSelected(entry, query, now) ? entry : undefined;
}

function readOwn(
  sql: SqlStorage,
  { rowid }: EntryPlace,
  origins: ReadonlyMap<string, Origin>,
): RecordedEntry<SafeHtml> | undefined {
  const held = readEntries(sql, [rowid], origins, { isOwn: true }).get(rowid);
  return held && toWhole(held);
}

function isSelected(entry: RecordedEntry<SafeHtml>, query: Query, now: Instant): boolean {
  return (
    matches(query, toEntryState(entry, ''), now) &&
    (query.text === undefined || matchesText(query.text, toRecordedFacts(entry)))
  );
}

/** The source that a query for its own entries names. */
function ownSource({ sources: [group] }: Query): string {
  return (group !== undefined && 'anyOf' in group && group.anyOf[0]) || '';
}

function isBefore(a: Cursor | undefined, b: Cursor | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.sortAt === b.sortAt ? a.id > b.id : a.sortAt > b.sortAt;
}

function toCursor(place: EntryPlace | undefined): Cursor | undefined {
  return place && { sortAt: place.sort_at as Instant, id: place.id as EntryId };
}

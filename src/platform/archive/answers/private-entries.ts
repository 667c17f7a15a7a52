/**
 * Finds the entries of private sources for whoever has the key of a view, and puts them among the public ones.
 *
 * They are in no index of the Archive. The newest ones are read and compared one by one: private sources are few, and so
 * are the readers of a view with a key.
 */
import type { EntryId, RecordedEntry } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Query } from '../../../query/language/query.ts';
import { matches } from '../../../query/match/matches.ts';
import { matchesText } from '../../../query/match/text-matches.ts';
import { onTimeSql } from '../../../query/sql/sql-conditions.ts';
import { toRecordedFacts } from '../../../rules/searched-entry.ts';
import { toEntryState } from '../../../window/rendered-entry.ts';
import type { ArchiveState } from '../ground/state.ts';
import { type EntryPlace, readEntry } from '../rows/read-entries.ts';
import { listOrigins } from '../rows/source-origins.ts';

/** Private entries that one answer looks at, the newest. */
const mostRead = 2000;

/** What is found in public. */
interface Found {
  readonly places: readonly EntryPlace[];
  readonly more: boolean;
  readonly previous?: unknown;
}

/** The same answer with the private entries that the query selects; there is no page before. */
export function withPrivateEntries<T extends Found>(
  archive: ArchiveState,
  found: T,
  query: Query,
  now: Instant,
): Omit<T, 'previous'> {
  const own = findPrivate(archive, query, now);
  if (own.length === 0) return found;
  const { previous: _, ...rest } = found;
  const last = found.more ? found.places.at(-1) : undefined;
  // What lies behind the last public one of a page comes with the page that goes on there.
  const within = last === undefined ? own : own.filter((place) => isBefore(place, last));
  const merged = [...found.places, ...within].sort((a, b) => (isBefore(a, b) ? -1 : 1));
  return { ...rest, places: merged.slice(0, query.limit), more: found.more || merged.length > query.limit };
}

function isBefore(a: EntryPlace, b: EntryPlace): boolean {
  return a.sort_at === b.sort_at ? a.id > b.id : a.sort_at > b.sort_at;
}

/** Conditions of a private entry `e`. */
const isPrivate = `e.retired_why = 'private' AND e.retired_at IS NOT NULL
  AND e.source_id IN (SELECT id FROM source WHERE is_private = 1)`;
const place = 'e.rowid AS rowid, e.id AS id, e.sort_at AS sort_at, e.sequence AS sequence, e.source_id AS source_id';

/** The entry of a private source by its id, when the query selects it. */
export function findPrivateEntry(
  { sql }: ArchiveState,
  id: EntryId,
  query: Query,
  now: Instant,
): RecordedEntry<SafeHtml> | undefined {
  const [found] = sql.exec<EntryPlace>(`SELECT ${place} FROM entry e WHERE ${isPrivate} AND e.id = ?`, id).toArray();
  const entry = found && readEntry(sql, found.rowid, listOrigins(sql));
  return entry !== undefined && isSelected(entry, query, now) ? entry : undefined;
}

function findPrivate({ sql }: ArchiveState, query: Query, now: Instant): readonly EntryPlace[] {
  const places = sql.exec<EntryPlace>(
    `SELECT ${place} FROM entry e WHERE ${isPrivate} ${query.isOnTime === true ? `AND ${onTimeSql}` : ''}
      ORDER BY e.sort_at DESC, e.id DESC LIMIT ${mostRead}`,
  );
  return selectPlaces(sql, places.toArray(), query, now);
}

/** Private entries of a query that came late, from `from` to before `to`: the last that came first (`query/sql/sql-late.ts`). */
export function latePrivatePlaces(
  { sql }: ArchiveState,
  query: Query,
  from: number,
  to: number,
  limit: number,
  now: Instant,
): readonly { readonly rowid: number; readonly filedAt: Instant }[] {
  const places = sql.exec<EntryPlace & { late_at: number }>(
    `SELECT ${place}, l.late_at AS late_at FROM late_entry l CROSS JOIN entry e ON e.id = l.id
      WHERE l.late_at >= ? AND l.late_at < ? AND ${isPrivate} ORDER BY l.late_at DESC LIMIT ${mostRead}`,
    from,
    to,
  );
  const selected = selectPlaces(sql, places.toArray(), { ...query, limit }, now);
  return selected.map(({ rowid, late_at: at }) => ({ rowid, filedAt: at as Instant }));
}

function selectPlaces<Place extends EntryPlace>(
  sql: SqlStorage,
  places: readonly Place[],
  query: Query,
  now: Instant,
): readonly Place[] {
  const origins = listOrigins(sql);
  const selected: Place[] = [];
  for (const place of places) {
    const entry = readEntry(sql, place.rowid, origins);
    if (entry === undefined || !isSelected(entry, query, now)) continue;
    selected.push(place);
    if (selected.length > query.limit) break;
  }
  return selected;
}

function isSelected(entry: RecordedEntry<SafeHtml>, query: Query, now: Instant): boolean {
  return (
    matches(query, toEntryState(entry, ''), now) &&
    (query.text === undefined || matchesText(query.text, toRecordedFacts(entry)))
  );
}

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
import { toRecordedFacts } from '../../../rules/searched-entry.ts';
import { toEntryState } from '../../../window/rendered-entry.ts';
import type { ArchiveState } from '../ground/state.ts';
import { type EntryPlace, readEntry } from '../rows/read-entries.ts';
import { listOrigins } from '../rows/source-rows.ts';

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

/** The entry of a private source by its id, when the query selects it. */
export function findPrivateEntry(
  { sql }: ArchiveState,
  id: EntryId,
  query: Query,
  now: Instant,
): RecordedEntry<SafeHtml> | undefined {
  const [place] = sql.exec<EntryPlace>(`${selectPrivate} AND id = ?`, id).toArray();
  const entry = place && readEntry(sql, place.rowid, listOrigins(sql));
  return entry !== undefined && isSelected(entry, query, now) ? entry : undefined;
}

const selectPrivate = `SELECT rowid, id, sort_at, sequence, source_id FROM entry
  WHERE retired_why = 'private' AND retired_at IS NOT NULL AND source_id IN (SELECT id FROM source WHERE is_private = 1)`;

function findPrivate({ sql }: ArchiveState, query: Query, now: Instant): readonly EntryPlace[] {
  const places = sql.exec<EntryPlace>(`${selectPrivate} ORDER BY sort_at DESC, id DESC LIMIT ${mostRead}`);
  const origins = listOrigins(sql);
  const selected: EntryPlace[] = [];
  for (const place of places.toArray()) {
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

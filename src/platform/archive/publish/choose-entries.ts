/**
 * Chooses the entries to publish: the newest of all, and the newest of each source that has none among those.
 */
import type { Origin } from '../../../domain/entry.ts';
import type { ArchiveTotals } from '../../../window/window.ts';
import { type EntryPlace, newestPlaceOfSource, newestPlaces } from '../entries/read-entries.ts';
import type { ArchiveState } from '../ground/state.ts';
import type { RenderedEntries, RenderedEntry } from './rendered-entries.ts';

/** Entries the window holds without a gap, newest first. */
const windowEntries = 1000;

/** Sources whose newest entry is older than all of those get it added, at most this many. */
const windowSources = 500;

/** Bounds of one format's fragments, plain: an isolate of 128 MB may hold all formats. Bytes. */
const contiguousBytes = 8 * 1024 * 1024;
const olderBytes = 2 * 1024 * 1024;

/** The entries of a window, newest first. */
export interface ChosenEntries {
  /** All entries down to the oldest of these. */
  readonly contiguous: readonly RenderedEntry[];
  /** Others, older than those. */
  readonly older: readonly RenderedEntry[];
}

/** Chooses and renders. @param scale 1, or less after a publish that failed */
export function chooseEntries(
  archive: ArchiveState,
  rendered: RenderedEntries,
  origins: ReadonlyMap<string, Origin>,
  totals: ArchiveTotals,
  scale: number,
): ChosenEntries {
  const render = rendered.renderWith(origins);
  const contiguous: RenderedEntry[] = [];
  let bytes = 0;
  const newest = newestPlaces(archive.sql, Math.ceil(windowEntries * scale));
  const sources = sourcesOfPlaces(archive.sql, newest);
  for (const place of newest) {
    const entry = render(place, sources.get(place.id));
    bytes += entry?.plainBytes ?? 0;
    if (bytes > contiguousBytes * scale) break;
    if (entry !== undefined) contiguous.push(entry);
  }
  const present = new Set<string>(contiguous.flatMap(({ state }) => state.sources));
  const older: RenderedEntry[] = [];
  bytes = 0;
  for (const { id } of totals.sources
    .filter((source) => source.count > 0 && !present.has(source.id))
    .slice(0, Math.floor(windowSources * scale))) {
    const place = newestPlaceOfSource(archive.sql, id);
    const entry = place && render(place, sourcesOfPlaces(archive.sql, [place]).get(place.id));
    bytes += entry?.plainBytes ?? 0;
    if (bytes > olderBytes * scale) break;
    if (entry !== undefined) older.push(entry);
  }
  return { contiguous, older: older.toSorted(newestFirst) };
}

/**
 * The sources of grouped articles, by the id of the place that shows them. One query for all places: one for each of
 * 1,000 places was half of the 31 ms of a publish (measured).
 */
function sourcesOfPlaces(sql: SqlStorage, places: readonly EntryPlace[]): ReadonlyMap<string, readonly string[]> {
  const rows = sql.exec<{ place: string; source: string }>(
    `SELECT d.shown_as AS place, d.source_id AS source FROM json_each(?) asked
      JOIN duplicate d ON d.shown_as = asked.value WHERE d.is_shown = 1 ORDER BY d.entry_id`,
    JSON.stringify(places.map(({ id }) => id)),
  );
  const sources = new Map<string, string[]>();
  for (const { place, source } of rows) sources.set(place, [...(sources.get(place) ?? []), source]);
  return sources;
}

function newestFirst({ state: a }: RenderedEntry, { state: b }: RenderedEntry): number {
  return b.sortAt - a.sortAt || (a.id < b.id ? 1 : -1);
}

/**
 * Chooses which entries are published: the newest of all, and the newest of sources that have none among those.
 */
import type { Origin } from '../../../domain/entry.ts';
import type { ArchiveTotals } from '../../../window/window.ts';
import type { ArchiveState } from '../ground/state.ts';
import { newestPlaceOfSource, newestPlaces } from '../rows/read-entries.ts';
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
  /** All down to the oldest of them. */
  readonly contiguous: readonly RenderedEntry[];
  /** Others, from before those. */
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
  const contiguous: RenderedEntry[] = [];
  let bytes = 0;
  for (const place of newestPlaces(archive.sql, Math.ceil(windowEntries * scale))) {
    const entry = rendered.render(place, origins);
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
    const entry = place === undefined ? undefined : rendered.render(place, origins);
    bytes += entry?.plainBytes ?? 0;
    if (bytes > olderBytes * scale) break;
    if (entry !== undefined) older.push(entry);
  }
  return { contiguous, older: older.toSorted(newestFirst) };
}

function newestFirst({ state: a }: RenderedEntry, { state: b }: RenderedEntry): number {
  return b.sortAt - a.sortAt || (a.id < b.id ? 1 : -1);
}

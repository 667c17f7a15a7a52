/**
 * Chooses and renders what the Archive publishes; answers (`answers/`) are rendered by the same function.
 */
import type { EntryId, Origin } from '../../domain/entry.ts';
import type { PlacedSite } from '../../domain/site.ts';
import { type BuiltWindow, buildWindow, largestFragmentBytes } from '../../window/build.ts';
import { type RenderedEntry, renderForWindow } from '../../window/rendered-entry.ts';
import type { ArchiveTotals } from '../../window/window.ts';
import { readSequence } from './ground/meta.ts';
import type { ArchiveState } from './ground/state.ts';
import { seedDigestOf } from './load-seeds.ts';
import { type EntryPlace, newestPlaceOfSource, newestPlaces, readEntry } from './rows/read-entries.ts';
import { listOrigins } from './rows/source-rows.ts';
import { listViews } from './rows/view-rows.ts';

/** Entries the window holds without a gap, newest first. Fits an isolate: about 5 MB a format at 5 KB an entry. */
const windowEntries = 1000;

/** Sources whose newest entry is older than all of those get it added, at most this many. */
const windowSources = 500;

/** Bound of one format's blob, far under KV's 25 MiB value and an isolate's 128 MB. Bytes. */
const windowBlobBytes = 8 * 1024 * 1024;

/** The window as it should be published now; `site` when its address is set. */
export function currentWindow(archive: ArchiveState, site?: PlacedSite): BuiltWindow {
  const origins = listOrigins(archive.sql);
  const totals = archive.totals.snapshot(readSequence(archive.sql));
  const newest = newestPlaces(archive.sql, windowEntries);
  const contiguous = withinBytes(newest.flatMap((at) => renderPlace(archive, at, origins) ?? []));
  const older = sourcesBeyond(archive, contiguous, totals).flatMap((at) => renderPlace(archive, at, origins) ?? []);
  const oldest = contiguous.at(-1)?.facts;
  const isWhole = contiguous.length === totals.entries;
  const built = buildWindow([...contiguous, ...older], {
    totals,
    seedDigest: seedDigestOf(archive.sql),
    views: listViews(archive.sql),
    ...(isWhole || oldest === undefined ? {} : { contiguousFrom: { sortAt: oldest.sortAt, id: oldest.id } }),
    ...(site === undefined ? {} : { site }),
  });
  forgetOthers(archive.rendered, new Set([...contiguous, ...older].map((entry) => entry.facts.id)));
  return built;
}

/** The entry at a place, rendered once for each of its states. */
export function renderPlace(
  archive: ArchiveState,
  at: EntryPlace,
  origins: ReadonlyMap<string, Origin>,
): RenderedEntry | undefined {
  const known = archive.rendered.get(at.id);
  if (known !== undefined && known.facts.sequence === at.sequence) return known;
  const entry = readEntry(archive.sql, at.rowid, origins);
  if (entry === undefined) return undefined;
  const rendered = renderForWindow(entry);
  archive.rendered.set(at.id, rendered);
  return rendered;
}

function withinBytes(entries: readonly RenderedEntry[]): readonly RenderedEntry[] {
  let bytes = 0;
  const beyond = entries.findIndex((entry) => {
    bytes += largestFragmentBytes(entry);
    return bytes > windowBlobBytes;
  });
  return beyond === -1 ? entries : entries.slice(0, beyond);
}

/** Newest entries of sources that have none in the contiguous part, newest first. */
function sourcesBeyond(
  archive: ArchiveState,
  contiguous: readonly RenderedEntry[],
  totals: ArchiveTotals,
): readonly EntryPlace[] {
  const present = new Set(contiguous.map((entry) => entry.facts.source));
  return totals.sources
    .filter((source) => source.count > 0 && !present.has(source.id))
    .slice(0, windowSources)
    .flatMap((source) => newestPlaceOfSource(archive.sql, source.id) ?? [])
    .sort((a, b) => b.sort_at - a.sort_at || (a.id < b.id ? 1 : -1));
}

/** Rendered entries that are neither published nor asked for again would grow without bound. */
function forgetOthers(rendered: Map<string, RenderedEntry>, kept: ReadonlySet<EntryId>): void {
  for (const id of rendered.keys()) {
    if (!kept.has(id as EntryId)) rendered.delete(id);
  }
}

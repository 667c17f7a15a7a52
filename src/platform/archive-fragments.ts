/**
 * Renders the entries of one answer, in its one format.
 *
 * What the window keeps rendered is used; what is rendered here is not kept, or else whoever pages through a large archive
 * would fill the object's memory.
 */

import type { Origin, RecordedEntry } from '../domain/entry.ts';
import { byteFingerprint } from '../domain/fingerprint.ts';
import type { SafeHtml } from '../domain/html.ts';
import type { Instant } from '../domain/instant.ts';
import type { ContentMode } from '../domain/view.ts';
import { renderCard } from '../feed/render/card.ts';
import { renderEntry } from '../feed/render/entry.ts';
import type { SelectedEntry } from '../window/selection.ts';
import type { FragmentFormat } from '../window/window.ts';
import { type EntryPlace, readEntries } from './archive-queries.ts';
import type { ArchiveState } from './archive-state.ts';

/** Entries with their bytes, in the same order. */
export interface RenderedAnswer {
  readonly entries: readonly SelectedEntry[];
  readonly fragments: readonly Uint8Array[];
}

const encoder = new TextEncoder();

/** Renders the entries at these places. `origins` has every source. */
export function renderPlaces(
  { sql, rendered }: Pick<ArchiveState, 'sql' | 'rendered'>,
  places: readonly EntryPlace[],
  origins: ReadonlyMap<string, Origin>,
  format: FragmentFormat,
  mode: ContentMode,
): RenderedAnswer {
  // Fragments are kept with full content; cards know one size.
  const isKept = mode === 'full' || format === 'card';
  const knownAt = ({ id, sequence }: EntryPlace) => {
    const known = isKept ? rendered.get(id) : undefined;
    return known?.facts.sequence === sequence ? known : undefined;
  };
  const unknown = places.filter((place) => knownAt(place) === undefined).map((place) => place.rowid);
  const read = readEntries(sql, unknown, origins);
  const entries: SelectedEntry[] = [];
  const fragments: Uint8Array[] = [];
  const add = (place: EntryPlace, modified: Instant, fragment: Uint8Array): void => {
    const { sequence } = place;
    const [id, sortAt] = [place.id as SelectedEntry['id'], place.sort_at as Instant];
    entries.push({ id, sortAt, modified, sequence, digest: byteFingerprint(fragment) });
    fragments.push(fragment);
  };
  for (const place of places) {
    const known = knownAt(place);
    const entry = read.get(place.rowid);
    if (known !== undefined) add(place, known.facts.modified, known.fragments[format]);
    else if (entry !== undefined) add(place, entry.modified, encoder.encode(renderOne(format, entry, mode)));
  }
  return { entries, fragments };
}

function renderOne(format: FragmentFormat, entry: RecordedEntry<SafeHtml>, mode: ContentMode): string {
  return format === 'card' ? renderCard(entry) : renderEntry(format, entry, mode);
}

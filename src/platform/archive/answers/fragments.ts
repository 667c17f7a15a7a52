/**
 * Renders the entries of one answer, in its one format.
 *
 * What the window keeps rendered is used; what is rendered here is not kept, or else whoever pages through a large archive
 * would fill the object's memory.
 */

import type { Origin } from '../../../domain/entry.ts';
import { byteFingerprint } from '../../../domain/fingerprint.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { ContentMode } from '../../../domain/view.ts';
import { renderCard } from '../../../feed/render/card.ts';
import { renderAroundContent, renderEntry } from '../../../feed/render/render-entry.ts';
import { type JoinedFragments, joinPieces } from '../../../window/join-fragments.ts';
import type { SelectedEntry } from '../../../window/selection.ts';
import type { FragmentFormat } from '../../../window/window.ts';
import type { ArchiveState } from '../ground/state.ts';
import { type EntryPlace, type HeldEntry, readEntries, toWhole } from '../rows/read-entries.ts';

/** Entries with their bytes, in the same order. */
export interface RenderedAnswer extends JoinedFragments {
  readonly entries: readonly SelectedEntry[];
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
  const read = readEntries(sql, unknown, origins, mode === 'full' && format !== 'card');
  const shown: { readonly place: EntryPlace; readonly modified: Instant }[] = [];
  const fragments: (readonly Uint8Array[])[] = [];
  for (const place of places) {
    const known = knownAt(place);
    const held = read.get(place.rowid);
    const modified = known?.facts.modified ?? held?.entry.modified;
    if (modified === undefined) continue;
    shown.push({ place, modified });
    if (known !== undefined) fragments.push([known.fragments[format]]);
    else if (held !== undefined) fragments.push(renderHeld(format, held, mode));
  }
  const { bytes, ends } = joinPieces(fragments);
  const entries = shown.map(({ place, modified }, at): SelectedEntry => {
    const { id, sort_at: sortAt, sequence } = place;
    const digest = byteFingerprint(bytes.subarray(at === 0 ? 0 : ends[at - 1], ends[at]));
    return { id: id as SelectedEntry['id'], sortAt: sortAt as Instant, modified, sequence, digest };
  });
  return { entries, bytes, ends };
}

/** The fragment, in pieces where its content is there as bytes. */
function renderHeld(format: FragmentFormat, held: HeldEntry, mode: ContentMode): readonly Uint8Array[] {
  const { entry, content } = held;
  if (format === 'card') return [encoder.encode(renderCard(entry))];
  if (content === undefined) return [encoder.encode(renderEntry(format, entry, mode))];
  if (format === 'json') return [encoder.encode(renderEntry(format, toWhole(held), mode))];
  const { before, after } = renderAroundContent(format, entry);
  return [encoder.encode(before), new Uint8Array(content), encoder.encode(after)];
}

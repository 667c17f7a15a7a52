/**
 * Renders the entries of one answer from their rows, in one format.
 */
import type { Origin, RecordedEntry } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import type { ContentMode } from '../../../domain/view.ts';
import { renderCard } from '../../../feed/render/card.ts';
import { renderAroundContent, renderEntry } from '../../../feed/render/render-entry.ts';
import type { Query } from '../../../query/language/query.ts';
import { type JoinedFragments, joinPieces } from '../../../window/join-fragments.ts';
import { entryChangedAt, nameState } from '../../../window/rendered-entry.ts';
import type { SelectedEntry } from '../../../window/selection.ts';
import type { FragmentFormat } from '../../../window/window.ts';
import { type EntryPlace, type HeldEntry, readEntries, toWhole } from '../entries/read-entries.ts';
import { type ArchiveState, readEpoch } from '../ground/state.ts';

/** Entries with their bytes, in the same order. */
export interface RenderedAnswer extends JoinedFragments {
  readonly entries: readonly SelectedEntry[];
  /** The answer ends early, because it would be too large: the rest is the next page. */
  readonly isCut: boolean;
}

/** Bound of one answer, far under the 32 MiB of a call. Bytes. */
const answerBytes = 8 * 1024 * 1024;

/** How many rows are read at a time: two hundred of a megabyte each would fill the memory. */
const placesAtOnce = 20;

const encoder = new TextEncoder();

/** Renders the entries at these places. `origins` has every source. */
export function renderPlaces(
  archive: ArchiveState,
  places: readonly EntryPlace[],
  origins: ReadonlyMap<string, Origin>,
  format: FragmentFormat,
  { content: mode, titles, isOwn }: Pick<Query, 'content' | 'titles' | 'isOwn'>,
): RenderedAnswer {
  const epoch = readEpoch(archive);
  const entries: SelectedEntry[] = [];
  const fragments: (readonly Uint8Array[])[] = [];
  let bytes = 0;
  for (let from = 0; from < places.length; from += placesAtOnce) {
    const rowids = places.slice(from, from + placesAtOnce).map(({ rowid }) => rowid);
    const read = readEntries(archive.sql, rowids, origins, {
      hasContent: mode === 'full' && format !== 'card',
      isOwn: isOwn === true,
    });
    for (const found of rowids.flatMap((rowid) => read.get(rowid) ?? [])) {
      const held = titles === 'source' ? withSourceTitle(found) : found;
      const fragment = renderHeld(format, held, mode);
      bytes += fragment.reduce((sum, piece) => sum + piece.length, 0);
      // The first entry is always answered: else no reader could get past a very large one.
      if (bytes > answerBytes && entries.length > 0) return { ...joinPieces(fragments), entries, isCut: true };
      fragments.push(fragment);
      entries.push(toSelected(held.entry, epoch));
    }
  }
  return { ...joinPieces(fragments), entries, isCut: false };
}

/** The entry with the name of its source before its title. An entry without a title stays without one. */
function withSourceTitle(held: HeldEntry): HeldEntry {
  const { titleHtml: _, ...entry } = held.entry;
  if (entry.title.trim() === '') return held;
  return { ...held, entry: { ...entry, title: `${entry.origin.title}: ${entry.title}` } };
}

/** Names the state of an entry, equally in the window and here. */
export function toSelected(entry: RecordedEntry<SafeHtml>, epoch: string): SelectedEntry {
  const { id, sortAt, sequence, language } = entry;
  return {
    id,
    sortAt,
    modified: entryChangedAt(entry),
    sequence,
    digest: nameState(entry, epoch),
    ...(language === undefined ? {} : { language }),
  };
}

/** The fragment, in pieces when its content is stored as bytes. */
function renderHeld(format: FragmentFormat, held: HeldEntry, mode: ContentMode): readonly Uint8Array[] {
  const { entry, content } = held;
  if (format === 'card') return [encoder.encode(renderCard(entry))];
  if (content === undefined) return [encoder.encode(renderEntry(format, entry, mode))];
  if (format === 'json') return [encoder.encode(renderEntry(format, toWhole(held), mode))];
  const { before, after } = renderAroundContent(format, entry);
  return [encoder.encode(before), new Uint8Array(content), encoder.encode(after)];
}

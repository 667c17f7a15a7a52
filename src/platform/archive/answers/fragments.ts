/**
 * Renders the entries of one answer, in its one format, from their rows.
 */
import type { Origin, RecordedEntry } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import type { ContentMode } from '../../../domain/view.ts';
import { renderCard } from '../../../feed/render/card.ts';
import { renderAroundContent, renderEntry } from '../../../feed/render/render-entry.ts';
import type { Query } from '../../../query/language/query.ts';
import { type JoinedFragments, joinPieces } from '../../../window/join-fragments.ts';
import { nameState } from '../../../window/rendered-entry.ts';
import type { SelectedEntry } from '../../../window/selection.ts';
import type { FragmentFormat } from '../../../window/window.ts';
import { type ArchiveState, readEpoch } from '../ground/state.ts';
import { type EntryPlace, type HeldEntry, readEntries, toWhole } from '../rows/read-entries.ts';

/** Entries with their bytes, in the same order. */
export interface RenderedAnswer extends JoinedFragments {
  readonly entries: readonly SelectedEntry[];
}

const encoder = new TextEncoder();

/** Renders the entries at these places. `origins` has every source. */
export function renderPlaces(
  archive: ArchiveState,
  places: readonly EntryPlace[],
  origins: ReadonlyMap<string, Origin>,
  format: FragmentFormat,
  { content: mode, titles }: Pick<Query, 'content' | 'titles'>,
): RenderedAnswer {
  const rowids = places.map(({ rowid }) => rowid);
  const read = readEntries(archive.sql, rowids, origins, mode === 'full' && format !== 'card');
  const found = places.flatMap(({ rowid }) => read.get(rowid) ?? []);
  const held = titles === 'source' ? found.map(withSourceTitle) : found;
  const epoch = readEpoch(archive);
  return {
    ...joinPieces(held.map((each) => renderHeld(format, each, mode))),
    entries: held.map(({ entry }) => toSelected(entry, epoch)),
  };
}

/** The entry with the name of its source before its title; an entry without a title stays one. */
function withSourceTitle(held: HeldEntry): HeldEntry {
  const { titleHtml: _, ...entry } = held.entry;
  if (entry.title.trim() === '') return held;
  return { ...held, entry: { ...entry, title: `${entry.origin.title}: ${entry.title}` } };
}

/** What names the state of an entry: the same as in the window. */
export function toSelected(entry: RecordedEntry<SafeHtml>, epoch: string): SelectedEntry {
  const { id, sortAt, modified, sequence } = entry;
  return { id, sortAt, modified, sequence, digest: nameState(entry, epoch) };
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

/**
 * What the line and the pages need of the world, as the platform provides it and tests fake it.
 */
import type { EntryId, RecordedEntry } from '../domain/entry.ts';
import type { SafeHtml } from '../domain/html.ts';
import type { Query } from '../query/query.ts';
import type { SelectedEntry } from '../window/selection.ts';
import type { ArchiveTotals, FragmentFormat, Window } from '../window/window.ts';

/** One version of the published window with its fragments in one format. */
export interface PublishedView {
  readonly window: Window;
  readonly fragments: Uint8Array;
}

/** The window as this place of the world can read it. Absent: nothing was ever published, or it has not arrived. */
export interface PublishedWindow {
  /** The newest index that is here. */
  readonly index: () => Promise<Window | undefined>;
  /** The newest version whose index and fragments in this format are both here: never parts of two versions. */
  readonly view: (format: FragmentFormat) => Promise<PublishedView | undefined>;
}

/** The Archive's answer: the chosen entries and their fragments, joined; `ends` says where each one ends (bytes). */
export interface ArchiveAnswer {
  readonly entries: readonly SelectedEntry[];
  readonly bytes: Uint8Array;
  readonly ends: readonly number[];
  readonly more: boolean;
  readonly totals: ArchiveTotals;
}

/** What readers ask of the Archive when the window cannot tell. */
export interface ArchiveReader {
  readonly answer: (query: Query, format: FragmentFormat) => Promise<ArchiveAnswer>;
  readonly entry: (id: EntryId) => Promise<RecordedEntry<SafeHtml> | undefined>;
  readonly totals: () => Promise<ArchiveTotals>;
  /** Loads the seeds this Worker carries and publishes what is unpublished, even if KV was wiped. */
  readonly bootstrap: () => Promise<void>;
}

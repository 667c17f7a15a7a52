/**
 * The entries that answer a query, with their bytes: the same shape whether the edge or the Archive chose them.
 */
import type { EntryId } from '../domain/entry.ts';
import type { Instant } from '../domain/instant.ts';

/** One chosen entry: what names its state. */
export interface SelectedEntry {
  readonly id: EntryId;
  readonly sortAt: Instant;
  readonly modified: Instant;
  readonly sequence: number;
  readonly digest: string;
}

/** The answer to one query in one format. */
export interface Selection {
  /** Newest first. */
  readonly entries: readonly SelectedEntry[];
  /** Each entry's fragment in the asked format, in the same order. */
  readonly fragments: readonly Uint8Array[];
  /** Whether older entries match too: the view has a next page. */
  readonly more: boolean;
}

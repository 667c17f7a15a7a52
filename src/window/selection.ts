/**
 * Defines a selection: the entries that answer a query, from the window or from the Archive.
 */
import type { EntryId } from '../domain/entry.ts';
import { fingerprintAll } from '../domain/fingerprint.ts';
import type { Instant } from '../domain/instant.ts';
import type { Cursor } from '../query/language/query.ts';
import type { Piece } from './gzip-join.ts';

/** One selected entry and the name of its state. */
export interface SelectedEntry {
  readonly id: EntryId;
  readonly sortAt: Instant;
  readonly modified: Instant;
  readonly sequence: number;
  readonly digest: string;
  /** BCP 47; absent when unknown. */
  readonly language?: string;
}

/** The answer to one query in one format. */
export interface Selection {
  /** Newest first. */
  readonly entries: readonly SelectedEntry[];
  /**
   * Fetches the fragments of the entries, in the same order, after entity tag and 304 are decided. `undefined` when a
   * part of the window is missing; the Archive answers the next try.
   */
  readonly fragments: () => Promise<readonly Piece[] | undefined>;
  /** Whether older entries match, too: the view has a next page. */
  readonly more: boolean;
  /** Set when the answer looked only so far back, to bound its cost: the next page starts here. */
  readonly horizon?: Cursor;
  /** Set on further pages if it is known: the page before. Without `before` that is the first page. */
  readonly previous?: { readonly before?: Cursor };
}

/** The selection of a document without entries. */
export const nothingSelected: Selection = { entries: [], fragments: async () => [], more: false };

/** Some entries of a selection, as deltas send them. */
export function selectAmong(selection: Selection, isChosen: (entry: SelectedEntry) => boolean): Selection {
  const { entries, fragments } = selection;
  return {
    entries: entries.filter(isChosen),
    fragments: async () => (await fragments())?.filter((_, at) => entries[at] !== undefined && isChosen(entries[at])),
    more: false,
  };
}

/** A name for the states of selected entries, in their order. */
export function digestOf(entries: readonly SelectedEntry[]): string {
  return fingerprintAll(entries.map((entry) => entry.digest));
}

/** Where the next page of the view begins; `undefined` on its last. */
export function nextPlace({ entries, more, horizon }: Selection): Cursor | undefined {
  if (horizon !== undefined) return horizon;
  const last = entries.at(-1);
  return more && last !== undefined ? { sortAt: last.sortAt, id: last.id } : undefined;
}

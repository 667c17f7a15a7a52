/**
 * Answers a query from the window, or says that it cannot: complete, or ask (docs/adr/0003).
 */
import type { Instant } from '../domain/instant.ts';
import type { Query } from '../query/language/query.ts';
import { isComplete } from '../query/match/completeness.ts';
import { selectNewest } from '../query/match/select-newest.ts';
import type { Selection } from './selection.ts';
import type { FragmentFormat, Window } from './window.ts';

/** Positions of the entries that answer a query, when the window provably holds the whole answer. */
export interface WindowAnswer {
  readonly positions: readonly number[];
  readonly more: boolean;
}

/** Chooses from the index; `undefined` means that only the Archive knows. Fragments exist for full content only. */
export function selectFromWindow(window: Window, query: Query, now: Instant): WindowAnswer | undefined {
  if (query.content !== 'full') return undefined;
  const found = selectNewest(window.entries, query, now);
  return isComplete(query, now, window, found) ? found : undefined;
}

/** The chosen entries with their bytes out of the blob of one format. */
export function sliceFragments(
  window: Window,
  format: FragmentFormat,
  blob: Uint8Array,
  answer: WindowAnswer,
): Selection {
  const ends = window.ends[format];
  const slices = slicesOf(blob);
  return {
    entries: answer.positions.flatMap((position) => window.entries[position] ?? []),
    fragments: answer.positions.map(
      (position) => (slices[position] ??= blob.subarray(position === 0 ? 0 : ends[position - 1], ends[position])),
    ),
    more: answer.more,
  };
}

/** The slices that were taken out of a blob before: the same few are taken for every view. */
const slicesByBlob = new WeakMap<Uint8Array, (Uint8Array | undefined)[]>();

function slicesOf(blob: Uint8Array): (Uint8Array | undefined)[] {
  const known = slicesByBlob.get(blob) ?? [];
  slicesByBlob.set(blob, known);
  return known;
}

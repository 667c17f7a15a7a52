/**
 * How long a page that was made may be sent again while the window stays the same.
 */
import type { Query } from '../../query/language/query.ts';

/** An answer of the Archive may be ahead of the window, never far behind. Milliseconds. */
const archiveAnswerMs = 10_000;

/** A view bounded by an age changes with the clock; its edge may be this coarse. Milliseconds. */
const agedViewMs = 60_000;

/** Epoch milliseconds. */
export function expiryOf(from: 'window' | 'archive', query: Query, now: number): number {
  if (from === 'archive') return now + archiveAnswerMs;
  const isAged = query.since?.kind === 'age' || query.until?.kind === 'age';
  return isAged ? now + agedViewMs : Number.POSITIVE_INFINITY;
}

/**
 * Finds the page before a page, as far as the window knows: the `previous` of RFC 5005 section 3.
 */
import type { Instant } from '../domain/instant.ts';
import type { Cursor, Query } from '../query/language/query.ts';
import { compareNewestFirst, createMatcher } from '../query/match/matches.ts';
import type { Window } from './window.ts';

/** The page before; without `before` it is the first one. */
export interface PreviousPage {
  readonly before?: Cursor;
}

/** The page before; `undefined` on a first page, and when the window may lack entries newer than this page. */
export function previousPage(
  { entries, contiguousFrom }: Window,
  query: Query,
  now: Instant,
): PreviousPage | undefined {
  const { before, ...all } = query;
  if (before === undefined || query.text !== undefined) return undefined;
  if (contiguousFrom !== undefined && compareNewestFirst(before, contiguousFrom) > 0) return undefined;
  const isSelected = createMatcher(all, now);
  const newer = entries.filter((entry) => compareNewestFirst(entry, before) <= 0 && isSelected(entry));
  const place = newer.at(-query.limit - 1);
  return place === undefined ? {} : { before: { sortAt: place.sortAt, id: place.id } };
}

/**
 * The newest entries of a sorted list that a query selects, by position.
 *
 * Text is not looked at: who selects by text does not have it here (see `isComplete`).
 */
import type { Instant } from '../domain/instant.ts';
import { type EntryFacts, matches } from './matches.ts';
import type { Query } from './query.ts';

/** What was selected. */
export interface NewestSelection {
  /** Positions in the list, ascending: newest first. */
  readonly positions: readonly number[];
  /** Whether the list holds further entries that match. */
  readonly more: boolean;
}

/** Selects from entries in the order of `compareNewestFirst`, up to the query's limit. */
export function selectNewest(entries: readonly EntryFacts[], query: Query, now: Instant): NewestSelection {
  const positions: number[] = [];
  let position = -1;
  for (const entry of entries) {
    position += 1;
    if (!matches(query, entry, now)) continue;
    if (positions.length === query.limit) return { positions, more: true };
    positions.push(position);
  }
  return { positions, more: false };
}

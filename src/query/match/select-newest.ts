/**
 * Selects the newest entries of a sorted list that match a query, by position.
 *
 * Text is not matched here: callers with a text query do not have the text of the entries (see `isComplete`).
 */
import type { Instant } from '../../domain/instant.ts';
import type { EntryFacets } from '../language/facets.ts';
import type { Query } from '../language/query.ts';
import { createMatcher } from './matches.ts';

/** What was selected. */
export interface NewestSelection {
  /** Positions in the list, ascending: newest first. */
  readonly positions: readonly number[];
  /** Whether the list holds further entries that match. */
  readonly more: boolean;
}

/** Selects from entries in the order of `compareNewestFirst`, up to the query's limit. */
export function selectNewest(entries: readonly EntryFacets[], query: Query, now: Instant): NewestSelection {
  const isSelected = createMatcher(query, now);
  const positions: number[] = [];
  for (let position = 0; position < entries.length; position += 1) {
    const entry = entries[position];
    if (entry === undefined || !isSelected(entry)) continue;
    if (positions.length === query.limit) return { positions, more: true };
    positions.push(position);
  }
  return { positions, more: false };
}

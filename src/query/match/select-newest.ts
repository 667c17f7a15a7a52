/**
 * The newest entries of a sorted list that a query selects, by position.
 *
 * Text is not looked at: who selects by text does not have it here (see `isComplete`).
 */
import type { Instant } from '../../domain/instant.ts';
import type { Query } from '../language/query.ts';
import { type EntryFacts, matches } from './matches.ts';
import { positionsOfTag } from './tag-positions.ts';

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
  const candidates = candidatesOf(entries, query);
  const count = candidates?.length ?? entries.length;
  for (let at = 0; at < count; at += 1) {
    const position = candidates?.[at] ?? at;
    const entry = entries[position];
    if (entry === undefined || !matches(query, entry, now)) continue;
    if (positions.length === query.limit) return { positions, more: true };
    positions.push(position);
  }
  return { positions, more: false };
}

/** The positions that a query for one tag can select; `undefined` when every entry is to be looked at. */
function candidatesOf(entries: readonly EntryFacts[], { tags }: Query): readonly number[] | undefined {
  const only = tags.find((group) => 'anyOf' in group && group.anyOf.length === 1);
  const slug = only !== undefined && 'anyOf' in only ? only.anyOf[0] : undefined;
  return slug === undefined ? undefined : positionsOfTag(entries, slug);
}

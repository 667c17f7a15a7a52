/**
 * Decides whether an entry belongs to a query, by everything but its text, and compares entries in the order of views.
 *
 * Text is matched in `text-matches.ts`: the window does not carry it, and the Archive has indexes for it.
 */
import type { Instant } from '../../domain/instant.ts';
import { type EntryFacets, facetNames } from '../language/facets.ts';
import { boundAt, type Cursor, type Group, type Query } from '../language/query.ts';

/** Whether a query selects an entry by its groups, bounds of time and cursor. The limit and the text do not count. */
export function matches(query: Query, entry: EntryFacets, now: Instant): boolean {
  return createMatcher(query, now)(entry);
}

/** Prepares a query for many entries. */
export function createMatcher(query: Query, now: Instant): (entry: EntryFacets) => boolean {
  const { before } = query;
  const since = query.since === undefined ? Number.NEGATIVE_INFINITY : boundAt(query.since, now);
  const until = query.until === undefined ? Number.POSITIVE_INFINITY : boundAt(query.until, now);
  const groups = facetNames.flatMap((facet) =>
    query[facet].map((group) =>
      'anyOf' in group ? { facet, members: group.anyOf } : { facet, unwanted: group.noneOf },
    ),
  );
  // An unwanted source excludes an entry only when no other source brings it.
  const unwantedSources = query.sources.flatMap((group) => ('anyOf' in group ? [] : group.noneOf));
  return (entry) => {
    if (entry.sortAt < since || entry.sortAt > until) return false;
    if (before !== undefined && !isAfterCursor(entry, before)) return false;
    for (const { facet, members, unwanted } of groups) {
      if (members !== undefined && !hasOne(entry[facet], members)) return false;
      if (unwanted !== undefined && facet !== 'sources' && hasOne(entry[facet], unwanted)) return false;
    }
    return unwantedSources.length === 0 || entry.sources.some((source) => !unwantedSources.includes(source));
  };
}

function hasOne(values: readonly string[], members: readonly string[]): boolean {
  for (const member of members) if (values.includes(member)) return true;
  return false;
}

/** Whether all groups hold when `has` says which members do. */
export function holds<T>(groups: readonly Group<T>[], has: (member: T) => boolean): boolean {
  return groups.every((group) => ('anyOf' in group ? group.anyOf.some(has) : !group.noneOf.some(has)));
}

/**
 * Negative when `a` comes before `b`: later `sortAt` first, then greater id first, so that the order is total. Ids are ASCII:
 * comparing them as strings agrees with SQLite's BINARY collation.
 */
export function compareNewestFirst(a: Cursor, b: Cursor): number {
  if (a.sortAt !== b.sortAt) return b.sortAt - a.sortAt;
  if (a.id === b.id) return 0;
  return a.id > b.id ? -1 : 1;
}

/** Whether an entry comes strictly after the cursor: on a later page. */
export function isAfterCursor(entry: Cursor, cursor: Cursor): boolean {
  return compareNewestFirst(cursor, entry) < 0;
}

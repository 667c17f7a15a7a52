/**
 * Decides whether an entry belongs to a query, by everything but its text, and compares entries in the order of views.
 *
 * Text is matched in `text-matches.ts`: the window does not carry it, and the Archive has indexes for it.
 */
import type { Instant } from '../../domain/instant.ts';
import { type EntryFacets, type Facet, facetNames } from '../language/facets.ts';
import { boundAt, type Cursor, type Group, type Query } from '../language/query.ts';

/** Whether a query selects an entry by its groups, bounds of time and cursor. The limit and the text do not count. */
export function matches(query: Query, entry: EntryFacets, now: Instant): boolean {
  return createMatcher(query, now)(entry);
}

type Check = (entry: EntryFacets) => boolean;

/**
 * Prepares a query for many entries. An entry is checked only for what the query asks: checking all groups and bounds of each of
 * 1,000 entries was most of what a poll of a tag feed cost after a publish.
 */
export function createMatcher(query: Query, now: Instant): Check {
  const { before } = query;
  const since = query.since === undefined ? undefined : boundAt(query.since, now);
  const until = query.until === undefined ? undefined : boundAt(query.until, now);
  const checks: Check[] = [];
  for (const facet of facetNames) {
    for (const group of query[facet]) {
      if ('anyOf' in group) checks.push(hasOne(facet, group.anyOf));
      else if (facet !== 'sources') checks.push(hasNone(facet, group.noneOf));
    }
  }
  // An unwanted source excludes an entry only when no other source brings it.
  const unwanted = query.sources.flatMap((group) => ('anyOf' in group ? [] : group.noneOf));
  if (unwanted.length > 0) checks.push(({ sources }) => sources.some((source) => !unwanted.includes(source)));
  if (since !== undefined) checks.push(({ sortAt }) => sortAt >= since);
  if (until !== undefined) checks.push(({ sortAt }) => sortAt <= until);
  if (before !== undefined) checks.push((entry) => isAfterCursor(entry, before));
  const [first = () => true, ...others] = checks;
  return others.length === 0 ? first : (entry) => checks.every((isMet) => isMet(entry));
}

function hasOne(facet: Facet, members: readonly string[]): Check {
  const [only] = members;
  if (only !== undefined && members.length === 1) return (entry) => entry[facet].includes(only);
  return (entry) => members.some((member) => entry[facet].includes(member));
}

function hasNone(facet: Facet, unwanted: readonly string[]): Check {
  return (entry) => !unwanted.some((member) => entry[facet].includes(member));
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

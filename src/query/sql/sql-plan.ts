/**
 * Chooses the index that drives an answer: the one that leaves the fewest entries to look at.
 *
 * The Archive's totals give the counts. Without counts, a single member is preferred in the order author, source, tag,
 * language, which is how selective they tend to be.
 */
import type { ByFacet, Facet } from '../language/facets.ts';
import { membersOf } from '../language/groups.ts';
import type { Group, Query } from '../language/query.ts';

/**
 * By facet: the table with a row for each entry and member, and the column of members; the most selective facets first.
 */
export const facetIndexes: ByFacet<{ readonly table: string; readonly column: string }> = {
  authors: { table: 'entry_author', column: 'author' },
  sources: { table: 'entry_source', column: 'source' },
  tags: { table: 'entry_tag', column: 'tag' },
  languages: { table: 'entry_language', column: 'language' },
};

/** How many entries the archive has of a member, at least roughly; `undefined` when unknown. */
export type CountOf = (facet: Facet, member: string) => number | undefined;

/** Finds the authors or tags of the archive that contain a term (`isFound`). */
export type FindMembers = (facet: 'authors' | 'tags', term: string) => readonly string[];

/** One group of a query and the facet whose index knows it. */
export interface FacetGroup {
  readonly facet: Facet;
  readonly group: Group;
  /** Entries of all members together, infinite when unknown. */
  readonly count: number;
}

/** Below this many entries, looking each up in the text index (0.1 ms each) costs less than walking the text's matches. */
const fewForText = 100;

/** Up to this many entries of several members are gathered and sorted; more are found by walking in order (2 us each). */
const fewToSort = 2000;

/** All groups of a query that have an index, most selective kind first; `more` are those that its text asks for. */
export function facetGroups(
  query: Query,
  countOf: CountOf,
  more: readonly Omit<FacetGroup, 'count'>[] = [],
): readonly FacetGroup[] {
  const asked = (Object.keys(facetIndexes) as Facet[]).flatMap((facet) =>
    (facet === 'sources' ? oneUnwanted(query.sources) : query[facet]).map((group) => ({ facet, group })),
  );
  return [...asked, ...more].map(({ facet, group }) => ({ facet, group, count: countGroup(facet, group, countOf) }));
}

/** Joins all unwanted sources into one group: an entry is dropped when only unwanted sources bring it. */
function oneUnwanted(groups: readonly Group[]): readonly Group[] {
  const wanted = groups.filter((group) => 'anyOf' in group);
  const noneOf = groups.flatMap((group) => ('noneOf' in group ? group.noneOf : []));
  return noneOf.length === 0 ? wanted : [...wanted, { noneOf: [...new Set(noneOf)] }];
}

function countGroup(facet: Facet, group: Group, countOf: CountOf): number {
  return membersOf(group).reduce((sum, member) => sum + (countOf(facet, member) ?? Number.POSITIVE_INFINITY), 0);
}

/** The group that drives the answer; `undefined` when the text index does, or else all entries in order. */
export function drivingGroup(groups: readonly FacetGroup[], hasText: boolean): FacetGroup | undefined {
  const usable = groups.filter(({ group, count }) => {
    if (!('anyOf' in group)) return false;
    if (hasText) return count <= fewForText;
    return group.anyOf.length === 1 || count <= fewToSort;
  });
  return usable.reduce<FacetGroup | undefined>(
    (best, candidate) => (best === undefined || candidate.count < best.count ? candidate : best),
    undefined,
  );
}

/**
 * Lists the facets: what an entry can be selected by, its text and its date aside.
 *
 * Each place that treats all facets alike goes through this list. What differs from facet to facet is a table by facet:
 * `memberReaders` (members.ts), `facetIndexes` (sql-plan.ts), `toFacets` (entry-facets.ts).
 */

/** By field of a query: the parameter of addresses, and the verb of a query in words, in the order of addresses. */
export const facets = {
  tags: { parameter: 'tag', verb: 'tagged' },
  sources: { parameter: 'source', verb: `from` },
  authors: { parameter: 'author', verb: 'by' },
  languages: { parameter: 'lang', verb: 'in' },
} as const;

/** A facet, named as the field of a query. */
export type Facet = keyof typeof facets;

/** Something for each facet. */
export type ByFacet<T> = Readonly<Record<Facet, T>>;

/** All facets, in the order of addresses. */
export const facetNames = Object.keys(facets) as readonly Facet[];

/** Makes something for each facet. */
export function byFacet<T>(make: (facet: Facet) => T): ByFacet<T> {
  return Object.fromEntries(facetNames.map((facet) => [facet, make(facet)])) as ByFacet<T>;
}

/**
 * Explains why a query does not select an entry, by testing each of its terms alone.
 */
import type { Instant } from '../../domain/instant.ts';
import { canonicalQuery } from '../language/canonical.ts';
import { type EntryFacets, facetNames } from '../language/facets.ts';
import { everything, type Query } from '../language/query.ts';
import { matches } from './matches.ts';
import { matchesText, type SearchedEntry } from './text-matches.ts';

/** The terms that exclude an entry, as they are written in an address, percent-decoded; none when the entry is selected. */
export function droppingTerms(query: Query, entry: EntryFacets & SearchedEntry, now: Instant): readonly string[] {
  return termsOf(query)
    .filter((term) => !matches(term, entry, now) || (term.text !== undefined && !matchesText(term.text, entry)))
    .map((term) => decodeURIComponent(canonicalQuery(term)));
}

/** Splits a query into queries of one term each, which together select the same. */
function termsOf(query: Query): readonly Query[] {
  const { text = [], since, until, before } = query;
  return [
    ...facetNames.flatMap((facet) => query[facet].map((group) => ({ ...everything, [facet]: [group] }))),
    ...text.map((group) => ({ ...everything, text: [group] })),
    ...(since === undefined ? [] : [{ ...everything, since }]),
    ...(until === undefined ? [] : [{ ...everything, until }]),
    ...(before === undefined ? [] : [{ ...everything, before }]),
  ];
}

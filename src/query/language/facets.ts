/**
 * Lists the facets, by which an entry can be selected: tag, source, author, language. Search words and dates are no facets.
 *
 * Code that treats all facets alike uses this list. Code that differs by facet is a table: `toFacets` (the members of an entry) below,
 * `memberReaders` (their spelling) in members.ts, `facetIndexes` in sql-plan.ts.
 */
import type { EntryId } from '../../domain/entry.ts';
import type { Instant } from '../../domain/instant.ts';
import { foldText } from './fold.ts';

/** By field of a query: the parameter of addresses, and the verb of a query in words, in the order of addresses. */
export const facets = {
  tags: { parameter: 'tag', verb: 'tagged' },
  sources: { parameter: 'source', verb: `from` },
  authors: { parameter: 'author', verb: 'by' },
  languages: { parameter: 'lang', verb: 'in' },
} as const;

/** A facet, named as the field of a query. */
export type Facet = keyof typeof facets;

/** A table with something for each facet. */
export type ByFacet<T> = Readonly<Record<Facet, T>>;

/** All facets, in the order of addresses. */
export const facetNames = Object.keys(facets) as readonly Facet[];

/** Makes a table by facet. */
export function byFacet<T>(make: (facet: Facet) => T): ByFacet<T> {
  return Object.fromEntries(facetNames.map((facet) => [facet, make(facet)])) as ByFacet<T>;
}

/** What a query sees of an entry, its text aside: its place, and its members of each facet. */
export interface EntryFacets extends ByFacet<readonly string[]> {
  readonly id: EntryId;
  readonly sortAt: Instant;
}

/** What facets are read from. */
interface FacetedEntry {
  readonly tags: readonly { readonly slug: string }[];
  /** All sources that bring it, first the one whose text is shown. */
  readonly sourceIds: readonly string[];
  readonly authors: readonly { readonly name: string }[];
  readonly language?: string | undefined;
}

/** The members of an entry, each once. */
export function toFacets({ tags, sourceIds, authors, language }: FacetedEntry): ByFacet<readonly string[]> {
  return {
    tags: tags.map(({ slug }) => slug),
    sources: sourceIds,
    authors: [...new Set(authors.map(({ name }) => foldText(name)))],
    languages: languageRanges(language),
  };
}

/**
 * Every range that contains a language (basic filtering of RFC 4647 section 3.3.1): zh and zh-hans; `und` when the language
 * is unknown.
 */
export function languageRanges(language: string | undefined): readonly string[] {
  const subtags = (language ?? 'und').toLowerCase().split('-');
  return subtags.map((_, index) => subtags.slice(0, index + 1).join('-'));
}

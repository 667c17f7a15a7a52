/**
 * Tells what an entry can be selected by. The window's index, the Archive's tables and explanations all ask here.
 */
import type { EntryId } from '../../domain/entry.ts';
import type { Instant } from '../../domain/instant.ts';
import type { ByFacet } from './facets.ts';
import { foldText } from './fold.ts';

/** An entry as a query without words sees it: its place, and its members of each facet. */
export interface EntryFacets extends ByFacet<readonly string[]> {
  readonly id: EntryId;
  readonly sortAt: Instant;
}

/** What facets are read from. */
interface FacetedEntry {
  readonly tags: readonly { readonly slug: string }[];
  /** All that bring it, the one whose words are shown first. */
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

/** Every range a language is in (basic filtering of RFC 4647 section 3.3.1): zh and zh-hans; `und` when nobody said. */
export function languageRanges(language: string | undefined): readonly string[] {
  const subtags = (language ?? 'und').toLowerCase().split('-');
  return subtags.map((_, index) => subtags.slice(0, index + 1).join('-'));
}

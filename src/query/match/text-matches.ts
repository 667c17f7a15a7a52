/**
 * Says what a text query means: the truth that the Archive's indexes are tested against, and what rules go by.
 *
 * A term of three characters or more is found anywhere in its place; a shorter one by its grams. Languages are compared as
 * ranges, and of an address any part is found.
 */
import type { EntryFacets } from '../language/facets.ts';
import { isShort, termGrams, textGrams } from '../language/grams.ts';
import type { TextQuery, TextTerm } from '../language/query.ts';
import { holds } from './matches.ts';

/** What a text query looks at. */
export interface SearchedEntry extends Pick<EntryFacets, 'authors' | 'tags' | 'languages'> {
  /** Folded by `foldText`. */
  readonly title: string;
  /** Folded by `foldText`. */
  readonly text: string;
  /** The permalink. */
  readonly url?: string;
}

/** Whether an entry answers the query. */
export function matchesText(query: TextQuery, entry: SearchedEntry): boolean {
  return holds(query, (term) => isFoundIn(entry, term));
}

function isFoundIn(entry: SearchedEntry, { text, in: place }: TextTerm): boolean {
  switch (place) {
    case 'both':
      // No term holds a line's end.
      return isFound(text, `${entry.title}\n${entry.text}`);
    case 'title':
    case 'text':
      return isFound(text, entry[place]);
    case 'author':
      return entry.authors.some((name) => isFound(text, name));
    case 'category':
      return entry.tags.some((slug) => isFound(text, slug));
    case 'lang':
      return entry.languages.includes(text);
    case 'url':
      return entry.url?.toLowerCase().includes(text) ?? false;
  }
}

/** Whether a folded term is in a folded text. */
export function isFound(term: string, text: string): boolean {
  if (!isShort(term)) return text.includes(term);
  const grams = textGrams(text);
  return termGrams(term).every((gram) => grams.has(gram));
}

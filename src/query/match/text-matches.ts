/**
 * Defines what a text query means. The Archive's indexes are tested against it, and rules use it.
 *
 * A term of three or more characters matches anywhere in its place; a shorter one by its grams. Languages are compared as
 * ranges, and any part of an address matches.
 */
import type { EntryFacets } from '../language/facets.ts';
import { isShort, termGrams, textGrams } from '../language/grams.ts';
import type { TextQuery, TextTerm } from '../language/query.ts';
import { holds } from './matches.ts';

/** The parts of an entry that a text query sees. */
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
      // No term contains a line end, so texts can be joined by one.
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

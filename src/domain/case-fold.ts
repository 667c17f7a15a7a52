/**
 * Folds text, close to NFKC_Casefold: the same word becomes the same string whatever its case, width, encoding or invisible
 * characters.
 *
 * Accents stay: "cote" and "côté" are two words.
 * @see https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/ section 3.13, Default Caseless Matching
 */
import { lazyPattern } from './lazy.ts';

const invisible = lazyPattern(String.raw`\p{Default_Ignorable_Code_Point}+`, 'gu');

/** Folds case and width; lone surrogates become U+FFFD. Idempotent. */
export function foldCase(text: string): string {
  return (
    text
      .toWellFormed()
      .normalize('NFKC')
      .toLowerCase()
      // Soft hyphens, joiners, variation selectors: invisible, so people do not type them into a search.
      .replace(invisible(), '')
      // Full case folding where lower case is not enough: sharp s, final sigma, and the dot that a lowered İ leaves.
      .replaceAll('ß', 'ss')
      .replaceAll('ς', 'σ')
      .replaceAll('i\u0307', 'i')
      .normalize('NFKC')
  );
}

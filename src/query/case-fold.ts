/**
 * NFKC_Casefold in spirit (Unicode chapter 3.13): width, compatibility forms, case and invisible characters folded away.
 */
import { lazyPattern } from '../domain/lazy-pattern.ts';

const invisible = lazyPattern(String.raw`\p{Default_Ignorable_Code_Point}+`, 'gu');

/** Folds case and width; lone surrogates become U+FFFD. Idempotent. */
export function foldCase(text: string): string {
  return (
    text
      .toWellFormed()
      .normalize('NFKC')
      .toLowerCase()
      // Soft hyphens, joiners, variation selectors: invisible, so nobody types them into a search.
      .replace(invisible(), '')
      // Full case folding where lower case is not enough: sharp s, final sigma, and the dot that a lowered İ leaves.
      .replaceAll('ß', 'ss')
      .replaceAll('ς', 'σ')
      .replaceAll('i\u0307', 'i')
      .normalize('NFKC')
  );
}

/**
 * One spelling for text that people would call the same: what is searched and what is searched for both go through it.
 *
 * NFKC_Casefold in spirit (Unicode chapter 3.13): width, compatibility forms, case and invisible characters are
 * folded away; on top of it typographic quotes and dashes become the ones on keyboards. Idempotent.
 */

/** Printable ASCII without capitals or runs of spaces: most words of most queries, returned as they are. */
const alreadyFolded = /^(?! )(?:[!-@[-~]| (?! |$))*$/;

/** Folds case, width, typographic punctuation and whitespace; lone surrogates become U+FFFD, controls become spaces. */
export function foldText(text: string): string {
  if (alreadyFolded.test(text)) return text;
  return (
    text
      .toWellFormed()
      .normalize('NFKC')
      .toLowerCase()
      // Soft hyphens, joiners, variation selectors: invisible, so nobody types them into a search.
      .replace(/\p{Default_Ignorable_Code_Point}+/gu, '')
      // Full case folding where lower case is not enough: sharp s, final sigma, and the dot that a lowered İ leaves.
      .replaceAll('ß', 'ss')
      .replaceAll('ς', 'σ')
      .replaceAll('i\u0307', 'i')
      .normalize('NFKC')
      .replace(/[‘’‚‛ʼ]/g, "'")
      .replace(/[“”„‟]/g, '"')
      .replace(/\p{Dash_Punctuation}/gu, '-')
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim()
  );
}

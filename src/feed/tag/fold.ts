/**
 * Text folded for comparison: the same word is the same string whatever its case, width or encoding.
 *
 * NFKC first (full-width letters, ligatures, composed accents), then full case folding as far as it differs from
 * lower-casing in living scripts. Accents stay: "cote" and "côté" are two words.
 * @see https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/ section 3.13, Default Caseless Matching
 */

/** Folds compatibility forms and case; folding twice is folding once. */
export function foldText(text: string): string {
  // Lower-casing can decompose (U+0130) and composing can yield what lower-casing maps, hence NFKC on both sides.
  return text.normalize('NFKC').toLowerCase().replaceAll('ß', 'ss').replaceAll('ς', 'σ').normalize('NFKC');
}

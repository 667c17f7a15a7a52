/**
 * How common trigrams and short terms are: the share of entries that hold one, from a sample of them.
 *
 * What a search costs follows from its rarest trigram: whatever the other ones, only entries that hold that one are looked
 * at more closely.
 */

import { textGrams } from '../language/grams.ts';

/** The share of entries that hold a trigram or a gram of a short term, more than 0, at most 1; at least roughly. */
export type ShareOf = (gram: string) => number;

/** Nothing is known: each may be in every entry. */
export const unknownShares: ShareOf = () => 1;

/** The trigrams of a folded text in order, as the index has them: by code points. */
export function trigramsOf(text: string): readonly string[] {
  const points = Array.from(text);
  return points.slice(2).map((point, at) => `${points[at]}${points[at + 1]}${point}`);
}

/** Shares in a sample of folded texts. */
export function createShares(texts: readonly string[]): ShareOf {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const gram of new Set([...trigramsOf(text), ...textGrams(text)]))
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  // In none of the sample it may still be somewhere.
  return (gram) => (counts.get(gram) ?? 0.5) / Math.max(1, texts.length);
}

/** The rarest of some grams, the first one of several. */
export function rarestGram(
  grams: readonly string[],
  shareOf: ShareOf,
): { readonly gram: string; readonly share: number } {
  let rarest = { gram: '', share: Number.POSITIVE_INFINITY };
  for (const gram of grams) {
    const share = shareOf(gram);
    if (share < rarest.share) rarest = { gram, share };
  }
  return rarest;
}

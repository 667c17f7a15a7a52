import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/query/language/parse-query.ts';
import { createShares, rarestGram, trigramsOf } from '../../src/query/sql/gram-shares.ts';
import { maxExamined } from '../../src/query/sql/sql-horizon.ts';
import { expectOk } from '../support/given.ts';

/** Where only what has a z in it is rare. */
function examined(phrase: string): number {
  const query = expectOk(parseQuery([['q', `"${phrase}"`]]));
  return maxExamined(query, undefined, (gram) => (gram.includes('z') ? 0.005 : 1));
}

describe('shares of grams', () => {
  const texts = ['the river', 'the bank', 'the sea 中国', 'the 😀😀😀'];
  const shareOf = createShares(texts);

  it('are the part of the sample that holds one, and more than nothing where none does', () => {
    expect(['the', 'riv', '中国', '中', 'zzz'].map(shareOf)).toEqual([1, 0.25, 0.25, 0.25, 0.125]);
  });

  it('count characters as the index does', () => {
    expect(trigramsOf('a😀😀😀')).toEqual(['a😀😀', '😀😀😀']);
    expect(trigramsOf('ab')).toEqual([]);
  });

  it('tell the rarest', () => {
    expect(rarestGram(trigramsOf('the bank'), shareOf)).toEqual({ gram: 'e b', share: 0.25 });
  });

  it('decide how far back a phrase may look: a rare one far, a common one near', () => {
    expect(examined('of the zebra')).toBeGreaterThan(40_000);
    expect(examined('of the other')).toBeLessThan(10_000);
    const common = expectOk(parseQuery([['q', 'other']]));
    expect(maxExamined(common, undefined, () => 1, 0.5)).toBe(Number.POSITIVE_INFINITY);
    expect(maxExamined(common, undefined, () => 1, 0.001)).toBeLessThan(20_000);
  });
});

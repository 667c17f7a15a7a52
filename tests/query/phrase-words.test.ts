import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textTokens } from '../../src/query/language/grams.ts';
import { canBe, wordsOfPhrase } from '../../src/query/language/phrase-words.ts';

const of = (text: string) => wordsOfPhrase({ text, in: 'both' });

describe('the words of a phrase', () => {
  it('are whole inside it, and may go on at its ends', () => {
    expect(of('iver bank, north')).toEqual([
      { text: 'iver', isBegun: false, isEnded: true },
      { text: 'bank', isBegun: true, isEnded: true },
      { text: 'north', isBegun: true, isEnded: false },
    ]);
  });

  it('are none of a single word, of short ones, and of writing without spaces', () => {
    expect(of('riverbank')).toEqual([]);
    expect(of('in the end')).toEqual([]);
    expect(of('一条河流')).toEqual([]);
    expect(of(' riverbank ')).toEqual([{ text: 'riverbank', isBegun: true, isEnded: true }]);
  });

  it('are each, as they are or longer, in every text that has the phrase', () => {
    const piece = fc.constantFrom(
      'river',
      'bank',
      'upriver',
      'x',
      ' ',
      ', ',
      '-',
      '河',
      'banks',
      "'",
      '7000',
      '\u0301',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(60), fc.nat(60), (pieces, from, length) => {
        const text = pieces.join('').trim();
        const phrase = text.slice(from, from + length);
        fc.pre(phrase.length > 0 && text.includes(phrase));
        const { words } = textTokens(text);
        for (const word of of(phrase)) expect([...words].some((held) => canBe(word, held))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../../src/query/language/fold.ts';
import { textTokens } from '../../src/query/language/grams.ts';
import { isInsideWords, partsBeginningWith, partsOf, wordOf } from '../../src/query/language/words.ts';
import { addWordsSql } from '../../src/query/sql/search-tables.ts';
import { createSearchArchive } from '../support/search-archive.ts';

function words(text: string): readonly string[] {
  return [...textTokens(foldText(text)).words];
}

/** The order of bytes, which is the index's. */
function isBefore(a: string, b: string): boolean {
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;
}

/** Whether the list of words would find the term among the words. */
function isListed(term: string, among: readonly string[]): boolean {
  const [from, to] = partsBeginningWith(term);
  return among.flatMap(partsOf).some((part) => !isBefore(part, from) && isBefore(part, to));
}

describe('the words of a text', () => {
  it('are its runs of four or more letters, marks and digits, each once', () => {
    expect(words("Rivers, RIVERS; the river's 2nd 2026 x_long-ish straße c++ rust++ C#")).toEqual([
      'rivers',
      'river',
      '2026',
      'long',
      'strasse',
      'rust',
    ]);
  });

  it('end where a script without spaces begins', () => {
    expect(words('中国river队abcd+ 한국의news 漢字かな')).toEqual(['river', 'abcd', 'news']);
  });

  it('count characters, not units', () => {
    expect(words('𐐨𐐩𐐪 𐐨𐐩𐐪𐐫')).toEqual(['𐐨𐐩𐐪𐐫']);
  });

  it('keep their marks', () => {
    expect(words('पानी ἄνδρα')).toEqual(['पानी', foldText('ἄνδρα')]);
  });

  it('are pieces of what is longer than a word, and no piece is long', () => {
    for (const letters of ['x', '𐐨', 'é']) {
      const pieces = words(letters.repeat(100_000));
      expect(Math.max(...pieces.map((piece) => Array.from(piece).length))).toBe(32);
    }
  });

  it('are no tokens that a gram could be', () => {
    const { grams, words: found } = textTokens('ai c# 中+ 中+++ abc++ 𐐨𐐩 said 5€');
    expect([...found].filter((word) => grams.has(word) || word.includes('+'))).toEqual([]);
    expect([...grams].filter((gram) => Array.from(gram).length > 2)).toEqual([]);
  });
});

describe('the parts of a word', () => {
  it('begin at each character that a term can begin at, and tell the word', () => {
    expect(partsOf('rivers')).toEqual(['rivers+', 'ivers+r', 'vers+ri']);
    expect(partsOf('rivers').map(wordOf)).toEqual(['rivers', 'rivers', 'rivers']);
  });

  it('are few for data in letters', () => {
    const letters = Array.from({ length: 2000 }, (_, at) => 'abcdefghijklmnop'.charAt((at * 7919) % 16)).join('');
    const bytes = words(letters)
      .flatMap(partsOf)
      .reduce((sum, part) => sum + part.length, 0);
    expect(bytes).toBeLessThan(40 * letters.length);
  });
});

describe('the list of words', () => {
  it('takes words without making the full-text index write out what it has gathered', () => {
    const db = createSearchArchive();
    const segments = db.prepare('SELECT count(*) AS count FROM entry_text_idx');
    const [text, words] = [db.prepare('INSERT INTO entry_text (text) VALUES (?)'), db.prepare(addWordsSql)];
    db.exec('BEGIN');
    text.run('a river');
    expect(words.all('["river","bank"]')).toHaveLength(2);
    text.run('a bank');
    expect(words.all('["river","banks"]').map((row) => row['word'])).toEqual(['banks']);
    expect(segments.get()).toEqual({ count: 0 });
    db.exec('COMMIT');
    expect(segments.get()).toEqual({ count: 1 });
    db.close();
  });
});

describe('a term', () => {
  it.each(['rive', '2026', 'привет', 'ἄνδρα', '𐐨𐐩𐐪𐐫', 'x'.repeat(24)])('%s lies inside words', (term) => {
    expect(isInsideWords(foldText(term))).toBe(true);
  });

  it.each(['riv', '𐐨𐐩𐐪', 'two words', "it's", 'c++x', 'rust++', '中国队', 'news中', '-rive', 'x'.repeat(25)])(
    '%s is left to trigrams',
    (term) => {
      expect(isInsideWords(foldText(term))).toBe(false);
    },
  );

  it('is in a text if and only if it is in one of its words', () => {
    const letters = fc.constantFrom('a', 'b', 'é', '\u0301', '1', '𐐨', 'ß', 'İ', '中', '한', ' ', '+', '#', '-', '€');
    const texts = fc.array(fc.oneof(letters, fc.constantFrom('abab', 'ba'.repeat(20), 'ab1'.repeat(30))), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(texts, fc.nat(), fc.integer({ min: 1, max: 30 }), texts, (parts, from, length, others) => {
        const text = foldText(parts.join(''));
        const characters = Array.from(text);
        const at = from % Math.max(1, characters.length);
        const terms = [characters.slice(at, at + length).join(''), foldText(others.join(''))].filter(isInsideWords);
        const found = words(text);
        for (const term of terms) expect(isListed(term, found)).toBe(text.includes(term));
      }),
      { numRuns: 5000 },
    );
  });
});

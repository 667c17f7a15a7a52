import { describe, expect, it } from 'vitest';
import type { EntryId } from '../../src/domain/entry.ts';
import { parseCursor, renderCursor } from '../../src/query/language/cursor.ts';
import { type EntryFacets, languageRanges } from '../../src/query/language/facets.ts';
import { foldText } from '../../src/query/language/fold.ts';
import { termGrams, textGrams } from '../../src/query/language/grams.ts';
import { parseQuery } from '../../src/query/language/parse-query.ts';
import type { Cursor } from '../../src/query/language/query.ts';
import { isComplete } from '../../src/query/match/completeness.ts';
import { compareNewestFirst, isAfterCursor, matches } from '../../src/query/match/matches.ts';
import { selectNewest } from '../../src/query/match/select-newest.ts';
import { matchesText } from '../../src/query/match/text-matches.ts';
import { expectOk, givenInstant } from '../support/given.ts';

const now = givenInstant('2024-05-05T12:00:00Z');
const entry: EntryFacets = {
  id: '0000000000000000000a' as EntryId,
  sortAt: givenInstant('2024-05-05T10:00:00Z'),
  tags: ['world', 'china'],
  sources: ['aaaaaaaaaaaa'],
  authors: ['ada lovelace'],
  languages: languageRanges('zh-Hans'),
};

function at(sortAt: number, id: string): Cursor {
  return { sortAt: givenInstant(sortAt), id: id as EntryId };
}

function query(search: string) {
  return expectOk(parseQuery(new URLSearchParams(search)));
}

describe('matches', () => {
  it.each([
    ['', true],
    ['tag=world', true],
    ['tag=sport,world', true],
    ['tag=world&tag=china', true],
    ['tag=world&tag=sport', false],
    ['tag=-sport', true],
    ['tag=-sport,-china', false],
    ['source=aaaaaaaaaaaa', true],
    ['source=-aaaaaaaaaaaa', false],
    ['author=Ada Lovelace', true],
    ['author=Ada', false],
    ['lang=zh', true],
    ['lang=ZH-hans', true],
    ['lang=zh-hant', false],
    ['lang=z1', undefined],
    ['lang=zho', false],
    ['lang=und', false],
    ['lang=-und', true],
    ['since=2h', true],
    ['since=7199s', false],
    ['until=2h', true],
    ['until=7201s', false],
    ['since=2024-05-05&until=2024-05-05', true],
    ['until=2024-05-04', false],
    ['since=2024-05-05T10:00:00Z', true],
    ['since=2024-05-05T10:00:00.001Z', false],
  ])('%s: %s', (search, expected) => {
    const parsed = parseQuery(new URLSearchParams(search));
    expect(parsed.ok ? matches(parsed.value, entry, now) : undefined).toBe(expected);
  });

  it('finds entries of unknown language with und', () => {
    const unknown = { ...entry, languages: languageRanges(undefined) };
    expect(matches(query('lang=und'), unknown, now)).toBe(true);
    expect(matches(query('lang=zh'), unknown, now)).toBe(false);
  });
});

describe('matchesText', () => {
  const searched = {
    title: foldText('Wer sagte: „Grüße aus C#“?'),
    text: foldText('AI said 中国A股在5月 上涨 5 €. U.S. 5月. From 12:30 at https://Example.net c++: text: x'),
    authors: [foldText('Ada Lovelace'), foldText('李白')],
    tags: ['world-news', '中国', 'c++', 'ai'],
    languages: languageRanges('zh-Hans'),
    url: 'https://example.org/Sport/%E4%B8%AD?id=5',
  };

  it.each([
    ['grüsse', true],
    ['GRÜẞE', true],
    ['aus c#', true],
    ['"aus c#"', true],
    ['"c# aus"', false],
    ['ai', true],
    ['id', false],
    ['sai', true],
    ['c#', true],
    ['中', true],
    ['国', true],
    ['中国', true],
    ['国中', false],
    ['a股', true],
    ['5月', true],
    ['5€', true],
    ['6€', false],
    ['title:ai', false],
    ['text:ai', true],
    ['title:sagte', true],
    ['text:sagte', false],
    ['-nothing', true],
    ['-said', false],
    ['nothing|said', true],
    ['said sagte', true],
    ['"c#\\n ai"', false],
    ['月上', false],
    ['"月 上"', true],
    ['author:lovelace', true],
    ['author:"ADA LOVE"', true],
    ['author:李', true],
    ['author:ad', false],
    ['author:said', false],
    ['-author:ada', false],
    ['category:news', true],
    ['category:"World News"', true],
    ['category:C++', true],
    ['category:ai', true],
    ['category:ne', false],
    ['category:中国', true],
    ['category:sport', false],
    ['lang:zh', true],
    ['lang:ZH_hans', true],
    ['lang:hans', false],
    ['-lang:en', true],
    ['url:example.org', true],
    ['url:http://example.org/sport', true],
    ['url:中', true],
    ['url:"?id=5"', true],
    ['url:example.net', false],
    ['url:x|author:ada|nothing', true],
    // Other colons are part of their words.
    ['12:30', true],
    ['https://example.net', true],
    ['c++:', true],
    ['text: x', true],
    ['"text: x"', true],
    ['tag:world-news', false],
    ['author:', false],
  ])('%s: %s', (search, expected) => {
    expect(matchesText(query(`q=${encodeURIComponent(search)}`).text ?? [], searched)).toBe(expected);
  });
});

describe('grams', () => {
  it('are whole short words where words are spaced', () => {
    expect([...textGrams('an ox is at c# and c++ e.g. said')].sort()).toEqual(['an', 'at', 'c#', 'e', 'g', 'is', 'ox']);
  });

  it('are all characters and pairs where words are not', () => {
    expect([...textGrams('中国a股 ไทย')].sort()).toEqual(
      ['中', '国', '中国', 'a', '国a', '股', 'a股', 'ไ', 'ท', 'ย', 'ไท', 'ทย'].sort(),
    );
  });

  it('of a pair are the pair alone', () => {
    expect(termGrams('中国')).toEqual(['中国']);
  });

  it('of punctuation are none', () => {
    expect(termGrams('--')).toEqual([]);
  });
});

describe('foldText', () => {
  it.each([
    ['ＡＢＣ　１２', 'abc 12'],
    ['ﾊﾝｶｸ', 'ハンカク'],
    ['Stra\u00adße', 'strasse'],
    ['ΟΔΟΣ ὁδός', 'οδοσ ὁδόσ'],
    ['İstanbul', 'istanbul'],
    ['Cafe\u0301', 'café'],
    ['“It’s”—so', `"it's"-so`],
    [' a\u0000\r\n\tb\u2028c ', 'a b c'],
    ['x\ud800y', 'x\ufffdy'],
    ['می\u200cخواهم', 'میخواهم'],
    ['❤\ufe0f', '❤'],
  ])('%j becomes %j', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });
});

describe('the order of views', () => {
  it('is newest first, then greater id first', () => {
    const sorted = [at(1, 'a'), at(2, 'a'), at(1, 'b')].sort(compareNewestFirst);
    expect(sorted).toEqual([at(2, 'a'), at(1, 'b'), at(1, 'a')]);
    expect(compareNewestFirst(at(1, 'a'), at(1, 'a'))).toBe(0);
  });

  it('has a place strictly after each cursor', () => {
    expect(isAfterCursor(at(1, 'a'), at(1, 'b'))).toBe(true);
    expect(isAfterCursor(at(1, 'b'), at(1, 'b'))).toBe(false);
    expect(isAfterCursor(at(2, 'a'), at(1, 'b'))).toBe(false);
  });

  it.each([Date.UTC(1000, 0, 1), -1, 0, Date.UTC(9999, 11, 31, 23, 59, 59, 999)])('survives a cursor at %d', (ms) => {
    const cursor = at(ms, '0123456789abcdefghij');
    expect(parseCursor(renderCursor(cursor))).toEqual(cursor);
  });
});

describe('selectNewest', () => {
  const list = ['3', '2', '1'].map((id): EntryFacets => ({ ...entry, id: id as EntryId }));

  it('says whether there is more', () => {
    expect(selectNewest(list, query('limit=2'), now)).toEqual({ positions: [0, 1], more: true });
    expect(selectNewest(list, query('limit=3'), now)).toEqual({ positions: [0, 1, 2], more: false });
  });
});

describe('isComplete', () => {
  const last = { ...entry, id: '1' as EntryId };
  const totals = { entries: 5, tags: [{ slug: 'world', count: 1 }], sources: [] };
  const isWhole = (search: string, isCut?: true): boolean => {
    const window = { entries: [last], contiguousFrom: last, totals: { ...totals, ...(isCut && { isCut }) } };
    const asked = query(search);
    return isComplete(asked, now, window, selectNewest(window.entries, asked, now));
  };

  it('knows that a tag that is not listed has no entries, unless the list is cut', () => {
    expect(isWhole('tag=unknown')).toBe(true);
    expect(isWhole('tag=unknown', true)).toBe(false);
    expect(isWhole('tag=world', true)).toBe(true);
    expect(isWhole('source=bbbbbbbbbbbb')).toBe(true);
    expect(isWhole('source=bbbbbbbbbbbb', true)).toBe(false);
  });
});

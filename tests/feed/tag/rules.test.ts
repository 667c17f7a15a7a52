import { describe, expect, it } from 'vitest';
import { toSourceId } from '../../../src/domain/source.ts';
import { compileRules, type TagRule } from '../../../src/feed/tag/rules.ts';
import { givenUrl } from '../../support/given.ts';

function slugs(rule: Partial<TagRule> & { any: string[] }, text: string, title = ''): string[] {
  return compileRules([{ tag: 'Found', ...rule }])({ title, text }).map((tag) => tag.slug);
}

describe('a keyword', () => {
  it.each([
    ['river', 'The river rose.'],
    ['RIVER', 'a river'],
    ['river', 'river'],
    ['open web', 'the Open\n  Web wins'],
    ['Straße', 'die STRASSE am Fluss'],
    ['река', 'Река течёт.'],
    ['نهر', 'هذا نهر طويل'],
    ['नदी', 'यह नदी लंबी है'],
    ['河', '大河流过城市'],
    ['档案馆', '国家档案馆开放'],
    ['図書', '市立図書館'],
    ['แม่น้ำ', 'ริมแม่น้ำโขง'],
    ['rss', '订阅RSS源'],
    ['강', '이 강은 길다'],
    ['c++', 'In C++, say'],
    ['.net', 'a .NET tool'],
    ['𠮷野', '今日は𠮷野へ'],
  ])('%s is found in %s', (keyword, text) => {
    expect(slugs({ any: [keyword] }, text)).toEqual(['found']);
  });

  it.each([
    ['river', 'rivers'],
    ['river', 'driver'],
    ['river', 'river_bed'],
    ['art', 'article'],
    ['река', 'рекам'],
    ['강', '한강은 길다'],
    ['e', 'cafe\u0323'],
    ['cafe', 'café'],
    ['', 'anything'],
    ['   ', 'any thing'],
  ])('%s is not found in %s', (keyword, text) => {
    expect(slugs({ any: [keyword] }, text)).toEqual([]);
  });

  it('is found where only a later occurrence is a whole word', () => {
    expect(slugs({ any: ['art'] }, 'articles about art')).toEqual(['found']);
  });

  it('is not a pattern', () => {
    expect(slugs({ any: ['r.v.r', '.*'] }, 'river')).toEqual([]);
  });
});

describe('a rule', () => {
  it('looks in title and text unless told otherwise', () => {
    expect(slugs({ any: ['x'] }, 'x')).toEqual(['found']);
    expect(slugs({ any: ['x'] }, '', 'x')).toEqual(['found']);
  });

  it('for the title does not look in the text, and the other way round', () => {
    expect(slugs({ any: ['x'], in: 'title' }, 'x', 'y')).toEqual([]);
    expect(slugs({ any: ['x'], in: 'text' }, 'y', 'x')).toEqual([]);
  });

  it('for a source leaves the entries of others alone', () => {
    const ours = toSourceId(givenUrl('https://a.example/'));
    const rules = compileRules([{ tag: 'Found', any: ['x'], source: ours }]);
    expect(rules({ title: 'x', text: '', sourceId: ours })).toHaveLength(1);
    expect(rules({ title: 'x', text: '', sourceId: toSourceId(givenUrl('https://b.example/')) })).toEqual([]);
    expect(rules({ title: 'x', text: '' })).toEqual([]);
  });

  it('without a usable tag matches nothing', () => {
    expect(compileRules([{ tag: '!!', any: ['x'] }])({ title: 'x', text: '' })).toEqual([]);
  });

  it('gives one tag for two rules with one slug', () => {
    const rules = compileRules([
      { tag: 'Rivers', any: ['a'] },
      { tag: 'rivers', any: ['b'] },
    ]);
    expect(rules({ title: 'a b', text: '' })).toEqual([{ slug: 'rivers', label: 'Rivers' }]);
  });
});

it('takes less than a second on a text made of near matches', () => {
  const started = performance.now();
  expect(slugs({ any: ['aaaaaaaaaab'] }, 'a'.repeat(200_000))).toEqual([]);
  expect(slugs({ any: ['a'] }, 'a'.repeat(200_000))).toEqual([]);
  expect(performance.now() - started).toBeLessThan(1000);
});

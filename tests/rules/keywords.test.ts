import { describe, expect, it } from 'vitest';
import { toEntryId } from '../../src/domain/entry.ts';
import { restoreSafeHtml } from '../../src/domain/html.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { compileRules, type RuledEntry } from '../../src/rules/compile-rules.ts';
import type { KeywordRule } from '../../src/rules/rule.ts';
import { givenUrl } from '../support/given.ts';

const ours = toSourceId(givenUrl('https://a.example/'));

function ruled(title: string, summary: string, content?: string, sourceId = ours): RuledEntry {
  return {
    entry: {
      id: toEntryId(sourceId, 'x'),
      guid: 'x',
      title,
      summary,
      authors: [],
      categories: [],
      enclosures: [],
      ...(content === undefined ? {} : { content: restoreSafeHtml(content) }),
    },
    sourceId,
    tags: [],
  };
}

function slugs(rule: Partial<KeywordRule> & { any: string[] }, text: string, title = ''): string[] {
  return compileRules([{ tag: 'Found', ...rule }])(ruled(title, text)).tagged.map(({ tag }) => tag.slug);
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
    const rules = compileRules([{ tag: 'Found', any: ['x'], source: ours }]);
    expect(rules(ruled('x', '')).tagged).toHaveLength(1);
    expect(rules(ruled('x', '', undefined, toSourceId(givenUrl('https://b.example/')))).tagged).toEqual([]);
  });

  it('without a usable tag matches nothing', () => {
    expect(compileRules([{ tag: '!!', any: ['x'] }])(ruled('x', '')).tagged).toEqual([]);
  });

  it('gives one tag for two rules with one slug', () => {
    const [first, second] = [
      { tag: 'Rivers', any: ['a'] },
      { tag: 'rivers', any: ['b'] },
    ];
    expect(compileRules([first, second])(ruled('a b', '')).tagged).toEqual([
      { tag: { slug: 'rivers', label: 'Rivers' }, rule: first },
    ]);
  });

  it('finds keywords across inline markup and entities, not across paragraphs or in attributes', () => {
    const rules = compileRules([
      { tag: 'one', any: ['river'] },
      { tag: 'two', any: ['r&d'] },
      { tag: 'three', any: ['endstart'] },
      { tag: 'four', any: ['hidden'] },
    ]);
    const html = '<p>ri<b>ver</b> and R&amp;D end</p><p>start <a href="https://x.example/hidden">y</a></p>';
    expect(rules(ruled('', '', html)).tagged.map(({ tag }) => tag.slug)).toEqual(['one', 'two']);
  });
});

it('takes less than a second on a text made of near matches', () => {
  const started = performance.now();
  expect(slugs({ any: ['aaaaaaaaaab'] }, 'a'.repeat(200_000))).toEqual([]);
  expect(slugs({ any: ['a'] }, 'a'.repeat(200_000))).toEqual([]);
  expect(performance.now() - started).toBeLessThan(1000);
});

import { describe, expect, it } from 'vitest';
import { toEntryId } from '../../src/domain/entry.ts';
import { restoreSafeHtml } from '../../src/domain/html.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { compileRules, type RuledEntry } from '../../src/rules/compile-rules.ts';
import { type DraftedRule, type Rule, ruleProblems, toRule } from '../../src/rules/rule.ts';
import { givenUrl } from '../support/given.ts';

const source = toSourceId(givenUrl('https://a.example/'));
const other = toSourceId(givenUrl('https://b.example/'));

function given(title: string, changes: Partial<RuledEntry['entry']> = {}, sourceId = source): RuledEntry {
  const entry = {
    id: toEntryId(sourceId, title),
    guid: title,
    title,
    summary: 'In short.',
    content: restoreSafeHtml('<p>The <b>River</b> rises &amp; falls.</p>'),
    url: givenUrl('https://a.example/Sport/1'),
    authors: [{ name: 'Ada Lovelace' }],
    categories: [],
    enclosures: [],
    language: 'en-GB',
    ...changes,
  };
  return { entry, sourceId, tags: [{ slug: 'world-news', label: 'World News' }] };
}

describe('a rule by a query', () => {
  it.each([
    ['title:sponsored', true],
    ['title:river', false],
    ['text:"river rises & falls"', true],
    ['author:lovelace', true],
    ['category:news', true],
    ['category:sport', false],
    ['lang:en', true],
    ['url:example/sport', true],
    ['url:example/sport -author:ada', false],
    ['nowhere|lang:en', true],
  ])('hides by %s: %s', (query, isHidden) => {
    const rule: Rule = { action: 'hide', query };
    const { hiddenBy, tagged } = compileRules([rule])(given('Sponsored: tea'));
    expect(hiddenBy).toEqual(isHidden ? rule : undefined);
    expect(tagged).toEqual([]);
  });

  it('that keeps hides the others, of its source or everywhere', () => {
    const everywhere: Rule = { action: 'keep', query: 'title:tea' };
    const ofOne: Rule = { ...everywhere, source };
    expect(compileRules([everywhere])(given('Coffee', {}, other)).hiddenBy).toEqual(everywhere);
    expect(compileRules([everywhere])(given('Tea', {}, other)).hiddenBy).toBeUndefined();
    expect(compileRules([ofOne])(given('Coffee')).hiddenBy).toEqual(ofOne);
    expect(compileRules([ofOne])(given('Coffee', {}, other)).hiddenBy).toBeUndefined();
  });

  it('that keeps is one of several that may, and a rule that hides goes before', () => {
    const rules: Rule[] = [
      { action: 'keep', query: 'title:tea' },
      { action: 'keep', query: 'title:coffee' },
      { action: 'hide', query: 'title:sponsored' },
    ];
    const decide = compileRules(rules);
    expect(decide(given('Coffee')).hiddenBy).toBeUndefined();
    expect(decide(given('Water')).hiddenBy).toEqual(rules[0]);
    expect(decide(given('Coffee, sponsored')).hiddenBy).toEqual(rules[2]);
  });

  it('tags, and does not see the tags of other rules', () => {
    const rules: Rule[] = [
      { action: 'tag', query: 'title:tea', tag: 'Drinks' },
      { action: 'tag', query: 'category:drinks', tag: 'Never' },
    ];
    expect(compileRules(rules)(given('Tea')).tagged).toEqual([
      { tag: { slug: 'drinks', label: 'Drinks' }, rule: rules[0] },
    ]);
  });

  it('that cannot be understood does nothing', () => {
    for (const action of ['hide', 'keep', 'tag'] as const) {
      expect(compileRules([{ action, query: 'lang:!', tag: 'x' }])(given('Tea'))).toEqual({ tagged: [] });
    }
  });
});

describe('a rule as it is written', () => {
  it.each<[DraftedRule, string]>([
    [{ action: 'hide' }, 'query'],
    [{ action: 'hide', query: ' ' }, 'query'],
    [{ action: 'hide', query: '&' }, 'query'],
    [{ action: 'hide', query: 'lang:!' }, 'query'],
    [{ action: 'hide', query: 'x', tag: 'X' }, 'tag'],
    [{ action: 'keep', any: ['x'] }, 'any'],
    [{ action: 'tag', query: 'x' }, 'tag'],
    [{ query: 'x', tag: '!' }, 'tag'],
    [{ query: 'x', tag: 'X', any: ['x'] }, 'any'],
    [{ query: 'x', tag: 'X', in: 'title' }, 'in'],
    [{ tag: 'X', any: [] }, 'any'],
    [{ tag: 'X' }, 'query'],
  ])('%j is wrong in %s', (rule, field) => {
    expect(ruleProblems(rule).map((problem) => problem.field)).toContain(field);
  });

  it.each<[DraftedRule, Rule]>([
    [
      { action: 'hide', query: 'title:x', source },
      { action: 'hide', query: 'title:x', source },
    ],
    [
      { query: 'x', tag: 'X' },
      { action: 'tag', query: 'x', tag: 'X' },
    ],
    [
      { tag: 'X', any: ['x'], in: 'title' },
      { tag: 'X', any: ['x'], in: 'title' },
    ],
  ])('%j is kept as %j', (drafted, rule) => {
    expect(ruleProblems(drafted)).toEqual([]);
    expect(toRule(drafted)).toEqual(rule);
  });
});

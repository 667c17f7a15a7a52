import { describe, expect, it } from 'vitest';
import { type Category, type Entry, toEntryId } from '../../../src/domain/entry.ts';
import { restoreSafeHtml, type SafeHtml } from '../../../src/domain/html.ts';
import { toSourceId } from '../../../src/domain/source.ts';
import { compileRules } from '../../../src/feed/tag/rules.ts';
import { maxCategoryTags, tagEntry } from '../../../src/feed/tag/tag-entry.ts';
import { givenUrl } from '../../support/given.ts';

const sourceId = toSourceId(givenUrl('https://a.example/feed'));
const noRules = compileRules([]);

function givenEntry(content: string, categories: Category[] = []): Entry<SafeHtml> {
  return {
    id: toEntryId(sourceId, 'x'),
    guid: 'x',
    title: 'A title',
    summary: '',
    content: restoreSafeHtml(content),
    authors: [],
    categories,
    enclosures: [],
  };
}

describe('tagEntry', () => {
  it('takes tags from categories, source, rules and place, sorted by slug, each once', () => {
    const entry = givenEntry('<p>A river.</p>', [{ term: 'world' }, { term: 'n1', label: 'News' }, { term: 'Zoo' }]);
    const tags = tagEntry(entry, {
      sourceTags: [{ slug: 'zoo', label: 'ZOO' }],
      rules: compileRules([{ tag: 'Rivers', any: ['river'] }]),
      extra: [{ slug: 'a.example', label: 'a.example' }],
    });
    expect(tags).toEqual([
      { slug: 'a.example', label: 'a.example' },
      { slug: 'news', label: 'News' },
      { slug: 'rivers', label: 'Rivers' },
      { slug: 'world', label: 'world' },
      { slug: 'zoo', label: 'ZOO' },
    ]);
  });

  it('uses the term of a category whose label is blank and leaves out one without letters', () => {
    const tags = tagEntry(givenEntry('', [{ term: 'a', label: ' ' }, { term: '***' }]), {
      sourceTags: [],
      rules: noRules,
    });
    expect(tags).toEqual([{ slug: 'a', label: 'a' }]);
  });

  it('finds keywords across inline markup and entities, not across paragraphs or in attributes', () => {
    const rules = compileRules([
      { tag: 'one', any: ['river'] },
      { tag: 'two', any: ['r&d'] },
      { tag: 'three', any: ['endstart'] },
      { tag: 'four', any: ['hidden'] },
    ]);
    const html = '<p>ri<b>ver</b> and R&amp;D end</p><p>start <a href="https://x.example/hidden">y</a></p>';
    expect(tagEntry(givenEntry(html), { sourceTags: [], rules }).map((tag) => tag.slug)).toEqual(['one', 'two']);
  });

  it('stops at the limit of categories', () => {
    const many = Array.from({ length: maxCategoryTags + 1 }, (_, index) => ({ term: `c${index}` }));
    expect(tagEntry(givenEntry('', many), { sourceTags: [], rules: noRules })).toHaveLength(maxCategoryTags);
  });

  it('applies rules of its source', () => {
    const rules = compileRules([{ tag: 'mine', any: ['title'], source: sourceId }]);
    expect(tagEntry(givenEntry(''), { sourceTags: [], rules, sourceId })).toHaveLength(1);
    expect(tagEntry(givenEntry(''), { sourceTags: [], rules })).toEqual([]);
  });
});

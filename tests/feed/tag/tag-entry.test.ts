import { describe, expect, it } from 'vitest';
import { type Category, type Entry, toEntryId } from '../../../src/domain/entry.ts';
import { restoreSafeHtml, type SafeHtml } from '../../../src/domain/html.ts';
import { toSourceId } from '../../../src/domain/source.ts';
import { maxCategoryTags, tagEntry } from '../../../src/feed/tag/tag-entry.ts';
import { givenUrl } from '../../support/given.ts';

const sourceId = toSourceId(givenUrl('https://a.example/feed'));

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
  it('takes tags from categories, source and place, sorted by slug, each once', () => {
    const entry = givenEntry('', [{ term: 'world' }, { term: 'n1', label: 'News' }, { term: 'Zoo' }]);
    const tags = tagEntry(entry, [
      { slug: 'zoo', label: 'ZOO' },
      { slug: 'a.example', label: 'a.example' },
    ]);
    expect(tags).toEqual([
      { slug: 'a.example', label: 'a.example' },
      { slug: 'news', label: 'News' },
      { slug: 'world', label: 'world' },
      { slug: 'zoo', label: 'ZOO' },
    ]);
  });

  it('uses the term of a category whose label is blank and leaves out one without letters', () => {
    const tags = tagEntry(givenEntry('', [{ term: 'a', label: ' ' }, { term: '***' }]), []);
    expect(tags).toEqual([{ slug: 'a', label: 'a' }]);
  });

  it('stops at the limit of categories', () => {
    const many = Array.from({ length: maxCategoryTags + 1 }, (_, index) => ({ term: `c${index}` }));
    expect(tagEntry(givenEntry('', many), [])).toHaveLength(maxCategoryTags);
  });
});

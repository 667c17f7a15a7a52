import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxSlugLength } from '../../../src/domain/tag.ts';
import { toSeedTags, toTag } from '../../../src/feed/tag/tag-entry.ts';

function slugOf(label: string): string | undefined {
  return toTag(label)?.slug;
}

describe('toTag', () => {
  it.each([
    ['Rivers', 'rivers'],
    ['dw.com', 'dw.com'],
    ['C++', 'c++'],
    ['C#', 'c#'],
    ['snake_case', 'snake_case'],
    ['中国 新闻', '中国-新闻'],
    ['Ｆｕｌｌ　ｗｉｄｔｈ', 'full-width'],
    ['Straße', 'strasse'],
    ['STRASSE', 'strasse'],
    ['ΠΟΤΑΜΟΣ', 'ποταμοσ'],
    ['ποταμός', 'ποταμόσ'],
    ['أنهار وبحيرات', 'أنهار-وبحيرات'],
    ['हिन्दी', 'हिन्दी'],
    ['Open  Web / Standards', 'open-web-standards'],
    ['rock & roll', 'rock-roll'],
    ['C++ & .NET', 'c++-net'],
    ['#water', 'water'],
    ['-not', 'not'],
    ['Inc.', 'inc'],
    ['U.S.', 'u.s'],
    ['pt-BR', 'pt-br'],
    ['a,b', 'a-b'],
    ['İstanbul', 'istanbul'],
    ['İ', 'i'],
  ])('%s becomes %s', (label, slug) => {
    expect(slugOf(label)).toBe(slug);
  });

  it.each(['', '   ', '.', '..', '---', '+', '🎉', '\u0301', '\ud800'])('%j is no tag', (label) => {
    expect(toTag(label)).toBeUndefined();
  });

  it('is the same for composed and decomposed accents', () => {
    expect(slugOf('cafe\u0301')).toBe(slugOf('caf\u00e9'));
  });

  it('drops joiners, soft hyphens and direction marks', () => {
    expect(slugOf('\u200fمی\u200cخواهم\u00ad')).toBe('میخواهم');
  });

  it('keeps the label as written, on one line', () => {
    expect(toTag('  Open\n Web ')).toEqual({ slug: 'open-web', label: 'Open Web' });
  });

  it('cuts a long slug between characters, never before a mark', () => {
    const slug = slugOf('e'.repeat(maxSlugLength - 1) + 'q\u0303\u0323'.repeat(5));
    expect(slug).toBe('e'.repeat(maxSlugLength - 1));
  });

  it('cuts a long slug outside surrogate pairs', () => {
    expect(Array.from(slugOf('𠮷'.repeat(300)) ?? '')).toEqual(Array.from('𠮷'.repeat(maxSlugLength)));
  });

  it('is idempotent, bounded and safe as a path segment and in a query, for any label', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 150 }), (label) => {
        const tag = toTag(label);
        if (tag === undefined) return;
        expect(tag.slug).toMatch(/^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}.+#_-]*[\p{L}\p{M}\p{N}+#])?$/u);
        expect(tag.slug).not.toContain('--');
        expect(Array.from(tag.slug).length).toBeLessThanOrEqual(maxSlugLength);
        expect(slugOf(tag.slug)).toBe(tag.slug);
        expect(decodeURIComponent(encodeURIComponent(tag.slug))).toBe(tag.slug);
        expect(tag.label.isWellFormed()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

it('makes a tag of each label and of the language, once', () => {
  const tags = toSeedTags(['World', 'dw.com', '河流', 'world', '!'], 'zh');
  expect(tags.map((tag) => tag.slug)).toEqual(['world', 'dw.com', '河流', 'zh']);
  expect(tags[0]?.label).toBe('World');
});

it('tags a regional language as the language too', () => {
  expect(toSeedTags([], 'pt-BR').map((tag) => tag.slug)).toEqual(['pt-br', 'pt']);
});

it('knows no language tag before the language is known', () => {
  expect(toSeedTags(['a'], undefined)).toHaveLength(1);
});

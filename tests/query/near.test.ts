import { describe, expect, it } from 'vitest';
import { nearSlugs } from '../../src/query/language/near.ts';
import { leastProcessorMs } from '../support/processor-time.ts';

const known = [
  'world',
  'world-news',
  'china',
  'chile',
  'sport',
  'sports',
  'technology',
  'c++',
  'c',
  '中国',
  '中国-新闻',
  'it',
];

describe('nearSlugs', () => {
  it.each([
    ['wrold', ['world']],
    ['worl', ['world', 'world-news']],
    ['worlds', ['world']],
    ['news', ['world-news']],
    ['chine', ['china', 'chile']],
    ['sprots', ['sports', 'sport']],
    ['tecnology', ['technology']],
    ['中国新闻', ['中国-新闻']],
    ['中', ['中国', '中国-新闻']],
    ['xyzzy', []],
    ['', []],
    ['x', []],
  ])('of %s are %j', (slug, near) => {
    expect(nearSlugs(slug, known)).toEqual(near);
  });

  it('never include the slug itself, and never more than asked for', () => {
    expect(nearSlugs('sport', known)).toEqual(['sports']);
    expect(nearSlugs('c', known, 2)).toEqual(['china', 'chile']);
  });

  it('are found among 10,000 tags in little time, however hostile the slug', () => {
    const many = Array.from({ length: 10_000 }, (_, n) => `${'abcdefghij'.slice(n % 7)}-${n}-${'tag'.repeat(n % 20)}`);
    nearSlugs('warm', many);
    const find = (): void => {
      nearSlugs('a'.repeat(1_000_000), many);
      nearSlugs('abcdefghij-999-tagtagtag', many);
    };
    expect(leastProcessorMs(find, 150)).toBeLessThan(150);
  });
});

import { expect, it } from 'vitest';
import { toSeedTags } from '../../../src/feed/tag/seed-tags.ts';

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

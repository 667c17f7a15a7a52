import { expect, it } from 'vitest';
import { describeQuery } from '../../src/http/query-words.ts';
import { parseQuery } from '../../src/query/language/parse-query.ts';
import { expectOk } from '../support/given.ts';

it.each([
  ['q=cat|dog', 'with “cat” or “dog”'],
  ['q=title:cat|dog', 'with “cat” in the title or “dog”'],
  ['q=author:"Ada L" -author:eve', 'by “ada l”, not by “eve”'],
  ['q=category:World', 'in a category like “world”'],
  ['q=lang:zh|lang:ja', 'in Japanese or Chinese'],
  ['q=url:example.org/中', 'with “example.org/中” in the address'],
  ['q=url:x|author:ada', 'by “ada” or with “x” in the address'],
  ['q=-url:ads -lang:de', 'not with “ads” in the address or in German'],
])('%s is said as: %s', (search, words) => {
  const query = expectOk(parseQuery(new URLSearchParams(search)));
  expect(describeQuery(query, { tags: [], sources: [] })).toBe(words);
});

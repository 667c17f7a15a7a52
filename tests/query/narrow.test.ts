import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { narrowQuery } from '../../src/query/language/narrow.ts';
import type { Query } from '../../src/query/language/query.ts';
import { arbitraryArchive, arbitraryQuery, askedAt, naiveAnswer } from '../support/arbitrary-query.ts';

const all = (query: Query): Query => ({ ...query, limit: 1000 });

describe('a query inside another', () => {
  it('selects exactly what both select', () => {
    fc.assert(
      fc.property(arbitraryArchive, arbitraryQuery, arbitraryQuery, (archive, outer, inner) => {
        const { before: _, ...saved } = outer;
        const narrowed = narrowQuery(saved, inner, askedAt);
        fc.pre(narrowed.ok);
        const ofOuter = new Set(naiveAnswer(archive, all(saved)).ids);
        const both = naiveAnswer(archive, all(inner)).ids.filter((id) => ofOuter.has(id));
        expect(naiveAnswer(archive, all(narrowed.value)).ids).toEqual(both);
      }),
      { numRuns: 1000 },
    );
  });

  it('is the outer one when the inner asks for nothing', () => {
    fc.assert(
      fc.property(arbitraryQuery, (query) => {
        const empty = {
          tags: [],
          sources: [],
          authors: [],
          languages: [],
          limit: 50,
          content: 'full',
          titles: 'plain',
        } as const;
        expect(narrowQuery(query, empty, askedAt)).toEqual({ ok: true, value: query });
      }),
    );
  });
});

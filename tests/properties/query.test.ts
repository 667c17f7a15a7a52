/**
 * Laws of the query language: canonical text is a fixed point, nothing throws, and the window never answers wrongly.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceId } from '../../src/domain/source.ts';
import { toTag } from '../../src/feed/tag/tag-entry.ts';
import { canonicalQuery } from '../../src/query/language/canonical.ts';
import { foldText } from '../../src/query/language/fold.ts';
import { isSearchable } from '../../src/query/language/grams.ts';
import { memberReaders } from '../../src/query/language/members.ts';
import { parameterNames, parseQuery } from '../../src/query/language/parse-query.ts';
import { isComplete } from '../../src/query/match/completeness.ts';
import { selectNewest } from '../../src/query/match/select-newest.ts';
import { arbitraryArchive, arbitraryParams, arbitraryQuery, askedAt, naiveAnswer } from '../support/arbitrary-query.ts';
import { expectOk } from '../support/given.ts';

const reparse = (canonical: string) => parseQuery(new URLSearchParams(canonical));

describe('canonical text', () => {
  it('reads back as the query it was written from', () => {
    fc.assert(
      fc.property(arbitraryQuery, (query) => {
        expect(expectOk(reparse(canonicalQuery(query)))).toEqual(query);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads back for any text whatever', () => {
    const anyPair = fc.tuple(fc.constantFrom(...parameterNames), fc.string({ unit: 'binary', maxLength: 30 }));
    fc.assert(
      fc.property(fc.array(anyPair, { maxLength: 4 }), (params) => {
        const query = parseQuery(params);
        expect(query.ok ? reparse(canonicalQuery(query.value)) : query).toEqual(query);
      }),
      { numRuns: 3000 },
    );
  }, 30_000);

  it('passes through the URL parser byte for byte', () => {
    fc.assert(
      fc.property(arbitraryQuery, (query) => {
        const canonical = canonicalQuery(query);
        expect(new URL(`https://example.org/rss.xml?${canonical}`).search.slice(1)).toBe(canonical);
      }),
    );
  });

  it('does not depend on the order of parameters, on case, width or repetition', () => {
    fc.assert(
      fc.property(arbitraryParams, fc.nat(), (params, turn) => {
        const query = parseQuery(params);
        const at = params.length === 0 ? 0 : turn % params.length;
        const turned = [...params.slice(at), ...params.slice(0, at), ...params];
        const wide = turned.map(([name, value]): [string, string] => [name, name === 'before' ? value : widen(value)]);
        expect(query.ok ? parseQuery(wide) : query).toEqual(query);
      }),
      { numRuns: 1000 },
    );
  });
});

/** Full-width forms of ASCII letters in upper case. */
function widen(value: string): string {
  return value.toUpperCase().replace(/[A-Z]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0));
}

describe('parseQuery', () => {
  it('never throws and always explains, whatever is sent', () => {
    const name = fc.oneof(
      fc.constantFrom(...parameterNames, 'filter', 'filterout_title', 'filter_time', 'brief', '__proto__'),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, fc.string({ unit: 'binary', maxLength: 60 })), { maxLength: 80 }),
        (params) => {
          const query = parseQuery(params);
          if (query.ok) return;
          expect(query.failure.length).toBeGreaterThan(0);
          for (const problem of query.failure) {
            expect(problem.detail).not.toBe('');
            expect(JSON.stringify(problem)).toBe(JSON.stringify(problem).toWellFormed());
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('tags in a query', () => {
  it('are the slugs that tagging makes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (label) => {
        const slug = toTag(label)?.slug;
        expect(slug === undefined ? undefined : expectOk(memberReaders.tags(slug))).toBe(slug);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('foldText', () => {
  it('folds what is folded already to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('folds every character to something that stays', () => {
    const unassigned = /[\p{Cn}\p{Co}]/u;
    const unstable: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const character = String.fromCodePoint(code);
      if (unassigned.test(character)) continue;
      const once = foldText(`a${character}b`);
      if (foldText(once) !== once) unstable.push(code.toString(16));
    }
    expect(unstable).toEqual([]);
  });

  it('makes letters and numbers of any kind searchable', () => {
    const letter = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 1 })
      .filter((text) => /[\p{L}\p{N}]/u.test(text));
    fc.assert(
      fc.property(letter, (text) => {
        const folded = foldText(text);
        expect(folded === '' || isSearchable(folded)).toBe(true);
      }),
    );
  });
});

describe('a window that says it is complete', () => {
  it('answers as the whole archive does', () => {
    const claims = { complete: 0, ask: 0 };
    fc.assert(
      fc.property(
        arbitraryArchive,
        arbitraryQuery,
        fc.nat(),
        fc.array(fc.nat(), { maxLength: 10 }),
        (archive, query, cut, extra) => {
          const contiguous = archive.length === 0 ? 0 : 1 + (cut % archive.length);
          const kept = new Set(extra.map((n) => n % Math.max(1, archive.length)));
          const entries = archive.filter((_, position) => position < contiguous || kept.has(position));
          const oldest = archive[contiguous - 1];
          const window = {
            entries,
            ...(oldest !== undefined && { contiguousFrom: oldest }),
            totals: {
              entries: archive.length,
              tags: [
                ...Map.groupBy(
                  archive.flatMap((entry) => entry.tags),
                  (slug) => slug,
                ),
              ].map(([slug, all]) => ({ slug, count: all.length })),
              sources: [
                ...Map.groupBy(
                  archive.flatMap((entry) => entry.sources),
                  (id) => id,
                ),
              ].map(([id, all]) => ({ id: id as SourceId, count: all.length })),
            },
          };
          const found = selectNewest(entries, query, askedAt);
          const answer = { ids: found.positions.map((position) => entries[position]?.id), more: found.more };
          const claimed = isComplete(query, askedAt, window, found);
          claims[claimed ? 'complete' : 'ask'] += 1;
          expect(claimed ? answer : undefined).toEqual(claimed ? naiveAnswer(archive, query) : undefined);
        },
      ),
      { numRuns: 5000 },
    );
    // Both happen often enough for the law to mean something.
    expect(Math.min(claims.complete, claims.ask)).toBeGreaterThan(500);
  });
});

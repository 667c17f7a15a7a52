/**
 * A phrase that has a seldom word is found by reading the texts that have the word: the same entries as by its definition.
 */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EntryId } from '../../src/domain/entry.ts';
import type { SourceId } from '../../src/domain/source.ts';
import type { ArchiveState } from '../../src/platform/archive/ground/state.ts';
import type { FoundPlaces } from '../../src/platform/archive/rows/read-entries.ts';
import { findAmongFew } from '../../src/platform/archive/search/phrases.ts';
import { spellOut } from '../../src/platform/archive/search/spelling.ts';
import { parseQuery } from '../../src/query/language/parse-query.ts';
import type { Query } from '../../src/query/language/query.ts';
import { arbitraryArchive, askedAt, naiveAnswer, type TextualFacts } from '../support/arbitrary-query.ts';
import { expectOk } from '../support/given.ts';
import { inNewArchive } from '../support/random-archive.ts';

function find(archive: ArchiveState, query: Query): FoundPlaces | undefined {
  return findAmongFew(archive, spellOut(archive.sql, query), askedAt);
}

function givenTexts(texts: readonly string[]): readonly TextualFacts[] {
  return texts.map((text, at) => ({
    id: String(at).padStart(20, '0') as EntryId,
    sortAt: (askedAt - at * 3_600_000) as typeof askedAt,
    tags: [],
    source: 'aaaaaaaaaaaa' as SourceId,
    authors: [],
    title: '',
    text,
  }));
}

function idsOf(found: FoundPlaces | undefined): readonly string[] | undefined {
  return found?.places.map((place) => place.id);
}

const asked = (q: string, limit = '50'): Query =>
  expectOk(
    parseQuery([
      ['q', q],
      ['limit', limit],
    ]),
  );

it('any part of any text is found in it, and where else it is', async () => {
  let read = 0;
  const place = fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(40), fc.integer({ min: 1, max: 9 }));
  await fc.assert(
    fc.asyncProperty(arbitraryArchive, fc.array(place, { minLength: 25, maxLength: 25 }), async (entries, places) => {
      await inNewArchive('phrases', entries, (archive) => {
        for (const [which, from, length, limit] of places) {
          const text = entries[which % Math.max(1, entries.length)]?.text ?? '';
          const part = text
            .slice(from % Math.max(1, text.length))
            .slice(0, length)
            .replaceAll('"', ' ')
            .trim();
          const query = parseQuery([
            ['q', `"${part}"`],
            ['limit', String(limit)],
          ]);
          const found = query.ok ? find(archive, query.value) : undefined;
          if (!query.ok || found === undefined) continue;
          read += 1;
          const expected = naiveAnswer(entries, query.value);
          expect(idsOf(found)).toEqual(expected.ids);
          expect(found.more).toBe(expected.more);
        }
      });
    }),
    { numRuns: 60 },
  );
  expect(read).toBeGreaterThan(100);
}, 120_000);

it('reads no more texts than an answer may cost', async () => {
  const common = Array.from({ length: 200 }, (_, at) => `a quern ${at % 2 === 0 ? 'by' : 'in'} the river`);
  const seldom = Array.from({ length: 20 }, (_, at) => `the sluice ${at % 2 === 0 ? 'by' : 'in'} the river`);
  const entries = givenTexts([...common, ...seldom]);
  await inNewArchive('phrases', entries, (archive) => {
    expect(find(archive, asked('"quern by the river"'))).toBeUndefined();
    const query = asked('"the sluice by the"', '4');
    expect(idsOf(find(archive, query))).toEqual(naiveAnswer(entries, query).ids);
    expect(find(archive, query)?.more).toBe(true);
    expect(idsOf(find(archive, asked('"the sluic by the"')))).toEqual([]);
    expect(idsOf(find(archive, asked('"luice by the" -quern')))).toHaveLength(10);
    expect(find(archive, asked('-"the sluice by the"'))).toBeUndefined();
    expect(find(archive, asked('sluice'))).toBeUndefined();
  });
});

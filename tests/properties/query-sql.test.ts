/**
 * The law of the Archive's answers: SQL selects what the definition of a query says, in the same order, whatever the plan.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EntryId } from '../../src/domain/entry.ts';
import { toInstant } from '../../src/domain/instant.ts';
import { everything, type Query } from '../../src/query/language/query.ts';
import { compareNewestFirst } from '../../src/query/match/matches.ts';
import { toSql } from '../../src/query/sql/sql.ts';
import { horizonSql } from '../../src/query/sql/sql-horizon.ts';
import type { CountOf } from '../../src/query/sql/sql-plan.ts';
import { arbitraryArchive, arbitraryQuery, askedAt, naiveAnswer } from '../support/arbitrary-query.ts';
import { addEntries, createSearchArchive, findMembersIn, idsOf, retireEntry } from '../support/search-archive.ts';

/** Knowledge of sizes that leads to each kind of plan: none, all rare, all frequent, or a mixture. */
const counts: fc.Arbitrary<CountOf> = fc.constantFrom<CountOf>(
  () => undefined,
  () => 1,
  () => 1_000_000,
  (facet) => (facet === 'tags' ? 10 : 4000),
  (_, member) => member.length * 40,
);

/** Times stretched by a random factor, so that entries share spans, or have one each, or lie far apart. */
const stretch = fc.constantFrom(1, 60, 5000);

describe('the Archive', () => {
  it('answers as the definition does', () => {
    fc.assert(
      fc.property(
        arbitraryArchive,
        arbitraryQuery,
        counts,
        stretch,
        fc.nat(),
        (archive, query, countOf, factor, turn) => {
          const entries = archive.map((entry) => ({ ...entry, sortAt: stretched(entry.sortAt, factor) }));
          const asked = stretchedQuery(query, factor);
          const retired = turn % 2 === 0 ? entries[0] : undefined;
          const kept = entries.filter((entry) => entry !== retired);
          const db = createSearchArchive();
          addEntries(db, turn % 3 === 0 ? entries : entries.toReversed());
          if (retired !== undefined) retireEntry(db, retired.id);
          const { ids, more } = naiveAnswer(kept, asked);
          // A walk that must be able to stop takes another way than one that may go to the end.
          const oldest = { sortAt: toInstant(Date.UTC(1000, 0, 1)) ?? askedAt, id: '0'.repeat(20) as EntryId };
          const end = turn % 5 < 2 ? { oldest } : {};
          const findMembers = findMembersIn(entries);
          const found = idsOf(db, toSql({ query: asked, now: askedAt, order: 'DESC', countOf, findMembers, ...end }));
          db.close();
          expect(found.slice(0, asked.limit)).toEqual(ids);
          expect(found.length > asked.limit).toBe(more);
        },
      ),
      { numRuns: 2000 },
    );
  }, 60_000);

  it('pages a common word in order, within spans of time and across them', () => {
    fc.assert(
      fc.property(
        arbitraryArchive,
        stretch,
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        (archive, factor, limit, turn) => {
          const entries = archive
            .map((entry) => ({ ...entry, sortAt: stretched(entry.sortAt, factor), text: 'everywhere' }))
            .toSorted((a, b) => (a.id < b.id ? turn % 2 : -1));
          const db = createSearchArchive();
          addEntries(db, entries);
          const before = entries[turn % Math.max(1, entries.length)];
          const query: Query = {
            ...everything,
            limit,
            text: [{ anyOf: [{ text: 'everywhere', in: 'text' }] }],
            ...(turn % 5 > 0 && before !== undefined && { before }),
          };
          const found = idsOf(db, toSql({ query, now: askedAt, order: 'DESC' }));
          db.close();
          expect(found).toEqual(naiveAnswer(entries.toSorted(compareNewestFirst), { ...query, limit: limit + 1 }).ids);
        },
      ),
      { numRuns: 500 },
    );
  }, 60_000);

  it('knows the page before every page, whatever the plan', () => {
    fc.assert(
      fc.property(arbitraryArchive, arbitraryQuery, counts, stretch, (archive, query, countOf, factor) => {
        const entries = archive.map((entry) => ({ ...entry, sortAt: stretched(entry.sortAt, factor) }));
        const { before: _, ...start } = stretchedQuery(query, factor);
        const db = createSearchArchive();
        addEntries(db, entries.toReversed());
        const all = naiveAnswer(entries, { ...start, limit: 1000 }).ids;
        const placeAt = (position: number) => entries.find((entry) => entry.id === all[position]);
        for (let page = 1; page * start.limit < all.length; page += 1) {
          const before = placeAt(page * start.limit - 1);
          if (before === undefined) throw new Error('a page begins nowhere');
          const walk = { now: askedAt, order: 'ASC', countOf, findMembers: findMembersIn(entries) } as const;
          const found = idsOf(db, toSql({ ...walk, query: { ...start, before } }));
          const newer = all.slice(Math.max(0, (page - 1) * start.limit - 1), page * start.limit);
          expect(found).toEqual(newer.toReversed());
        }
        db.close();
      }),
      { numRuns: 1000 },
    );
  }, 60_000);

  it('reaches everything exactly once, page by page and horizon by horizon', () => {
    fc.assert(
      fc.property(arbitraryArchive, arbitraryQuery, fc.integer({ min: 1, max: 7 }), (archive, query, examined) => {
        const db = createSearchArchive();
        addEntries(db, archive);
        const { before: _, ...start } = query;
        const walked: string[] = [];
        let next: Query | undefined = start;
        for (let pages = 0; next !== undefined && pages < 200; pages += 1) {
          const page: Query = next;
          const findMembers = findMembersIn(archive);
          const walk = { query: page, now: askedAt, order: 'DESC', findMembers } as const;
          const horizon = horizonSql(walk, examined);
          const row = horizon === undefined ? undefined : db.prepare(horizon.sql).get(...horizon.params);
          const oldest =
            row === undefined
              ? undefined
              : { sortAt: Number(row['sort_at']) as typeof askedAt, id: String(row['id']) as EntryId };
          const found = idsOf(db, toSql({ ...walk, ...(oldest !== undefined && { oldest }) }));
          const shown = found.slice(0, page.limit);
          walked.push(...shown);
          const last = archive.find((entry) => entry.id === shown.at(-1));
          const before = found.length > page.limit ? last : oldest;
          next = before === undefined ? undefined : { ...start, before };
        }
        db.close();
        expect(walked).toEqual(naiveAnswer(archive, { ...start, limit: 1000 }).ids);
      }),
      { numRuns: 500 },
    );
  }, 60_000);
});

function stretched(at: number, factor: number): typeof askedAt {
  return toInstant(askedAt + (at - askedAt) * factor) ?? askedAt;
}

function stretchedQuery(query: Query, factor: number): Query {
  const bound = <K extends 'since' | 'until'>(side: K) => {
    const value = query[side];
    if (value === undefined) return {};
    return {
      [side]:
        value.kind === 'age' ? { ...value, ms: value.ms * factor } : { ...value, at: stretched(value.at, factor) },
    };
  };
  const before =
    query.before === undefined ? {} : { before: { ...query.before, sortAt: stretched(query.before.sortAt, factor) } };
  return { ...query, ...bound('since'), ...bound('until'), ...before };
}

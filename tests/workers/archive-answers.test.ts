/**
 * The Archive's answers inside the runtime, on its own SQLite: the window, the Archive and the definition of a query agree.
 */
import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FeedFormat, feedFormats } from '../../src/domain/view.ts';
import { createAnswers } from '../../src/platform/archive/answers/answer-query.ts';
import { findPlaces } from '../../src/platform/archive/answers/find-places.ts';
import { everything, type Query } from '../../src/query/language/query.ts';
import { joinGzip } from '../../src/window/gzip-join.ts';
import { selectFromWindow } from '../../src/window/select.ts';
import type { SelectedEntry } from '../../src/window/selection.ts';
import { arbitraryArchive, arbitraryQuery, askedAt, naiveAnswer } from '../support/arbitrary-query.ts';
import { readPublished } from '../support/published-archive.ts';
import { inNewArchive } from '../support/random-archive.ts';

/** What an answer says of an entry. */
function stateOf({ id, sortAt, modified, sequence, digest }: SelectedEntry): readonly unknown[] {
  return [id, sortAt, modified, sequence, digest];
}

const queries = fc.array(arbitraryQuery, { minLength: 40, maxLength: 40 });

describe('entries recorded before content had a column of its own', () => {
  it('are answered with the same bytes', async () => {
    const entries = fc.sample(arbitraryArchive, { numRuns: 20, seed: 5 }).flat();
    const known = new Map(entries.map((entry) => [entry.id, entry]));
    await inNewArchive('random', [...known.values()], (archive) => {
      const all = { ...everything, limit: 200 };
      const held = archive.sql.exec<{ n: number }>('SELECT COUNT(content) AS n FROM entry').one().n;
      expect(held).toBeGreaterThan(10);
      const now = feedFormats.map((format) => createAnswers(archive)(all, format, askedAt).bytes);
      archive.sql.exec(
        `UPDATE entry SET body = json_set(body, '$.content', CAST(content AS TEXT)), content = NULL WHERE content IS NOT NULL`,
      );
      const before = feedFormats.map((format) => createAnswers(archive)(all, format, askedAt).bytes);
      expect(now.map((bytes) => Buffer.from(bytes))).toEqual(before.map((bytes) => Buffer.from(bytes)));
    });
  });
});

describe('a random archive', () => {
  it('is answered from by the window and by the Archive as the definition says, in every format', async () => {
    let fromWindow = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryArchive, queries, async (entries, asked) => {
        await inNewArchive('random', entries, async (archive) => {
          const answer = createAnswers(archive);
          const window = await readPublished(archive);
          for (const [at, query] of asked.entries()) {
            const expected = naiveAnswer(entries, query);
            const format = feedFormats[at % feedFormats.length] as FeedFormat;
            const found = answer(query, format, askedAt);
            expect(found.entries.map((entry) => entry.id)).toEqual(expected.ids);
            expect(found.more).toBe(expected.more);
            const chosen = selectFromWindow(window.index, query, askedAt);
            if (chosen === undefined) continue;
            fromWindow += 1;
            expect(chosen.entries.map(stateOf)).toEqual(found.entries.map(stateOf));
            const pieces = await window.fragments(format, chosen.entries);
            expect(gunzipSync(joinGzip(pieces))).toEqual(Buffer.from(found.bytes));
            expect(chosen.more).toBe(found.more);
          }
        });
      }),
      { numRuns: 60 },
    );
    expect(fromWindow).toBeGreaterThan(200);
  }, 120_000);

  it('is reached whole, page by page, when each answer looks only so far back', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryArchive, queries, fc.integer({ min: 1, max: 7 }), async (entries, asked, examined) => {
        await inNewArchive('random', entries, (archive) => {
          for (const query of asked.slice(0, 10)) {
            const { before: _, ...start } = query;
            const walked: string[] = [];
            let page: Query | undefined = start;
            for (let pages = 0; page !== undefined && pages < 100; pages += 1) {
              const { places, more, horizon } = findPlaces(archive, page, askedAt, examined);
              walked.push(...places.map((at) => at.id));
              const last = places.at(-1);
              const next = horizon ?? (last === undefined ? undefined : { sortAt: last.sort_at, id: last.id });
              page =
                more && next !== undefined ? { ...start, before: next as NonNullable<Query['before']> } : undefined;
            }
            expect(walked).toEqual(naiveAnswer(entries, { ...start, limit: 1000 }).ids);
          }
        });
      }),
      { numRuns: 30 },
    );
  }, 120_000);
});

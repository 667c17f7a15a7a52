import { runInDurableObject } from 'cloudflare:test';
import { expect, it, vi } from 'vitest';
import { rowsPerCheck, rowsPerEntry } from '../../scripts/budget/plan-day.ts';
import { readChecks } from '../../src/domain/check-history.ts';
import { toEntryId } from '../../src/domain/entry.ts';
import type { SafeHtml } from '../../src/domain/html.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { toInitialState } from '../../src/domain/source-state.ts';
import { wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { createJobs } from '../../src/platform/archive/jobs/claim-jobs.ts';
import { writeRecording } from '../../src/platform/archive/jobs/record-jobs.ts';
import { createPush } from '../../src/platform/archive/push/push.ts';
import { findState, writeSource } from '../../src/platform/archive/rows/source-rows.ts';
import { givenSource } from '../support/archive-objects.ts';
import { bindings } from '../support/given-owner.ts';

vi.setConfig({ testTimeout: 30_000 });

const now = 1_795_000_000_000 as Instant;

it('a check and an entry cost the rows that the budget plans with', async () => {
  const rows = await runInDurableObject(bindings.ARCHIVE.getByName('rows'), (_, { storage }) => {
    let written = 0;
    const { sql } = storage;
    const archive = wakeArchive(storage);
    const source = givenSource('rows.example');
    writeSource(sql, source);
    const counting = {
      ...archive,
      sql: {
        exec: (query: string, ...given: unknown[]) => {
          const cursor = sql.exec(query, ...given);
          const all = cursor.toArray();
          written += cursor.rowsWritten;
          return {
            toArray: () => all,
            one: () => all[0],
            rowsWritten: cursor.rowsWritten,
            [Symbol.iterator]: () => all.values(),
          };
        },
      } as unknown as SqlStorage,
    };
    const text = Array.from({ length: 300 }, (_, place) => `word${place}`).join(' ');
    let checks = 0;
    const record = (count: number, from: number): number => {
      written = 0;
      checks += 1;
      const lastCheckedAt = (now + checks * 3_600_000) as Instant;
      const lastOutcome = count === 0 ? 'not-modified' : 'updated';
      const state = { ...toInitialState(now), lastDocumentAt: now, lastCheckedAt, lastOutcome };
      writeRecording(
        counting,
        {
          kind: 'source',
          sourceId: source.id,
          state,
          entries: Array.from({ length: count }, (_, place) => ({
            entry: {
              id: toEntryId(source.id, `${from + place}`),
              guid: `https://rows.example/${from + place}`,
              url: `https://rows.example/${from + place}`,
              title: `Entry ${from + place}`,
              summary: text.slice(0, 280),
              content: `<p>${text} ${from + place}</p>` as SafeHtml,
              published: (now - place) as Instant,
              language: 'en',
              authors: [{ name: 'Ada' }],
              categories: [],
              enclosures: [],
            },
            sourceId: source.id,
            tags: [
              { slug: 'one', label: 'One' },
              { slug: 'two', label: 'Two' },
            ],
            contentHash: `${from + place}`,
          })),
        } as never,
        now,
      );
      return written;
    };
    record(1, 0);
    const check = record(0, 0);
    const entry = (record(20, 1) - check) / 20;
    return { check, entry, history: readChecks(findState(sql, source.id) ?? {}) };
  });
  expect(rows.check).toBe(rowsPerCheck);
  expect(rows.history).toMatchObject([
    { outcome: 'updated', found: 1, added: 1 },
    { outcome: 'not-modified' },
    { outcome: 'updated', found: 20, added: 20, revised: 0 },
  ]);
  expect(rows.entry).toBeLessThanOrEqual(rowsPerEntry);
  expect(rows.entry).toBeGreaterThan(rowsPerEntry / 2);
});

async function nobodyIsTold(): Promise<void> {
  expect.unreachable('there is nobody to tell');
}

it('telling receivers costs four short reads while there are none, and writes nothing', async () => {
  const costs = await runInDurableObject(bindings.ARCHIVE.getByName('nobody'), (_, { storage }) => {
    const statements: string[] = [];
    const { sql } = storage;
    const archive = wakeArchive(storage);
    const counting = {
      exec: (query: string, ...given: unknown[]) => {
        statements.push(query);
        return sql.exec(query, ...given);
      },
    } as unknown as SqlStorage;
    const writes = (): number => sql.exec<{ writes: number }>('SELECT total_changes() AS writes').one().writes;
    const before = writes();
    const manners = { concurrency: 1, pauseMs: 0 };
    const jobs = createJobs(sql, manners, 20_000, now);
    const push = createPush({ ...archive, sql: counting }, jobs, nobodyIsTold, true, () => now);
    push.soon(true);
    const perCall = statements.length;
    push.soon(false);
    push.beginRound();
    return { perCall, all: statements.length, written: writes() - before, tables: statements.join(' ') };
  });
  expect(costs.perCall).toBeLessThanOrEqual(4);
  expect(costs.all).toBeLessThanOrEqual(8);
  expect(costs.written).toBe(0);
  expect(costs.tables).not.toMatch(/\b(?:entry|new_entry)\b/);
});

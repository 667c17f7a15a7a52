import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it, vi } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import { type Source, toSourceId } from '../../src/domain/source.ts';
import { toInitialState } from '../../src/domain/source-state.ts';
import { createJobs, type Jobs } from '../../src/platform/archive-jobs.ts';
import { writeSource, writeState } from '../../src/platform/archive-sources.ts';
import { givenUrl } from '../support/given.ts';
import { bindings } from '../support/given-owner.ts';

vi.setConfig({ testTimeout: 30_000 });

const now = 1_795_000_000_000 as Instant;
const whenever = Number.MAX_SAFE_INTEGER as Instant;

function feed(address: string): Source {
  const url = givenUrl(address);
  return {
    id: toSourceId(url),
    kind: 'feed',
    url,
    title: address,
    tags: [],
    enabled: true,
    fullText: false,
    maxEntries: 0,
    declaredBy: 'api',
  };
}

/** Sources of an Archive of its own: `later` are due in an hour, the others now. */
function withJobs<T>(
  name: string,
  sources: readonly Source[],
  later: readonly Source[],
  work: (jobs: Jobs, sql: SqlStorage) => T,
): Promise<T> {
  return runInDurableObject(bindings.ARCHIVE.getByName(name), (_, state) => {
    const { sql } = state.storage;
    for (const source of sources) writeSource(sql, source);
    for (const source of later) {
      writeSource(sql, source);
      writeState(sql, source.id, { ...toInitialState(now), nextCheckAt: (now + 3_600_000) as Instant });
    }
    return work(createJobs(sql, { pauseMs: 1000, concurrency: 1 }), sql);
  });
}

describe('a refresh on demand', () => {
  const [a1, a2, b1] = [feed('https://a.test/1'), feed('https://a.test/2'), feed('https://b.test/1')];

  it('takes one job per host and lets the others follow, due or not', async () => {
    await withJobs('forced', [], [a1, a2, b1], (jobs) => {
      const { jobs: taken, waiting } = jobs.demand(whenever, now, () => true);
      expect([taken.length, waiting]).toEqual([2, 1]);
      const first = taken.find((job) => job.kind === 'source' && job.sourceId !== b1.id);
      const next = first === undefined ? undefined : jobs.finish(first, now);
      expect(next?.afterMs).toBe(1000);
      expect(next === undefined ? 0 : jobs.dueAt(next.job, now)).toBeGreaterThan(now + 3_600_000 - 1);
    });
  });

  it('takes nothing that is not due unless it is forced', async () => {
    await withJobs('due', [a1], [b1], (jobs) => {
      expect(jobs.demand(now, now, () => true)).toMatchObject({ jobs: [{ sourceId: a1.id }], waiting: 0 });
      expect(jobs.demand(now, now, () => true)).toEqual({ jobs: [], waiting: 0 });
    });
  });

  it('keeps waiting through a wake-up of the cron, and is not counted twice', async () => {
    await withJobs('cron', [], [a1, a2], (jobs) => {
      const { jobs: taken } = jobs.demand(whenever, now, () => true);
      expect(jobs.claim(now, now, 100)).toEqual([]);
      expect(jobs.demand(whenever, now, () => true)).toEqual({ jobs: [], waiting: 0 });
      expect(jobs.counts(now)).toEqual({ inFlight: 1, waiting: 1 });
      expect(taken[0] === undefined ? undefined : jobs.finish(taken[0], now)).toBeDefined();
      expect(jobs.counts(now)).toEqual({ inFlight: 1, waiting: 0 });
    });
  });

  it('leaves a host alone that asked for patience', async () => {
    await withJobs('patience', [], [a1, b1], (jobs) => {
      const [asked] = jobs.demand(whenever, now, ({ sourceId }) => sourceId === a1.id).jobs;
      if (asked !== undefined) jobs.finish(asked, now, [{ host: 'a.test', ms: 60_000 }]);
      expect(jobs.demand(whenever, now, () => true)).toMatchObject({ jobs: [{ sourceId: b1.id }], waiting: 0 });
    });
  });
});

describe('what is due', () => {
  const [a1, a2] = [feed('https://a.test/1'), feed('https://a.test/2')];

  it('is counted until somebody takes it, and never for what is stopped', async () => {
    await withJobs('count', [a1], [], (jobs, sql) => {
      writeSource(sql, a2);
      writeState(sql, a2.id, { ...toInitialState(now), stopped: true });
      expect(jobs.due(now)).toEqual({ count: 1 });
      jobs.claim(now, now, 100);
      expect(jobs.due(now)).toEqual({ count: 0 });
      expect(jobs.counts(now).inFlight).toBe(1);
      // A consumer that vanished holds its claim for its lease only.
      expect(jobs.due((now + 6 * 60_000) as Instant)).toEqual({ count: 1 });
    });
  });
});

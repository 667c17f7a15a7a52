import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it, vi } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import { type Source, type SourceId, toSourceId } from '../../src/domain/source.ts';
import { toInitialState } from '../../src/domain/source-state.ts';
import type { RefreshJob } from '../../src/pipeline/recording.ts';
import { readMeta } from '../../src/platform/archive/ground/meta.ts';
import { createJobs, type Jobs } from '../../src/platform/archive/jobs/jobs.ts';
import { createQueueBudget } from '../../src/platform/archive/jobs/queue-budget.ts';
import { writeSource, writeState } from '../../src/platform/archive/rows/source-rows.ts';
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
  perDay = Number.POSITIVE_INFINITY,
): Promise<T> {
  return runInDurableObject(bindings.ARCHIVE.getByName(name), (_, state) => {
    const { sql } = state.storage;
    for (const source of sources) writeSource(sql, source);
    for (const source of later) {
      writeSource(sql, source);
      writeState(sql, source.id, { ...toInitialState(now), nextCheckAt: (now + 3_600_000) as Instant });
    }
    return work(createJobs(sql, { pauseMs: 1000, concurrency: 1 }, createQueueBudget(sql, perDay)), sql);
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

describe('a visit to a host', () => {
  const [a1, a2] = [feed('https://a.test/1'), feed('https://a.test/2')];

  it('takes the place of a job, and hands on the job that waited', async () => {
    await withJobs('visit', [a1], [], (jobs) => {
      expect(jobs.enter('a.test', now, 10_000)).toBe(0);
      expect(jobs.enter('a.test', now, 10_000)).toBeUndefined();
      expect(jobs.claim(now, now, 100)).toEqual([]);
      const next = jobs.leave('a.test', now, []);
      expect(next).toEqual({ job: { kind: 'source', sourceId: a1.id }, afterMs: 1000 });
      expect(jobs.enter('a.test', now, 10_000)).toBeUndefined();
    });
  });

  it('waits for the pause after a job, and not for a host that asked to be left alone', async () => {
    await withJobs('visit-after', [a2], [], (jobs) => {
      const [job] = jobs.claim(now, now, 100);
      if (job !== undefined) jobs.finish(job, now);
      expect(jobs.enter('a.test', now, 500)).toBeUndefined();
      expect(jobs.enter('a.test', now, 10_000)).toBe(1000);
      expect(jobs.leave('a.test', now, [{ host: 'a.test', ms: 5000 }])).toBeUndefined();
      expect(jobs.enter('a.test', now, 10_000)).toBeUndefined();
    });
  });
});

function idsOf(jobs: readonly RefreshJob[]): readonly string[] {
  return jobs.map((job) => (job.kind === 'source' ? job.sourceId : job.entryId));
}

describe('the budget of Queue operations', () => {
  const feeds = Array.from({ length: 6 }, (_, place) => feed(`https://host-${place}.test/1`));
  const sixOfOne = Array.from({ length: 6 }, (_, place) => feed(`https://one.test/${place}`));
  const dayMs = 86_400_000;

  it('hands out what the day has messages for, and what did not fit first the next time', async () => {
    await withJobs(
      'budget',
      feeds,
      [],
      (jobs, sql) => {
        const first = idsOf(jobs.claim(now, now, 100));
        expect(first.length).toBe(2);
        for (const [place, id] of first.entries()) {
          writeState(sql, id as SourceId, { ...toInitialState(now), nextCheckAt: (now + 1 + place) as Instant });
          jobs.finish({ kind: 'source', sourceId: id as SourceId }, now);
        }
        expect(jobs.claim(now, now, 100)).toEqual([]);
        const later = (now + dayMs) as Instant;
        const second = idsOf(jobs.claim(later, later, 100));
        expect(second.length).toBe(2);
        expect(second.filter((id) => first.includes(id))).toEqual([]);
      },
      10,
    );
  });

  it('holds for the jobs that follow one another at a host', async () => {
    await withJobs(
      'budget-of-a-host',
      sixOfOne,
      [],
      (jobs) => {
        const [first] = jobs.claim(now, now, 100);
        const second = first === undefined ? undefined : jobs.finish(first, now)?.job;
        expect(second).toBeDefined();
        expect(second === undefined ? undefined : jobs.finish(second, now)).toBeUndefined();
        expect(jobs.counts(now)).toEqual({ inFlight: 0, waiting: 0 });
        expect(jobs.due(now).count).toBe(6);
      },
      10,
    );
  });

  it('is never overdrawn, however often the Archive restarts', async () => {
    await withJobs('budget-restarts', [], [], (_, sql) => {
      const taken: { at: number; count: number }[] = [];
      for (let minute = 0; minute < 3 * 24 * 60; minute += 15) {
        const at = (now + minute * 60_000) as Instant;
        const budget = createQueueBudget(sql, 1000);
        const count = Math.min(minute < 24 * 60 ? 5 : 40, budget.left(at));
        budget.take(count, at);
        taken.push({ at, count });
      }
      const inADay = taken.map(({ at }) =>
        taken.filter((one) => one.at > at - dayMs && one.at <= at).reduce((sum, one) => sum + one.count, 0),
      );
      expect(Math.max(...inADay)).toBeLessThanOrEqual(1000);
      expect(inADay.at(-1)).toBeGreaterThan(750);
    });
  });

  it('costs an Archive that stays awake one row while much is left', async () => {
    await withJobs('budget-rows', [], [], (_, sql) => {
      const budget = createQueueBudget(sql, 1000);
      const written = new Set<string | undefined>();
      for (let minute = 0; minute < 24 * 60; minute += 15) {
        budget.take(5, (now + minute * 60_000) as Instant);
        written.add(readMeta(sql, 'queue_budget'));
      }
      expect(written.size).toBe(1);
    });
  });
});

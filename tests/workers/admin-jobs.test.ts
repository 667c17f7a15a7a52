import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it, vi } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import { type Source, toSourceId } from '../../src/domain/source.ts';
import { toInitialState } from '../../src/domain/source-state.ts';
import { createJobs, type Jobs } from '../../src/platform/archive/jobs/claim-jobs.ts';
import { writeSource, writeState } from '../../src/platform/archive/rows/source-rows.ts';
import { createArchiveWriter } from '../../src/platform/archive-doors.ts';
import { givenUrl } from '../support/given.ts';
import { ask, bindings, own } from '../support/given-owner.ts';

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

const manners = { pauseMs: 1000, concurrency: 1 };

function wake(sql: SqlStorage, at: number = now): Jobs {
  return createJobs(sql, manners, 45_000, at as Instant);
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
    return work(wake(sql), sql);
  });
}

describe('a refresh on demand', () => {
  const [a1, a2, b1] = [feed('https://a.test/1'), feed('https://a.test/2'), feed('https://b.test/1')];

  it('takes one job per host and lets the others follow, due or not', async () => {
    await withJobs('forced', [], [a1, a2, b1], (jobs) => {
      const { jobs: taken, waiting } = jobs.demand(whenever, now, () => true);
      expect([taken.length, waiting]).toEqual([2, 1]);
      const first = taken.find(({ host }) => host === 'a.test');
      const next = first === undefined ? undefined : jobs.finish(first.job, now);
      expect(next === undefined ? undefined : jobs.open(next.job, next.host, now, false)).toBe(1000);
      expect(next === undefined ? 0 : jobs.dueAt(next.job, now)).toBeGreaterThan(now + 3_600_000 - 1);
    });
  });

  it('takes nothing that is not due unless it is forced', async () => {
    await withJobs('due', [a1], [b1], (jobs) => {
      expect(jobs.demand(now, now, () => true)).toMatchObject({ jobs: [{ job: { sourceId: a1.id } }], waiting: 0 });
      expect(jobs.demand(now, now, () => true)).toEqual({ jobs: [], waiting: 0 });
    });
  });

  it('keeps waiting through a wake-up of the cron, and is not counted twice', async () => {
    await withJobs('cron', [], [a1, a2], (jobs) => {
      const { jobs: taken } = jobs.demand(whenever, now, () => true);
      expect(jobs.claim(now, now, 100)).toEqual([]);
      expect(jobs.demand(whenever, now, () => true)).toEqual({ jobs: [], waiting: 0 });
      expect(jobs.counts(now)).toEqual({ inFlight: 1, waiting: 1 });
      expect(taken[0] === undefined ? undefined : jobs.finish(taken[0].job, now)).toBeDefined();
      expect(jobs.counts(now)).toEqual({ inFlight: 1, waiting: 0 });
    });
  });

  it('leaves a host alone that asked for patience', async () => {
    await withJobs('patience', [], [a1, b1], (jobs) => {
      const [asked] = jobs.demand(whenever, now, ({ sourceId }) => sourceId === a1.id).jobs;
      if (asked !== undefined) jobs.finish(asked.job, now, [{ host: 'a.test', ms: 60_000 }]);
      expect(jobs.demand(whenever, now, () => true)).toMatchObject({
        jobs: [{ job: { sourceId: b1.id } }],
        waiting: 0,
      });
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
      expect(jobs.enter('a.test', now, 10_000)).toBe('busy');
      expect(jobs.claim(now, now, 100)).toEqual([]);
      const next = jobs.leave('a.test', now, []);
      expect(next).toEqual({ job: { kind: 'source', sourceId: a1.id }, host: 'a.test' });
      expect(jobs.enter('a.test', now, 10_000)).toBe('busy');
    });
  });

  it('waits for the pause after a job, and not for a host that asked to be left alone', async () => {
    await withJobs('visit-after', [a2], [], (jobs) => {
      const [taken] = jobs.claim(now, now, 100);
      if (taken !== undefined) jobs.finish(taken.job, now);
      expect(jobs.enter('a.test', now, 500)).toBe('busy');
      expect(jobs.enter('a.test', now, 10_000)).toBe(1000);
      expect(jobs.leave('a.test', now, [{ host: 'a.test', ms: 5000 }])).toBeUndefined();
      expect(jobs.enter('a.test', now, 10_000)).toBe('resting');
    });
  });
});

describe('what is stopped', () => {
  it('is not asked when the owner forces a refresh of everything', async () => {
    const [a1, b1] = [feed('https://a.test/1'), feed('https://b.test/1')];
    await withJobs('forced-stopped', [a1], [], (jobs, sql) => {
      writeSource(sql, b1);
      writeState(sql, b1.id, { ...toInitialState(now), stopped: true });
      const { jobs: taken } = jobs.demand(whenever, now, () => true);
      expect(taken.map(({ host }) => host)).toEqual(['a.test']);
    });
  });
});

describe('a clock that was ahead', () => {
  const [a1, a2] = [feed('https://a.test/1'), feed('https://b.test/1')];
  const dayMs = 86_400_000;

  it('leaves no source that is never asked again: a check more than a week away is due', async () => {
    await withJobs('clock', [], [], (jobs, sql) => {
      for (const [source, days] of [
        [a1, 3650],
        [a2, 6],
      ] as const) {
        writeSource(sql, source);
        writeState(sql, source.id, { ...toInitialState(now), nextCheckAt: (now + days * dayMs) as Instant });
      }
      expect(jobs.due(now)).toMatchObject({ count: 1 });
      expect(jobs.claim(now, now, 100).map(({ host }) => host)).toEqual(['a.test']);
    });
  });

  it('leaves no host that is never asked again', async () => {
    await withJobs('clock-hosts', [a1], [], (jobs, sql) => {
      const ahead = (now + 3650 * dayMs) as Instant;
      expect(jobs.enter('a.test', ahead, 0)).toBe(0);
      jobs.leave('a.test', ahead, [{ host: 'a.test', ms: 60_000 }]);
      expect(jobs.claim(now, now, 100)).toHaveLength(1);
      expect(wake(sql).claim(now, now, 100)).toHaveLength(1);
    });
  });
});

describe('Retry-After', () => {
  it('silences the other feeds of a host for a day at most', async () => {
    await withJobs('ten-years', [feed('https://a.test/1')], [], (jobs) => {
      jobs.enter('a.test', now, 0);
      jobs.leave('a.test', now, [{ host: 'a.test', ms: 10 * 365 * 86_400_000 }]);
      expect(jobs.restingHosts(now)).toEqual(new Map([['a.test', now + 86_400_000]]));
      const tomorrow = (now + 86_400_001) as Instant;
      expect(jobs.claim(now, now, 100)).toEqual([]);
      expect(jobs.claim(tomorrow, tomorrow, 100)).toHaveLength(1);
    });
  });
});

describe('a feed whose host told another feed to wait', () => {
  it('says so, and when it is asked then', async () => {
    const [told, sibling] = [feed('https://told.river.org/1'), feed('https://told.river.org/2')];
    await runInDurableObject(bindings.ARCHIVE.getByName('archive'), (_, { storage }) => {
      for (const source of [told, sibling]) {
        writeSource(storage.sql, source);
        writeState(storage.sql, source.id, { ...toInitialState(Date.now() as Instant), lastOutcome: 'updated' });
      }
    });
    const writer = createArchiveWriter(bindings);
    await writer.enterHost('told.river.org', 0);
    await writer.leaveHost('told.river.org', [{ host: 'told.river.org', ms: 3_600_000 }]);
    const state = (await own('GET', `/admin/api/sources/${sibling.id}`)).json['state'];
    expect(state).toMatchObject({ nextCheckWhy: 'told.river.org asked all its readers for patience (Retry-After)' });
    const { json } = await ask('GET', '/health');
    expect(json['queue']).toMatchObject({ restingHosts: 1 });
  });
});

describe('an Archive that restarts', () => {
  const [a1, a2] = [feed('https://a.test/1'), feed('https://a.test/2')];

  it('asks no host whose request may still be out, and asks it again when that must have ended', async () => {
    await withJobs('restart', [a1, a2], [], (jobs, sql) => {
      const [taken] = jobs.claim(now, now, 100);
      if (taken !== undefined) jobs.open(taken.job, taken.host, now, false);
      jobs.noteOpen(now);
      const soon = (now + 1000) as Instant;
      const woken = wake(sql, soon);
      expect(woken.claim(soon, soon, 100)).toEqual([]);
      // The same message once more, while the first delivery is at it.
      expect(taken && woken.open(taken.job, taken.host, soon, false)).toBeUndefined();
      expect(woken.enter('a.test', soon, 10_000)).toBe('busy');
      const later = (now + 46_000) as Instant;
      expect(wake(sql, later).claim(later, later, 100)).toHaveLength(1);
      expect(woken.claim(later, later, 100)).toHaveLength(1);
    });
  });

  it('asks a host again at once when the outcome of its request is there', async () => {
    await withJobs('restart-done', [a1, a2], [], (jobs, sql) => {
      const [taken] = jobs.claim(now, now, 100);
      if (taken !== undefined) jobs.open(taken.job, taken.host, now, false);
      jobs.noteOpen(now);
      const checkedAt = (now + 500) as Instant;
      const id = taken?.job.kind === 'source' ? taken.job.sourceId : a1.id;
      writeState(sql, id, { ...toInitialState((now + 3_600_000) as Instant), lastCheckedAt: checkedAt });
      expect(wake(sql, now + 1000).claim(now, (now + 1000) as Instant, 100)).toHaveLength(1);
    });
  });

  it('opens a message of the time before only when its host is free', async () => {
    await withJobs('restart-message', [a1, a2], [], (jobs) => {
      const [taken] = jobs.claim(now, now, 100);
      const other = [a1, a2].find(({ id }) => taken?.job.kind === 'source' && id !== taken.job.sourceId) ?? a1;
      expect(jobs.open({ kind: 'source', sourceId: other.id }, 'a.test', now, false)).toBeUndefined();
    });
  });
});

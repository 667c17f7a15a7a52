import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../src/domain/result.ts';
import { type Source, toSourceId } from '../../src/domain/source.ts';
import { toInitialState } from '../../src/domain/source-state.ts';
import { parseConfig } from '../../src/pipeline/config.ts';
import type { JobMessage } from '../../src/pipeline/job-message.ts';
import type { ArchiveWriter, DeliveredJob, OpenedJob } from '../../src/pipeline/ports.ts';
import { jobOf, type Recording, type RefreshJob } from '../../src/pipeline/recording.ts';
import { type BatchPorts, type Delivery, refreshBatch } from '../../src/pipeline/refresh-batch.ts';
import { expectOk, givenInstant, givenUrl } from '../support/given.ts';

const now = givenInstant('2026-11-22T10:30:00Z');

function address(name: string): string {
  return `https://${name}.test/feed.xml`;
}

function opened(name: string): OpenedJob {
  const url = givenUrl(address(name));
  const source: Source = {
    id: toSourceId(url),
    kind: 'feed',
    url,
    title: name,
    tags: [],
    enabled: true,
    fullText: false,
    maxEntries: 0,
    declaredBy: 'api',
  };
  return { kind: 'source', source, state: { ...toInitialState(now), validators: { etag: '"1"' } } };
}

function job(name: string): RefreshJob {
  return { kind: 'source', sourceId: toSourceId(givenUrl(address(name))) };
}

const feed = `<rss version="2.0"><channel><title>T</title><item><guid>1</guid><title>One</title></item></channel></rss>`;

/** A world that notes every call; names of sources say how they answer: `new` a feed, `slow` late, `bug` a throw. */
function given(names: readonly string[], changes: Partial<ArchiveWriter> = {}) {
  const noted = {
    opens: 0,
    records: [] as string[][],
    sent: [] as JobMessage[],
    done: [] as string[],
    pauses: [] as number[],
    thrown: [] as [string, string][],
  };
  const again: string[] = [];
  const timers: (() => void)[] = [];
  const { promise: slow, resolve: answerSlow } = Promise.withResolvers<void>();
  const nameOf = (recording: Recording): string => names.find((name) => isSame(jobOf(recording), job(name))) ?? '?';
  const ports: BatchPorts = {
    archive: {
      loadSeeds: async () => 0,
      retireExpired: async () => 0,
      claimDue: async () => [],
      enterHost: async () => 0,
      leaveHost: async () => undefined,
      unknownEntries: async (_, candidates) => candidates.map(({ id }) => ({ id })),
      openJobs: async (deliveries: readonly DeliveredJob[]) => {
        noted.opens += 1;
        const known = deliveries.map(({ job: one }) => names.find((name) => isSame(one, job(name))) ?? 'other');
        return { opened: known.map((name) => ({ job: opened(name), restMs: name === 'other' ? 700 : 0 })), next: [] };
      },
      record: async (recordings) => {
        noted.records.push(recordings.map(nameOf));
        return recordings.map(() => ok({ added: 0, revised: 0 }));
      },
      ...changes,
    },
    retrieve: async ({ url }) => {
      const name = names.find((known) => address(known) === url) ?? '';
      if (name.startsWith('bug')) throw new Error('a bug of ours');
      if (name.startsWith('slow')) await slow;
      const answer = { url, validators: {}, freshness: {}, redirects: {}, pauses: [], conditional: true };
      if (!name.startsWith('new')) return ok({ kind: 'not-modified', ...answer });
      const bytes = new TextEncoder().encode(feed);
      return ok({ kind: 'document', ...answer, bytesDigest: 'new', document: { bytes, url } });
    },
    config: expectOk(parseConfig({})),
    now: () => now,
    jitter: () => 0,
    pause: async (ms) => void noted.pauses.push(ms),
    logThrown: (one, error) =>
      void noted.thrown.push([names.find((name) => isSame(one, job(name))) ?? '?', String(error)]),
    log: () => undefined,
    enqueue: async (messages) => void noted.sent.push(...messages),
    later: (_, work) => {
      timers.push(work);
      return () => void timers.splice(timers.indexOf(work), 1);
    },
  };
  const deliveries = names.map(
    (name): Delivery => ({
      message: { jobs: [job(name)] },
      isRetry: false,
      done: () => void noted.done.push(name),
      again: () => void again.push(name),
    }),
  );
  const inOneMessage: Delivery = {
    message: { jobs: names.map(job) },
    isRetry: false,
    done: () => void noted.done.push('all'),
    again: () => void again.push('all'),
  };
  const run = (as: readonly Delivery[] = deliveries) => refreshBatch(ports, as);
  return { run, inOneMessage, noted, again, timers, answerSlow };
}

function isSame(a: RefreshJob, b: RefreshJob): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const ten = Array.from({ length: 10 }, (_, place) => `same-${place}`);

it('calls the Archive twice for a batch of unchanged sources', async () => {
  const { run, noted, again, timers } = given(ten);
  await run();
  expect([noted.opens, noted.records.length]).toEqual([1, 1]);
  expect(noted.records.flat().toSorted()).toEqual(ten);
  expect(noted.done.toSorted()).toEqual(ten);
  expect([again, timers]).toEqual([[], []]);
});

it('writes what came with entries at once and alone', async () => {
  const { run, noted } = given(['new-1', 'same-1', 'new-2', 'same-2']);
  await run();
  expect(new Set(noted.records.map(String))).toEqual(new Set(['new-1', 'new-2', 'same-1,same-2']));
  expect(noted.done.length).toBe(4);
});

it('lets a slow source hold up nobody', async () => {
  const { run, noted, timers, answerSlow } = given(['slow-1', ...ten]);
  const running = run();
  while (noted.records.length === 0) {
    await Promise.resolve();
    if (timers.length > 0 && noted.opens === 1) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const fire of timers.slice()) fire();
  }
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(noted.done.toSorted()).toEqual(ten);
  answerSlow();
  await running;
  expect(noted.done.length).toBe(11);
});

it('delivers again what threw, and nothing else', async () => {
  const { run, noted, again } = given(['bug-1', 'same-1', 'same-2']);
  await run();
  expect(noted.done.toSorted()).toEqual(['same-1', 'same-2']);
  expect([again, noted.thrown]).toEqual([['bug-1'], [['bug-1', 'Error: a bug of ours']]]);
});

it('delivers again what could not be written, and nothing else', async () => {
  const { run, noted, again } = given(['same-1', 'same-2'], {
    record: async () => [fail('the disk is full'), ok({ added: 0, revised: 0 })],
  });
  await run();
  expect([again, noted.thrown, noted.done]).toEqual([['same-1'], [['same-1', 'the disk is full']], ['same-2']]);
});

async function unreachable(): Promise<never> {
  throw new Error('gone');
}

it('finds everything due again when the Archive cannot be reached, and delivers again what could not be written', async () => {
  const before = given(['same-1', 'same-2'], { openJobs: unreachable });
  await before.run();
  expect([before.again, before.noted.done]).toEqual([[], ['same-1', 'same-2']]);
  const after = given(['same-1', 'new-1'], { record: unreachable });
  await after.run();
  expect(after.again.toSorted()).toEqual(['new-1', 'same-1']);
  expect(after.noted.done).toEqual([]);
});

const other = { job: job('other'), host: 'other.test' };

it('hands out what hosts have next when there is nothing to do', async () => {
  const { run, noted } = given(['same-1'], {
    openJobs: async () => ({ opened: [undefined], next: [other] }),
  });
  await run();
  expect([noted.sent, noted.done]).toEqual([[{ jobs: [other.job] }], ['same-1']]);
});

describe('a message of several jobs', () => {
  it('is done when all of them are written', async () => {
    const { run, inOneMessage, noted } = given(['new-1', 'same-1', 'same-2']);
    await run([inOneMessage]);
    expect([noted.opens, noted.done]).toEqual([1, ['all']]);
  });

  it('is split when one of them threw: only that one comes again', async () => {
    const { run, inOneMessage, noted, again } = given(['bug-1', 'same-1']);
    await run([inOneMessage]);
    expect([noted.sent, noted.done, again]).toEqual([[{ jobs: [job('bug-1')], isRetry: true }], ['all'], []]);
  });

  it('is split before anything is asked when its first delivery came to nothing', async () => {
    const { run, inOneMessage, noted } = given(['bug-1', 'same-1']);
    await run([{ ...inOneMessage, isRetry: true }]);
    expect(noted.opens).toBe(0);
    expect(noted.sent.map(({ jobs }) => jobs)).toEqual([[job('bug-1')], [job('same-1')]]);
  });

  it('comes again whole when it cannot be split', async () => {
    const { run, inOneMessage, again } = given(['bug-1', 'same-1']);
    await run([{ ...inOneMessage, message: { jobs: [job('bug-1')] } }]);
    expect(again).toEqual(['all']);
  });
});

it('goes on with the next job of a host after its pause, ten in one invocation', async () => {
  const receipts = ok({ added: 0, revised: 0, next: other });
  const { run, noted } = given(['same-1'], { record: async (recordings) => recordings.map(() => receipts) });
  await run();
  expect(noted.pauses).toEqual(Array(9).fill(700));
  expect([noted.sent, noted.done]).toEqual([[{ jobs: [other.job] }], ['same-1']]);
});

it('goes on with the next job of a host while another host is slow', async () => {
  let recorded = 0;
  const { run, noted, timers, answerSlow } = given(['slow-1', 'same-1'], {
    record: async (recordings) => {
      recorded += 1;
      return recordings.map(() => ok({ added: 0, revised: 0, ...(recorded === 1 && { next: other }) }));
    },
  });
  const running = run();
  for (let turn = 0; turn < 20 && noted.pauses.length === 0; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    for (const fire of timers.slice()) fire();
  }
  expect(noted.pauses).toEqual([700]);
  answerSlow();
  await running;
});

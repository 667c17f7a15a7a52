import { expect, it } from 'vitest';
import { fail, ok } from '../../src/domain/result.ts';
import { type Source, toSourceId } from '../../src/domain/source.ts';
import { toInitialState } from '../../src/domain/source-state.ts';
import { parseConfig } from '../../src/pipeline/config.ts';
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
  return { kind: 'source', source, state: { ...toInitialState(now), validators: { etag: '"1"' } }, rules: [] };
}

function job(name: string): RefreshJob {
  return { kind: 'source', sourceId: toSourceId(givenUrl(address(name))) };
}

const feed = `<rss version="2.0"><channel><title>T</title><item><guid>1</guid><title>One</title></item></channel></rss>`;

/** A world that notes every call; names of sources say how they answer: `new` a feed, `slow` late, `bug` a throw. */
function given(names: readonly string[], changes: Partial<ArchiveWriter> = {}) {
  const noted = { opens: 0, records: [] as string[][], next: [] as RefreshJob[], done: [] as string[] };
  const again: [string, string][] = [];
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
      unknownEntries: async (_, candidates) => candidates.map(({ id }) => id),
      openJobs: async (deliveries: readonly DeliveredJob[]) => {
        noted.opens += 1;
        return { opened: deliveries.map((_, place) => opened(names[place] ?? '')), next: [] };
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
    pause: async () => undefined,
    log: () => undefined,
    enqueue: async (next) => void noted.next.push(...next.map((one) => one.job)),
    later: (_, work) => {
      timers.push(work);
      return () => void timers.splice(timers.indexOf(work), 1);
    },
  };
  const deliveries = names.map(
    (name): Delivery => ({
      job: job(name),
      isRetry: false,
      done: () => void noted.done.push(name),
      again: (error) => void again.push([name, String(error)]),
    }),
  );
  return { run: () => refreshBatch(ports, deliveries), noted, again, timers, answerSlow };
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
  expect(again).toEqual([['bug-1', 'Error: a bug of ours']]);
});

it('delivers again what could not be written, and nothing else', async () => {
  const { run, noted, again } = given(['same-1', 'same-2'], {
    record: async () => [
      fail('the disk is full'),
      ok({ added: 0, revised: 0, next: { job: job('other'), afterMs: 0 } }),
    ],
  });
  await run();
  expect([again, noted.done, noted.next]).toEqual([[['same-1', 'the disk is full']], ['same-2'], [job('other')]]);
});

async function unreachable(): Promise<never> {
  throw new Error('gone');
}

it('delivers everything again when the Archive cannot be reached', async () => {
  const before = given(['same-1', 'same-2'], { openJobs: unreachable });
  await before.run();
  expect(before.again.map(([name]) => name)).toEqual(['same-1', 'same-2']);
  const after = given(['same-1', 'new-1'], { record: unreachable });
  await after.run();
  expect(after.again.map(([name]) => name).toSorted()).toEqual(['new-1', 'same-1']);
  expect(after.noted.done).toEqual([]);
});

it('hands out what hosts have next when there is nothing to do', async () => {
  const { run, noted } = given(['same-1'], {
    openJobs: async () => ({ opened: [undefined], next: [{ job: job('other'), afterMs: 1000 }] }),
  });
  await run();
  expect([noted.next, noted.done]).toEqual([[job('other')], ['same-1']]);
});

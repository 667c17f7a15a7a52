import { runInDurableObject } from 'cloudflare:test';
import { expect, it, vi } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { toInitialState } from '../../src/domain/source-state.ts';
import type { RefreshJob } from '../../src/pipeline/recording.ts';
import { archiveDoor, createArchiveWriter } from '../../src/platform/archive-doors.ts';
import type { Bindings } from '../../src/platform/bindings.ts';
import { consumeJobs } from '../../src/platform/consume-jobs.ts';
import { givenSource } from '../support/archive-objects.ts';
import { givenUrl } from '../support/given.ts';
import { bindings } from '../support/given-owner.ts';
import { noTopics } from '../support/no-topics.ts';

vi.setConfig({ testTimeout: 30_000 });

const admin = archiveDoor(bindings, 'owner');
const writer = createArchiveWriter(bindings);

/** Delivers bodies as the Queue does; returns what became of each: `ack`, or `retry` with its delay. */
async function deliver(
  queue: string,
  bodies: readonly unknown[],
  attempts = 1,
  env: Bindings = bindings,
): Promise<readonly string[]> {
  const outcomes = bodies.map(() => 'nothing');
  const messages = bodies.map((body, place) => ({
    id: String(place),
    timestamp: new Date(),
    body,
    attempts,
    ack: () => {
      outcomes[place] = 'ack';
    },
    retry: ({ delaySeconds }: { delaySeconds: number }) => {
      outcomes[place] = `retry after ${delaySeconds}`;
    },
  }));
  const ackAll = (): void => void outcomes.fill('ack');
  await consumeJobs({ queue, messages, ackAll } as unknown as MessageBatch, env, noTopics);
  return outcomes;
}

async function stateOf(id: string) {
  return (await admin.sourcePage()).reports.find(({ source }) => source.id === id)?.state;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

it('acknowledges what it does not know, so that it does not come for ever', async () => {
  expect(await deliver('tributary-jobs', [{ kind: 'other' }, 'text', null])).toEqual(['ack', 'ack', 'ack']);
});

it.each([
  ['settings that cannot be used', { POLL_MINUTES: 'hourly' }],
  ['an Archive that cannot be reached', { ARCHIVE: { getByName: () => ({ ask: unreachable }) } }],
  [
    'an Archive that goes away',
    {
      ARCHIVE: {
        getByName: () => ({
          ask: (_: string, name: string) => (name === 'ownHosts' ? Promise.resolve([]) : unreachable()),
        }),
      },
    },
  ],
])('acknowledges messages with %s, so that their jobs are found due again', async (_what, settings) => {
  const source = givenSource('127.0.0.9');
  await admin.importSources([source]);
  const job: RefreshJob = { kind: 'source', sourceId: source.id };
  const env = { ...bindings, ...settings } as unknown as Bindings;
  expect(await deliver('tributary-jobs', [{ jobs: [job] }, job], 3, env)).toEqual(['ack', 'ack']);
  expect(await stateOf(source.id)).toMatchObject({ lastOutcome: 'never', consecutiveFailures: 0 });
});

async function unreachable(): Promise<never> {
  throw new Error('the Archive cannot be reached');
}

it('makes messages of their own for the jobs of a message that came to nothing', async () => {
  const sources = ['127.0.0.5', '127.0.0.6'].map((host) => givenSource(host));
  await admin.importSources(sources);
  const jobs = sources.map(({ id }): RefreshJob => ({ kind: 'source', sourceId: id }));
  const sent: unknown[] = [];
  const JOBS = {
    sendBatch: async (messages: { body: unknown }[]) => void sent.push(...messages.map((one) => one.body)),
  };
  const env = { ...bindings, JOBS } as unknown as Bindings;
  expect(await deliver('tributary-jobs', [{ jobs }], 2, env)).toEqual(['ack']);
  expect(sent).toEqual(jobs.map((job) => ({ jobs: [job], isRetry: true })));
  expect(await deliver('tributary-jobs', sent, 1, env)).toEqual(['ack', 'ack']);
  for (const { id } of sources) expect((await stateOf(id))?.lastOutcome).toBe('failed');
});

it('records a failure of a source as its outcome, and finds a second delivery done', async () => {
  const source = givenSource('127.0.0.2');
  await admin.importSources([source]);
  const job: RefreshJob = { kind: 'source', sourceId: source.id };
  expect(await deliver('tributary-jobs', [job])).toEqual(['ack']);
  const first = await stateOf(source.id);
  expect(first).toMatchObject({ lastOutcome: 'failed', lastFailure: { kind: 'refused-address' } });
  expect(await deliver('tributary-jobs', [job])).toEqual(['ack']);
  expect(await stateOf(source.id)).toEqual(first);
});

it('works once on a job that is delivered twice in a batch', async () => {
  const source = givenSource('127.0.0.3');
  await admin.importSources([source]);
  const job: RefreshJob = { kind: 'source', sourceId: source.id };
  expect(await deliver('tributary-jobs', [job, job])).toEqual(['ack', 'ack']);
  expect((await stateOf(source.id))?.consecutiveFailures).toBe(1);
});

it('tries a job again that an earlier delivery began and did not end', async () => {
  const source = givenSource('127.0.0.4');
  await admin.importSources([source]);
  const job: RefreshJob = { kind: 'source', sourceId: source.id };
  const { opened } = await writer.openJobs([{ job, isRetry: false }]);
  expect(opened[0]).toBeDefined();
  // The same message a second time while the first is at work.
  expect(await deliver('tributary-jobs', [job])).toEqual(['ack']);
  expect((await stateOf(source.id))?.lastOutcome).toBe('never');
  // The message again because the first came to nothing.
  expect(await deliver('tributary-jobs', [job], 2)).toEqual(['ack']);
  expect((await stateOf(source.id))?.lastOutcome).toBe('failed');
});

it('keeps the reason of a message that failed every try, and lets its host go on', async () => {
  const poison = givenSource('poison.example');
  const url = givenUrl('https://poison.example/other.xml');
  const other = { ...poison, id: toSourceId(url), url };
  await admin.importSources([poison, other]);
  const now = Date.now() as Instant;
  const jobs = [poison, other].map(({ id }): RefreshJob => ({ kind: 'source', sourceId: id }));
  const claimed = (await writer.claimDue(now, 100))
    .map(({ job }) => job)
    .filter((job) => jobs.some((one) => isSame(job, one)));
  expect(claimed.length).toBe(1);
  const sent: unknown[] = [];
  const JOBS = {
    sendBatch: async (messages: { body: unknown }[]) => void sent.push(...messages.map((one) => one.body)),
  };
  expect(await deliver('tributary-dead-jobs', claimed, 1, { ...bindings, JOBS } as unknown as Bindings)).toEqual([
    'ack',
  ]);
  const [buried] = claimed;
  const state = await stateOf(buried?.kind === 'source' ? buried.sourceId : '');
  expect(state).toMatchObject({ lastOutcome: 'failed', lastFailure: { kind: 'unexpected' } });
  expect((state?.nextCheckAt ?? 0) - now).toBeGreaterThan(23 * 3_600_000);
  expect(sent).toEqual([{ jobs: jobs.filter((job) => !isSame(job, buried)) }]);
});

it('writes nothing of a source that was removed meanwhile', async () => {
  const source = givenSource('removed.example');
  const receipts = await writer.record([
    { kind: 'source', sourceId: source.id, state: toInitialState(Date.now() as Instant), entries: [] },
  ]);
  expect(receipts).toEqual([{ ok: true, value: { added: 0, revised: 0 } }]);
  const rows = await runInDurableObject(bindings.ARCHIVE.getByName('archive'), (_, { storage }) =>
    storage.sql.exec('SELECT 1 FROM source_state WHERE source_id = ?', source.id).toArray(),
  );
  expect(rows).toEqual([]);
});

it('never asks a host that the owner came to, where nothing else tells where we live', async () => {
  const home = 'home.example';
  await archiveDoor(bindings, 'writer').noteOwnHost(home);
  const source = givenSource(home);
  await admin.importSources([source]);
  // Another isolate: what it is wired to is learnt when it wakes.
  const env = { ...bindings } as Bindings;
  expect(await deliver('tributary-jobs', [{ kind: 'source', sourceId: source.id }], 1, env)).toEqual(['ack']);
  expect((await stateOf(source.id))?.lastFailure).toMatchObject({
    kind: 'refused-address',
    detail: 'home.example is this installation itself',
  });
});

import { runInDurableObject } from 'cloudflare:test';
import { beforeAll, describe, expect, inject, it, vi } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import { type Source, toSourceId } from '../../src/domain/source.ts';
import type { SourceReport } from '../../src/pipeline/archive-owner.ts';
import { type Config, parseConfig } from '../../src/pipeline/config.ts';
import type { RefreshJob } from '../../src/pipeline/recording.ts';
import { type BatchPorts, refreshBatch } from '../../src/pipeline/refresh-batch.ts';
import { schedule } from '../../src/pipeline/schedule.ts';
import { readMerged } from '../../src/platform/archive/rows/merged-sources.ts';
import { archiveDoor, createArchiveWriter } from '../../src/platform/archive-doors.ts';
import { createRefreshPorts } from '../../src/platform/refresh-ports.ts';
import { expectOk, givenUrl } from '../support/given.ts';
import { bindings } from '../support/given-owner.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

const { faults, healthy, entries, publish } = inject('faultServer');

/** Jobs whose outcome was recorded. */
const worked = new Set<string>();

/** The size the faults are made for (tests/support/upstream-fault.ts), and patience enough for a busy machine. */
const settings: Config = {
  ...expectOk(parseConfig(bindings)),
  fetchTimeoutMs: 30_000,
  maxBodyBytes: 512 * 1024,
};
const ports = toPorts(settings);
/** For sites that never end what they began. */
const impatient = toPorts({ ...settings, fetchTimeoutMs: 1000 });
const admin = archiveDoor(bindings, 'owner');
const writer = createArchiveWriter(bindings);

function toPorts(config: Config): Omit<BatchPorts, 'enqueue'> {
  return {
    ...createRefreshPorts(bindings, config, ['127.0.0.1:1']),
    later: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    log: (line) => void (line.event === 'refresh' && worked.add(JSON.stringify(line.job))),
    logThrown: (_, error) => void thrown.push(error),
  };
}

/** Delivers one job as the Queue does; returns its host's next one. */
async function deliver(to: Omit<BatchPorts, 'enqueue'>, job: RefreshJob): Promise<RefreshJob | undefined> {
  let following: RefreshJob | undefined;
  const enqueue: BatchPorts['enqueue'] = async ([next]) => {
    following = next?.jobs[0];
  };
  await refreshBatch({ ...to, enqueue }, [
    { message: { jobs: [job] }, isRetry: false, done: () => undefined, again: () => undefined },
  ]);
  return following;
}

function followed(address: string): Source {
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

/**
 * Takes what is due and works on it, one job handing out the next of its host, as the Queue's consumer does. The cron comes
 * twice: an Archive that the runtime put to sleep on a busy machine has forgotten who waits for a host.
 */
async function runHealthy(): Promise<void> {
  const ids = new Set<string>(healthy.map(idOf));
  for (const _ of ['once', 'again']) {
    const jobs: RefreshJob[] = [];
    await schedule(
      writer,
      async (messages) => void jobs.push(...messages.flatMap((message) => message.jobs)),
      Date.now() as Instant,
    );
    const isHealthy = (job: RefreshJob): boolean => job.kind === 'source' && ids.has(job.sourceId);
    // What the cron took of others must end, too: it holds a place at its host.
    await Promise.all(jobs.filter((job) => !isHealthy(job)).map((job) => follow(impatient, job)));
    for (const job of jobs.filter(isHealthy)) {
      await follow(ports, job);
    }
  }
}

/**
 * Asks every faulty source, one after the other: all of them have one host, where the cron has a job out, too. What is
 * stopped since the first time is not asked.
 */
async function runFaults(): Promise<void> {
  worked.clear();
  const stopped = new Set(
    [...(await reports()).values()].filter(({ state }) => state.stopped).map(({ source }) => source.id),
  );
  for (const { url } of faults) {
    const sourceId = toSourceId(givenUrl(url));
    const job: RefreshJob = { kind: 'source', sourceId };
    for (let tries = 0; !stopped.has(sourceId) && tries < 1000 && !worked.has(JSON.stringify(job)); tries += 1) {
      await follow(impatient, job);
      if (!worked.has(JSON.stringify(job))) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** Works on a job and on those that follow at its host. */
async function follow(to: Omit<BatchPorts, 'enqueue'>, job: RefreshJob): Promise<void> {
  for (let next: RefreshJob | undefined = job; next !== undefined; ) next = await deliver(to, next);
}

/** Makes sources due again, whatever was decided. */
async function makeDue(addresses: readonly string[]): Promise<void> {
  const ids = new Set(addresses.map((address) => toSourceId(givenUrl(address))));
  await runInDurableObject(bindings.ARCHIVE.getByName('archive'), (_, { storage }) => {
    for (const id of ids) {
      storage.sql.exec(
        "UPDATE source_state SET next_check_at = 0, state = json_set(state, '$.nextCheckAt', 0) WHERE source_id = ?",
        id,
      );
    }
  });
}

async function reports(): Promise<ReadonlyMap<string, SourceReport>> {
  return new Map((await admin.sourcePage()).reports.map((report) => [report.source.id, report]));
}

function idOf(address: string): string {
  return toSourceId(givenUrl(address));
}

/** What only a bug of ours throws. */
const thrown: unknown[] = [];

let first: ReadonlyMap<string, SourceReport>;
let again: ReadonlyMap<string, SourceReport>;
/** The source that has the entries of one that is no more, by the id of that one. */
let mergedInto: ReadonlyMap<string, string>;
let archived: { readonly rows: number; readonly identities: number };

beforeAll(async () => {
  await admin.importSources(healthy.map(followed));
  const jobs = runHealthy();
  await admin.importSources(faults.map(({ url }) => followed(url)));
  await Promise.all([jobs, runFaults()]);
  first = await reports();
  await (await fetch(publish)).text();
  await makeDue([...healthy, ...faults.map(({ url }) => url)]);
  await Promise.all([runHealthy(), runFaults()]);
  again = await reports();
  mergedInto = await runInDurableObject(
    bindings.ARCHIVE.getByName('archive'),
    (_, { storage }) => new Map(readMerged(storage.sql).map(({ id, into }) => [id, into])),
  );
  archived = await runInDurableObject(bindings.ARCHIVE.getByName('archive'), (_, { storage }) =>
    storage.sql
      .exec<{ rows: number; identities: number }>(
        "SELECT COUNT(*) AS rows, COUNT(DISTINCT source_id || ' ' || guid) AS identities FROM entry",
      )
      .one(),
  );
});

describe('a source in the whole product that', () => {
  it.each(faults)('has the fault $name ends as documented', ({ url, checked }) => {
    const { lastOutcome, lastFailure, nextCheckAt, nextCheckWhy, stopped } = first.get(idOf(url))?.state ?? {};
    expect(lastFailure?.kind ?? lastOutcome).toBe(checked);
    expect(nextCheckWhy).not.toBe('');
    expect(stopped).toBe(checked === 'gone');
    // Never at once again, and never lost.
    expect((nextCheckAt ?? 0) - Date.now()).toBeGreaterThan(0);
    expect((nextCheckAt ?? 0) - Date.now()).toBeLessThanOrEqual(8 * 86_400_000);
  });

  it.each(faults)('has the fault $name loses and doubles nothing when it is asked again', ({ url }) => {
    // A source that moved for good to the address of another is one source with it.
    const kept = mergedInto.get(idOf(url)) ?? idOf(url);
    expect(again.get(kept)?.entries).toBe(first.get(idOf(url))?.entries);
  });
});

it('nothing that a source does makes us throw', () => {
  expect(thrown).toEqual([]);
});

describe('healthy sources beside two hundred faulty ones', () => {
  it('are there in every format and with every kind of validators', () => {
    expect(healthy.length).toBe(16);
    expect(faults.length).toBeGreaterThanOrEqual(40);
  });

  it.each(healthy)('%s stays fresh', (url) => {
    expect(first.get(idOf(url))).toMatchObject({ entries, state: { consecutiveFailures: 0, lastOutcome: 'updated' } });
    expect(again.get(idOf(url))).toMatchObject({ entries: entries + 1, state: { consecutiveFailures: 0 } });
  });

  it('and the archive holds no entry twice', () => {
    expect(archived.rows).toBe(archived.identities);
    expect(archived.rows).toBeGreaterThanOrEqual(healthy.length * (entries + 1));
  });
});

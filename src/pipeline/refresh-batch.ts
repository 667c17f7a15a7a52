/**
 * Works on messages of the queue: each job is one refresh, and no job can hurt another.
 *
 * It calls the Archive as seldom as possible: once to open all jobs, and once for all outcomes without new entries; an
 * outcome with entries is written at once and alone, because it may be large. The next job of a host follows in the same
 * invocation as long as the message has fewer than `jobsPerMessage`: so the owner's setting decides the pause between two
 * requests to a host, not the queue.
 */
import { type HandedOut, type JobMessage, jobsPerMessage, toMessages } from './job-message.ts';
import type { Enqueue, OpenedJob, RefreshPorts } from './ports.ts';
import type { Recording, RefreshJob } from './recording.ts';
import { refresh, toLine } from './refresh.ts';

/** What working on messages needs from outside, in addition to what one refresh needs. */
export interface BatchPorts extends RefreshPorts {
  readonly enqueue: Enqueue;
  /** Calls `work` after so many milliseconds, unless the returned function is called before. */
  readonly later: (ms: number, work: () => void) => () => void;
  readonly logThrown: (job: RefreshJob, error: unknown) => void;
}

/** A message as the Queue delivers it, at least once; one of the two functions is called, once. */
export interface Delivery {
  readonly message: JobMessage;
  /** An earlier delivery of this message failed. */
  readonly isRetry: boolean;
  /** Call this when all outcomes are written, there was nothing to do, or the job will be found due again. */
  readonly done: () => void;
  /** Call this when the only job failed by a fault of ours: the message must be delivered again. */
  readonly again: () => void;
}

/** One job under way. Its outcome is reported once: it is written, or an error came instead. */
interface Work {
  readonly job: RefreshJob;
  readonly isRetry: boolean;
  readonly end: (error?: unknown) => void;
}

interface Opened extends Work {
  readonly opened: OpenedJob;
  readonly restMs: number;
}

interface Checked extends Opened {
  readonly recording: Recording;
}

/** Jobs at the same time: each may hold `MAX_BODY_BYTES`, and an isolate has 128 MB. */
const atOnce = 4;

/**
 * How long an outcome without entries waits for others, to be written with them. A slow source delays no other.
 * Milliseconds.
 */
const groupMs = 250;

/** A job that threw is delivered again after this. Milliseconds. */
const retryMs = 30_000;

/** Works on a batch; never throws. */
export async function refreshBatch(ports: BatchPorts, deliveries: readonly Delivery[]): Promise<void> {
  const settled: Promise<void>[] = [];
  const works: Work[] = [];
  for (const delivery of deliveries) {
    const { jobs } = delivery.message;
    // Any of its jobs may have ended the first delivery and may do it again: each becomes a message of its own.
    if (delivery.isRetry && jobs.length > 1) settled.push(split(ports, delivery, jobs));
    else settled.push(settle(ports, delivery, works));
  }
  await workOn(ports, works);
  await Promise.all(settled);
}

/** Adds the jobs of a delivery to `works`; ends the delivery when all of them have ended. */
async function settle(ports: BatchPorts, delivery: Delivery, works: Work[]): Promise<void> {
  const { jobs, isRetry = delivery.isRetry } = delivery.message;
  const ends = jobs.map((job) => {
    const { promise, resolve } = Promise.withResolvers<readonly RefreshJob[]>();
    const end = (error?: unknown): void => {
      if (error !== undefined) ports.logThrown(job, error);
      resolve(error === undefined ? [] : [job]);
    };
    works.push({ job, isRetry, end });
    return promise;
  });
  const failed = (await Promise.all(ends)).flat();
  if (failed.length === 0) delivery.done();
  else if (jobs.length === 1) delivery.again();
  else await split(ports, delivery, failed);
}

/** Makes a message of each job, and ends the delivery. */
async function split(ports: BatchPorts, delivery: Delivery, jobs: readonly RefreshJob[]): Promise<void> {
  try {
    await ports.enqueue(
      jobs.map((job) => ({ jobs: [job], isRetry: true })),
      retryMs,
    );
    delivery.done();
  } catch {
    delivery.again();
  }
}

async function workOn(ports: BatchPorts, works: readonly Work[]): Promise<void> {
  const waiting = await openAll(ports, works);
  const running = new Set<Promise<void>>();
  const run = (work: Promise<void>): void => {
    const tracked: Promise<void> = work.finally(() => running.delete(tracked));
    running.add(tracked);
  };
  // Follow-up jobs of a host count towards the size of the message.
  let room = jobsPerMessage - works.length;
  const follow = async (next: readonly HandedOut[]): Promise<void> => {
    const here = next.slice(0, Math.max(0, room));
    room -= here.length;
    if (here.length < next.length) await enqueue(ports, next.slice(here.length));
    // They came in no message: when one throws, its claim ends, and it is found due again.
    const end = (job: RefreshJob) => (error?: unknown) => {
      if (error !== undefined) ports.logThrown(job, error);
    };
    waiting.push(
      ...(await openAll(
        ports,
        here.map(({ job }) => ({ job, isRetry: false, end: end(job) })),
      )),
    );
    begin();
  };
  let group: Checked[] = [];
  let cancel: (() => void) | undefined;
  const commitGroup = (): void => {
    cancel?.();
    if (group.length > 0) run(commit(ports, group).then(follow));
    group = [];
  };
  let checking = 0;
  const checkOne = async (work: Opened): Promise<void> => {
    const checked = await check(ports, work);
    if (checked !== undefined && bringsEntries(checked.recording)) {
      await commit(ports, [checked]).then(follow);
    } else if (checked !== undefined) {
      group.push(checked);
      if (group.length === 1) cancel = ports.later(groupMs, commitGroup);
    }
    checking -= 1;
    begin();
  };
  /** Waits until the host has rested. It holds no document meanwhile, so it blocks no other job. */
  const rest = async (work: Opened): Promise<void> => {
    await ports.pause(work.restMs);
    waiting.push({ ...work, restMs: 0 });
    begin();
  };
  const begin = (): void => {
    while (checking < atOnce) {
      const work = waiting.shift();
      if (work === undefined) break;
      if (work.restMs > 0) {
        run(rest(work));
      } else {
        checking += 1;
        run(checkOne(work));
      }
    }
    if (checking === 0) commitGroup();
  };
  begin();
  while (running.size > 0) await Promise.race(running);
}

/** Opens jobs with one call; jobs with nothing to do are ended. */
async function openAll(ports: BatchPorts, works: readonly Work[]): Promise<Opened[]> {
  if (works.length === 0) return [];
  try {
    const { opened, next } = await ports.archive.openJobs(works.map(({ job, isRetry }) => ({ job, isRetry })));
    if (next.length > 0) await enqueue(ports, next);
    return works.flatMap((work, place) => {
      const known = opened[place];
      if (known !== undefined) return [{ ...work, opened: known.job, restMs: known.restMs }];
      work.end();
      return [];
    });
  } catch (error) {
    // No job was started. A retry would only use up the tries of the message: due jobs are found again.
    for (const { job, end } of works) {
      ports.logThrown(job, error);
      end();
    }
    return [];
  }
}

async function check(ports: BatchPorts, work: Opened): Promise<Checked | undefined> {
  try {
    return { ...work, recording: await refresh(ports, work.opened) };
  } catch (error) {
    work.end(error);
    return undefined;
  }
}

/** Writes outcomes with one call; returns the next jobs of their hosts. */
async function commit(ports: BatchPorts, group: readonly Checked[]): Promise<readonly HandedOut[]> {
  try {
    const receipts = await ports.archive.record(group.map(({ recording }) => recording));
    group.forEach(({ opened, recording, end }, place) => {
      const receipt = receipts[place];
      if (receipt?.ok !== true) {
        end(receipt?.failure ?? 'the Archive did not answer for it');
        return;
      }
      const line = toLine(opened, recording, receipt.value);
      if (line !== undefined) ports.log(line);
      end();
    });
    return receipts.flatMap((receipt) => (receipt.ok ? (receipt.value.next ?? []) : []));
  } catch (error) {
    for (const { end } of group) end(error);
    return [];
  }
}

/** Sends jobs to other invocations. A job that cannot be enqueued is found due again when its claim ends. */
async function enqueue(ports: BatchPorts, next: readonly HandedOut[]): Promise<void> {
  try {
    await ports.enqueue(toMessages(next));
  } catch (error) {
    for (const { job } of next) ports.logThrown(job, error);
  }
}

function bringsEntries(recording: Recording): boolean {
  switch (recording.kind) {
    case 'source':
      return recording.entries.length > 0;
    case 'article':
      return recording.entry !== undefined;
    case 'push':
      return false;
  }
}

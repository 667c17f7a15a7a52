/**
 * A batch of jobs from the queue to their recordings: each is one refresh, and none can hurt another.
 *
 * The Archive is called as few times as can be: once to open all jobs, and once for all outcomes that came with nothing
 * new; what came with entries is written at once and alone, because it may be large.
 */
import type { DeliveredJob, EnqueueNext, OpenedJob, RefreshPorts } from './ports.ts';
import type { Recording } from './recording.ts';
import { refresh, toLine } from './refresh.ts';

/** What working on batches needs of the world beside what one refresh needs. */
export interface BatchPorts extends RefreshPorts {
  readonly enqueue: EnqueueNext;
  /** Calls `work` after so many milliseconds, unless the returned function is called before. */
  readonly later: (ms: number, work: () => void) => () => void;
}

/** A message of the queue; one of the two functions is called, once. */
export interface Delivery extends DeliveredJob {
  /** Its outcome is written, or there was nothing to do. */
  readonly done: () => void;
  /** It came to nothing, by a fault of ours: it must be delivered again. */
  readonly again: (error: unknown) => void;
}

interface Checked {
  readonly delivery: Delivery;
  readonly opened: OpenedJob;
  readonly recording: Recording;
}

/** Jobs of a batch that are worked on at once: each may hold `MAX_BODY_BYTES`, and an isolate has 128 MB. */
const atOnce = 4;

/** An outcome without entries waits so long for others to be written with: a slow source holds nobody up. Milliseconds. */
const groupMs = 250;

/** Works on a batch; never throws. */
export async function refreshBatch(ports: BatchPorts, deliveries: readonly Delivery[]): Promise<void> {
  const opened = await openAll(ports, deliveries);
  const waiting = opened.values();
  const commits: Promise<void>[] = [];
  let group: Checked[] = [];
  let cancel: (() => void) | undefined;
  const commitGroup = (): void => {
    cancel?.();
    if (group.length > 0) commits.push(commit(ports, group));
    group = [];
  };
  const work = async (): Promise<void> => {
    for (const { delivery, job } of waiting) {
      const checked = await check(ports, delivery, job);
      if (checked === undefined) continue;
      if (bringsEntries(checked.recording)) {
        await commit(ports, [checked]);
      } else {
        group.push(checked);
        if (group.length === 1) cancel = ports.later(groupMs, commitGroup);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  commitGroup();
  await Promise.all(commits);
}

/** Opens all jobs with one call; those with nothing to do are done. */
async function openAll(
  ports: BatchPorts,
  deliveries: readonly Delivery[],
): Promise<readonly { readonly delivery: Delivery; readonly job: OpenedJob }[]> {
  try {
    const { opened, next } = await ports.archive.openJobs(deliveries.map(({ job, isRetry }) => ({ job, isRetry })));
    if (next.length > 0) await ports.enqueue(next);
    return deliveries.flatMap((delivery, place) => {
      const job = opened[place];
      if (job !== undefined) return [{ delivery, job }];
      delivery.done();
      return [];
    });
  } catch (error) {
    for (const delivery of deliveries) delivery.again(error);
    return [];
  }
}

async function check(ports: RefreshPorts, delivery: Delivery, opened: OpenedJob): Promise<Checked | undefined> {
  try {
    return { delivery, opened, recording: await refresh(ports, opened) };
  } catch (error) {
    delivery.again(error);
    return undefined;
  }
}

/** Writes outcomes with one call, and hands out what their hosts have next. */
async function commit(ports: BatchPorts, group: readonly Checked[]): Promise<void> {
  try {
    const receipts = await ports.archive.record(group.map(({ recording }) => recording));
    const next = receipts.flatMap((receipt) => (receipt.ok ? (receipt.value.next ?? []) : []));
    if (next.length > 0) await ports.enqueue(next);
    group.forEach(({ delivery, opened, recording }, place) => {
      const receipt = receipts[place];
      if (receipt?.ok !== true) {
        delivery.again(receipt?.failure ?? 'the Archive did not answer for it');
        return;
      }
      ports.log(toLine(opened, recording, receipt.value));
      delivery.done();
    });
  } catch (error) {
    for (const { delivery } of group) delivery.again(error);
  }
}

function bringsEntries(recording: Recording): boolean {
  return recording.kind === 'source' ? recording.entries.length > 0 : recording.entry !== undefined;
}

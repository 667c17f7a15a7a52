/**
 * Starts deliveries soon after a change: finds topics with something new, and puts the jobs of their receivers into the
 * queue.
 *
 * Changes are collected for a moment, and deliveries do not wait for the window. When the Archive stops before that, the
 * next round of the cron finds the same changes (jobs/due.ts). Without receivers nothing is done.
 */
import type { Instant } from '../../../domain/instant.ts';
import { toMessages } from '../../../pipeline/job-message.ts';
import type { Enqueue } from '../../../pipeline/ports.ts';
import { wishMs } from '../../../pipeline/push/push-state.ts';
import { logEvent } from '../../log.ts';
import { readSequence } from '../ground/meta.ts';
import type { ArchiveState } from '../ground/state.ts';
import type { Jobs } from '../jobs/claim-jobs.ts';
import { lastAlertId } from '../rows/alert-rows.ts';
import { nextReceiverAt } from './due-receivers.ts';
import { noticeChanges } from './notice.ts';
import { dropExpired } from './receiver-rows.ts';

/** Starts deliveries. */
export interface Push {
  /** Starts a moment later: for all receivers when more than outcomes of deliveries may have changed. */
  readonly soon: (isOutcomeOnly: boolean) => void;
  /** Call this when a job of a receiver ended: it may have another one. */
  readonly noteOutcome: (receiverId: number) => void;
  /** Begins a round of the cron: removes expired receivers, and finds new changes. */
  readonly beginRound: () => void;
}

/** Changes within this time are handled together. Milliseconds. */
export const togetherMs = 250;

/** A receiver whose next try is nearer than this does not wait for the cron. Milliseconds. */
const soonMs = 60_000;

/** Creates it for an awake Archive. */
export function createPush(
  archive: ArchiveState,
  jobs: Jobs,
  enqueue: Enqueue,
  isHubOn: boolean,
  now: () => Instant,
): Push {
  const { sql } = archive;
  let timer: { readonly id: ReturnType<typeof setTimeout>; readonly at: number } | undefined;
  let ended: number[] = [];
  /** When all receivers are checked. */
  let allAt = 0;
  let seen = '';
  let written = -1;
  // With ten thousand receivers a check of all takes some 20 ms: too much for each delivery.
  const writes = (): number => sql.exec<{ writes: number }>('SELECT total_changes() AS writes').one().writes;
  const state = (): string => `${readSequence(sql)} ${lastAlertId(sql)}`;
  const hasReceivers = (): boolean => sql.exec(`SELECT 1 FROM receiver WHERE url <> '' LIMIT 1`).toArray().length > 0;
  const lookAfter = (ms: number): void => {
    const at = now() + ms;
    if (timer !== undefined && timer.at <= at) return;
    clearTimeout(timer?.id);
    const id = setTimeout(() => {
      timer = undefined;
      look().catch((error: unknown) => logEvent({ event: 'push-failed', error: String(error) }));
    }, ms);
    timer = { id, at };
  };
  const look = async (): Promise<void> => {
    const ids = now() >= allAt || state() !== seen ? undefined : ended;
    [ended, seen] = [[], state()];
    if (ids === undefined) {
      allAt = Number.POSITIVE_INFINITY;
      noticeChanges(archive, isHubOn, now());
    }
    const claimed = jobs.claimPushes(now(), ids);
    const nextAt = nextReceiverAt(sql, now(), ids);
    if (nextAt !== undefined && nextAt - now() < soonMs) {
      allAt = Math.min(allAt, nextAt);
      lookAfter(Math.max(togetherMs, nextAt - now()));
    }
    // A host that rests is checked again.
    if (jobs.hasWaitingPushes()) lookAfter(togetherMs);
    written = writes();
    if (claimed.length > 0) await enqueue(toMessages(claimed));
  };
  return {
    soon: (isOutcomeOnly) => {
      if (jobs.hasWaitingPushes()) lookAfter(togetherMs);
      const count = writes();
      if (count === written) return;
      if (isOutcomeOnly && ended.length === 0 && state() === seen) return;
      if (!isOutcomeOnly) allAt = 0;
      if (hasReceivers()) lookAfter(togetherMs);
      else written = count;
    },
    noteOutcome: (receiverId) => void ended.push(receiverId),
    beginRound: () => {
      if (!hasReceivers()) return;
      dropExpired(sql, now(), (now() - wishMs) as Instant);
      noticeChanges(archive, isHubOn, now());
    },
  };
}

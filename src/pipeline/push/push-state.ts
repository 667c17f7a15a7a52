/**
 * Decides the next state of a receiver after a job: delivered, tried again later, paused, or removed.
 */
import { dayMs, hourMs, minuteMs } from '../../domain/duration.ts';
import type { Instant } from '../../domain/instant.ts';
import type { PushOutcome, PushTry, ReceiverKind, Wish } from './receiver.ts';

/** The part of a receiver that changes. */
export interface ReceiverState {
  readonly kind: ReceiverKind;
  readonly secret?: string;
  /** The next request to it, before anything else is sent. */
  readonly wish?: Wish;
  /** When the lease of a subscriber ends; absent before its first verification, and for webhooks. */
  readonly expiresAt?: Instant;
  /** The number in the archive's sequence up to which it has everything. */
  readonly told: number;
  /** It is not tried before this moment. */
  readonly nextAt: Instant;
  /** Failures in a row, and since when. */
  readonly failures: number;
  readonly failingSince?: Instant;
  /** When a webhook was paused, because it had failed for a day. */
  readonly pausedAt?: Instant;
  /** The last tries, newest first. */
  readonly tries: readonly PushTry[];
}

/** The receiver after a job; `undefined` when it is removed. `isPaused`: the owner must be alerted. */
export interface NextState {
  readonly state: ReceiverState | undefined;
  readonly isPaused?: true;
}

/** Waits after failures double from the first to the longest. Milliseconds. */
const firstWaitMs = 10_000;
const longestWaitMs = { hub: 6 * hourMs, webhook: hourMs, alerts: hourMs } as const;

/** A callback that does not answer its verification is tried this often, then removed. */
const verifyTries = 3;

/** An older wish is dropped. Milliseconds. */
export const wishMs = hourMs;

/** A webhook that failed for this long is paused. Milliseconds. */
const pauseAfterMs = dayMs;

/** How many tries are kept: the desk lists those of webhooks; for a subscriber the last one is enough. */
const keptTries = { hub: 1, webhook: 10, alerts: 1 } as const;

/** Bounds of leases, and the lease of a subscriber that asks for none. Seconds. */
export const leaseSeconds = { least: 86_400, most: 30 * 86_400, usual: 10 * 86_400 } as const;

/** The state after an outcome. A verified subscriber gets `told` = `sequence`, so that it receives entries from then on. */
export function afterPush(
  state: ReceiverState,
  outcome: PushOutcome,
  sequence: number,
  now: Instant,
  jitter: number,
): NextState {
  // A newer wish may have replaced the one of this job: it is asked next.
  if ('wish' in outcome && outcome.wish?.id !== state.wish?.id) return { state };
  switch (outcome.kind) {
    case 'verified':
      return { state: afterVerifying(state, sequence, now) };
    case 'refused':
      return { state: isLeased(state, now) ? withoutWish(state) : undefined };
    case 'nothing':
      return { state: { ...state, told: Math.max(state.told, outcome.told) } };
    case 'delivered': {
      const { what, answer } = outcome;
      const { failingSince: _, pausedAt: __, ...rest } = outcome.wish === undefined ? state : withoutWish(state);
      const tries = addTry(state, { at: now, what, isDelivered: true, answer });
      return { state: { ...rest, told: Math.max(state.told, outcome.told), nextAt: now, failures: 0, tries } };
    }
    case 'gone': {
      if (state.kind === 'hub') return { state: undefined };
      return afterFailing(
        state,
        { at: now, what: outcome.what, isDelivered: false, answer: outcome.answer },
        jitter,
        true,
      );
    }
    case 'failed': {
      const failed = { at: now, what: outcome.what, isDelivered: false, answer: outcome.answer };
      return outcome.wish === undefined ? afterFailing(state, failed, jitter) : afterFailedWish(state, failed, jitter);
    }
  }
}

function afterVerifying(state: ReceiverState, sequence: number, now: Instant): ReceiverState | undefined {
  const { wish } = state;
  if (wish?.mode !== 'subscribe') return undefined;
  const { secret: _, failingSince: __, ...rest } = withoutWish(state);
  return {
    ...rest,
    ...(wish.secret === undefined ? {} : { secret: wish.secret }),
    expiresAt: (now + wish.leaseSeconds * 1000) as Instant,
    // A subscriber that renews its lease continues where it was.
    told: isLeased(state, now) ? state.told : sequence,
    nextAt: now,
    failures: 0,
  };
}

function afterFailing(state: ReceiverState, failed: PushTry, jitter: number, isGone = false): NextState {
  const failingSince = state.failingSince ?? failed.at;
  const failures = state.failures + 1;
  const next: ReceiverState = {
    ...state,
    failures,
    failingSince,
    nextAt: (failed.at + waitMs(state.kind, failures, jitter)) as Instant,
    tries: addTry(state, failed),
  };
  const isOver = isGone || failed.at - failingSince >= pauseAfterMs;
  if (state.kind !== 'webhook' || !isOver || state.pausedAt !== undefined) return { state: next };
  return { state: { ...next, pausedAt: failed.at }, isPaused: true };
}

/** A test is made once; a verification is tried a few times, and a valid lease is not affected. */
function afterFailedWish(state: ReceiverState, failed: PushTry, jitter: number): NextState {
  const tries = addTry(state, failed);
  if (state.wish?.mode === 'test') return { state: { ...withoutWish(state), tries } };
  const failures = state.failures + 1;
  const isForgotten = failures >= verifyTries || failed.at - (state.wish?.at ?? 0) > wishMs;
  if (isForgotten) return { state: isLeased(state, failed.at) ? { ...withoutWish(state), failures: 0 } : undefined };
  const nextAt = (failed.at + waitMs(state.kind, failures, jitter)) as Instant;
  return { state: { ...state, failures, nextAt, tries } };
}

function waitMs(kind: ReceiverState['kind'], failures: number, jitter: number): number {
  const doubledMs = Math.min(firstWaitMs * 2 ** Math.min(failures - 1, 30), longestWaitMs[kind]);
  return Math.min(doubledMs * (1 + jitter / 2), longestWaitMs[kind] + minuteMs);
}

function addTry({ kind, tries }: ReceiverState, added: PushTry): readonly PushTry[] {
  return [added, ...tries].slice(0, keptTries[kind]);
}

function withoutWish(state: ReceiverState): ReceiverState {
  const { wish: _, ...rest } = state;
  return rest;
}

/** Whether a subscriber may be sent something. */
function isLeased({ expiresAt }: ReceiverState, now: Instant): boolean {
  return expiresAt !== undefined && expiresAt > now;
}

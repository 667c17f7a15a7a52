/**
 * Decides how pushes and checks share a source: while its lease is valid and pushes arrive, it is checked once a day.
 *
 * A check that finds new entries which no push had brought ends that: the source is checked at its own interval until the
 * next push.
 */
import { dayMs, minuteMs } from '../../domain/duration.ts';
import { type Instant, renderRfc3339 } from '../../domain/instant.ts';
import type { SourceState } from '../../domain/source-state.ts';
import type { Wish } from '../polling/decide.ts';
import { isLeased, type Subscription } from './subscription.ts';

/** What a check needs to know about the pushes of its source. */
export interface Pushes {
  /** When the lease ends. */
  readonly until: Instant;
  /** Whether a push caused this check. */
  readonly isPinged: boolean;
}

/** Pushes cause at most one request in this time: a flood of pushes is no flood of requests. Milliseconds. */
const pingPauseMs = minuteMs;

/** What is known about a source's pushes; `undefined` while none arrive. */
export function pushesOf(
  held: Subscription,
  state: Pick<SourceState, 'lastCheckedAt'>,
  now: Instant,
): Pushes | undefined {
  const { leaseUntil, pushedAt, pingedAt } = held;
  if (leaseUntil === undefined || pushedAt === undefined || !isLeased(held, now)) return undefined;
  return { until: leaseUntil, isPinged: pingedAt !== undefined && pingedAt >= (state.lastCheckedAt ?? 0) };
}

/** The wait that pushes add to the next check. */
export function pushWish(pushes: Pushes | undefined, now: Instant): Wish | undefined {
  if (pushes === undefined) return undefined;
  return { waitMs: Math.min(dayMs, pushes.until - now), why: whyDaily(pushes.until) };
}

/** The state after a push that brought the source's new entries: the next check moves to a day after the last one. */
export function afterPush(state: SourceState, until: Instant, now: Instant): SourceState {
  const { lastCheckedAt, nextCheckAt, consecutiveFailures, stopped } = state;
  if (stopped || consecutiveFailures > 0 || lastCheckedAt === undefined || nextCheckAt <= now) return state;
  const later = Math.min(lastCheckedAt + dayMs, until);
  return later > nextCheckAt ? { ...state, nextCheckAt: later as Instant, nextCheckWhy: whyDaily(until) } : state;
}

/**
 * When a push without content makes us ask; `undefined` when a request is planned already. The pause of a host holds all the
 * same.
 */
export function pingTime({ pingedAt }: Subscription, now: Instant): Instant | undefined {
  if (pingedAt === undefined) return now;
  return pingedAt > now ? undefined : (Math.max(now, pingedAt + pingPauseMs) as Instant);
}

function whyDaily(until: Instant): string {
  return `pushed by its hub, lease until ${renderRfc3339(until)}: checked once a day`;
}

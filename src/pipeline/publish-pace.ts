/**
 * Decides when the window is published: soon after a quiet time, later while changes keep coming, and never more often than
 * the day's KV writes allow.
 *
 * Pure: the Archive keeps the pace and calls this before it sets its alarm.
 */
import { type BudgetState, leftOf, nextTakeAt, reserveOf, takeFrom } from './daily-budget.ts';

/** KV writes of an ordinary publish: the open segment, the default feeds, and the index (which is the small key). */
export const usualWrites = 3;

/** What is known about former publishes. Instants are epoch milliseconds. */
export interface PublishPace {
  readonly lastPublishedAt: number;
  /** The least time between this publish and the next. */
  readonly gapMs: number;
  /** The rest of the day's KV writes; absent when none was ever counted. */
  readonly budget?: BudgetState;
}

/** KV takes one write a second per key; slightly more allows for clocks that differ. Milliseconds. */
const minimumGapMs = 1100;

/** The longest gap between publishes while changes keep coming. Milliseconds. */
const maximumGapMs = 60_000;

/** A single change is published after this, so that changes of the same moment go with it. Milliseconds. */
const promptMs = 50;

/** When less than half of the reserve is left, a publish waits this long for the rest of its round. Milliseconds. */
const collectMs = 30_000;

/** The pace of an Archive that just woke; `budget` is the stored one. */
export function wakePace(budget?: BudgetState): PublishPace {
  return { lastPublishedAt: 0, gapMs: minimumGapMs, ...(budget === undefined ? {} : { budget }) };
}

/** KV writes a day under a setting: infinite for 0, at least those of one publish. */
export function writesPerDay(setting: number): number {
  return setting === 0 ? Number.POSITIVE_INFINITY : Math.max(usualWrites, setting);
}

/** When a change made at `now` is published, with so many KV writes. */
export function nextPublishAt(pace: PublishPace, perDay: number, now: number, writes: number = usualWrites): number {
  const afterGap = pace.lastPublishedAt + pace.gapMs;
  if (!Number.isFinite(perDay)) return Math.max(now + promptMs, afterGap);
  const isScarce = leftOf(pace.budget, perDay, now) < reserveOf(perDay) / 2;
  return Math.max(now + (isScarce ? collectMs : promptMs), afterGap, publishAllowedAt(pace, perDay, writes, now));
}

/** Whether a publish may happen now. Work that runs in steps then lets it happen between two steps. */
export function isPublishDue(pace: PublishPace, perDay: number, now: number, writes?: number): boolean {
  return nextPublishAt(pace, perDay, now, writes) <= now + promptMs;
}

/**
 * When the budget allows a publish of so many writes; `now` if it does already. A publish of more than the reserve needs all
 * of it.
 */
export function publishAllowedAt(pace: PublishPace, perDay: number, writes: number, now: number): number {
  return Number.isFinite(perDay) ? nextTakeAt(pace.budget, perDay, now, Math.min(writes, reserveOf(perDay))) : now;
}

/** The pace after a publish: the gap grows while changes keep coming, and shrinks after a pause. */
export function afterPublish(pace: PublishPace, perDay: number, writes: number, now: number): PublishPace {
  const isBusy = now - pace.lastPublishedAt < pace.gapMs * 3;
  return {
    lastPublishedAt: now,
    gapMs: isBusy ? Math.min(pace.gapMs * 2, maximumGapMs) : minimumGapMs,
    ...(Number.isFinite(perDay) ? { budget: takeFrom(pace.budget, perDay, now, { count: writes }) } : {}),
  };
}

/**
 * Decides when the window is published: soon when it has been quiet, later while changes keep coming, and never more often than
 * the day's KV writes allow.
 *
 * Pure: the Archive keeps the pace and asks here before it sets its alarm.
 */
import { type BudgetState, leftOf, nextTakeAt, reserveOf, takeFrom } from './daily-budget.ts';

/** KV writes of an ordinary publish: the open segment, the default feeds, and the index, which is the small key. */
export const usualWrites = 3;

/** What is known about the publishes so far. Instants are epoch milliseconds. */
export interface PublishPace {
  readonly lastPublishedAt: number;
  /** The least time between this publish and the next. */
  readonly gapMs: number;
  /** What is left of the day's KV writes; absent when none was ever counted. */
  readonly budget?: BudgetState;
}

/** KV takes one write a second per key; a little more keeps clear of clocks that differ. Milliseconds. */
const minimumGapMs = 1100;

/** While changes keep coming, publishes move apart up to this. Milliseconds. */
const maximumGapMs = 60_000;

/** A change alone is published after this: those of the same moment go with it. Milliseconds. */
const promptMs = 50;

/** With less than half of the reserve left, a publish waits for the rest of its round. Milliseconds. */
const collectMs = 30_000;

/** The pace of an Archive that just woke; `budget` is what it wrote down. */
export function wakePace(budget?: BudgetState): PublishPace {
  return { lastPublishedAt: 0, gapMs: minimumGapMs, ...(budget === undefined ? {} : { budget }) };
}

/** KV writes a day that a setting allows; infinite for 0, at least those of one publish. */
export function writesPerDay(setting: number): number {
  return setting === 0 ? Number.POSITIVE_INFINITY : Math.max(usualWrites, setting);
}

/** When a change made at `now` is to be published, by so many KV writes. */
export function nextPublishAt(pace: PublishPace, perDay: number, now: number, writes: number = usualWrites): number {
  const afterGap = pace.lastPublishedAt + pace.gapMs;
  if (!Number.isFinite(perDay)) return Math.max(now + promptMs, afterGap);
  const isScarce = leftOf(pace.budget, perDay, now) < reserveOf(perDay) / 2;
  return Math.max(now + (isScarce ? collectMs : promptMs), afterGap, publishAllowedAt(pace, perDay, writes, now));
}

/** Whether a publish would be asked for now rather than later: work that goes on in steps publishes between them then. */
export function isPublishDue(pace: PublishPace, perDay: number, now: number, writes?: number): boolean {
  return nextPublishAt(pace, perDay, now, writes) <= now + promptMs;
}

/** From when on the budget allows a publish of so many writes; `now` when it does. More than the reserve need all of it. */
export function publishAllowedAt(pace: PublishPace, perDay: number, writes: number, now: number): number {
  return Number.isFinite(perDay) ? nextTakeAt(pace.budget, perDay, now, Math.min(writes, reserveOf(perDay))) : now;
}

/** The pace after a publish: the next one moves away while changes keep coming, and back after a pause. */
export function afterPublish(pace: PublishPace, perDay: number, writes: number, now: number): PublishPace {
  const isBusy = now - pace.lastPublishedAt < pace.gapMs * 3;
  return {
    lastPublishedAt: now,
    gapMs: isBusy ? Math.min(pace.gapMs * 2, maximumGapMs) : minimumGapMs,
    ...(Number.isFinite(perDay) ? { budget: takeFrom(pace.budget, perDay, now, { count: writes }) } : {}),
  };
}

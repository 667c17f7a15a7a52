/**
 * When the window is published: soon when it has been quiet, later while changes keep coming, and never more often than
 * the day's KV writes allow.
 *
 * Pure: the Archive keeps the pace and asks here before it sets its alarm.
 */
import { feedFormats } from '../domain/view.ts';
import { fragmentFormats } from '../window/window.ts';
import { type BudgetState, leftOf, nextTakeAt, reserveOf, takeFrom } from './daily-budget.ts';

/** KV writes of one publish: a blob a format, a front a feed format, the index, and the key that names the version. */
export const writesPerPublish = fragmentFormats.length + feedFormats.length + 2;

/** What is known about the publishes so far. Instants are epoch milliseconds. */
export interface PublishPace {
  readonly lastPublishedAt: number;
  /** The least time between this publish and the next. */
  readonly gapMs: number;
  /** What is left of the day's publishes; absent when none was ever counted. */
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

/** Publishes a day that these KV writes allow; infinite for 0, at least one. */
export function publishesPerDay(writesPerDay: number): number {
  return writesPerDay === 0 ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(writesPerDay / writesPerPublish));
}

/** When a change made at `now` is to be published. */
export function nextPublishAt(pace: PublishPace, perDay: number, now: number): number {
  const afterGap = pace.lastPublishedAt + pace.gapMs;
  if (!Number.isFinite(perDay)) return Math.max(now + promptMs, afterGap);
  const isScarce = leftOf(pace.budget, perDay, now) < reserveOf(perDay) / 2;
  return Math.max(now + (isScarce ? collectMs : promptMs), afterGap, nextTakeAt(pace.budget, perDay, now));
}

/** Whether a publish would be asked for now rather than later: work that goes on in steps publishes between them then. */
export function isPublishDue(pace: PublishPace, perDay: number, now: number): boolean {
  return nextPublishAt(pace, perDay, now) <= now + promptMs;
}

/** From when on the budget allows a publish; `now` when it does. */
export function publishAllowedAt(pace: PublishPace, perDay: number, now: number): number {
  return Number.isFinite(perDay) ? nextTakeAt(pace.budget, perDay, now) : now;
}

/** The pace after a publish: the next one moves away while changes keep coming, and back after a pause. */
export function afterPublish(pace: PublishPace, perDay: number, now: number): PublishPace {
  const isBusy = now - pace.lastPublishedAt < pace.gapMs * 3;
  return {
    lastPublishedAt: now,
    gapMs: isBusy ? Math.min(pace.gapMs * 2, maximumGapMs) : minimumGapMs,
    ...(Number.isFinite(perDay) ? { budget: takeFrom(pace.budget, perDay, now) } : {}),
  };
}

/** The pace when the publish that was counted turned out to have nothing to write. */
export function withoutPublish(before: PublishPace, perDay: number, now: number): PublishPace {
  if (!Number.isFinite(perDay)) return before;
  return { ...before, budget: { left: leftOf(before.budget, perDay, now), at: now } };
}

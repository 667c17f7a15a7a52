/**
 * When a source is asked again: the latest of everything that asks for patience, and never later than a week.
 *
 * Pure: `now` and the jitter come in, a state goes out.
 * @see RFC 9110 section 10.2.3, RFC 9111 sections 4.2 and 4.3.4, RSS 2.0 `ttl`, `skipHours`, `skipDays`, mod_syndication
 */
import type { Failure } from '../../domain/failure.ts';
import type { Cadence } from '../../domain/feed.ts';
import type { Instant } from '../../domain/instant.ts';
import type { SourceState } from '../../domain/source-state.ts';
import { readFreshness } from '../freshness.ts';
import { backoff } from './backoff.ts';
import { type CheckedState, carryOver } from './carry.ts';
import { decide, type Wish } from './decide.ts';
import { dayMs, describeDuration, hourMs, minuteMs } from './duration.ts';
import { adaptiveInterval, type IntervalBounds } from './interval.ts';
import { isConditional, unconditionalPauseMs } from './request.ts';
import type { CheckResult } from './result.ts';

/**
 * No wait is longer: a mistaken `max-age` of a year or a `Retry-After` in the wrong unit must not lose a source, and one
 * request a week harms nobody. Unit: milliseconds.
 */
export const maxWaitMs = 7 * dayMs;

/** What a decision needs beside the state and the result. */
export interface PollContext {
  readonly now: Instant;
  /** 0 to 1, at random: spreads the retries after failures. */
  readonly jitter: number;
  readonly interval: IntervalBounds;
}

/** The state after a check of a feed, with the next check and the reason for it. */
export function nextState(previous: SourceState, result: CheckResult, context: PollContext): SourceState {
  const { now, jitter, interval } = context;
  const checked = carryOver(previous, result, now);
  if (checked.stopped) return { ...checked, ...stop(now) };
  const { cadence, recentEntries = [] } = checked;
  const hasAnswer = result.kind !== 'failed';
  const freshness = hasAnswer ? readFreshness(checked.freshness ?? {}, now) : undefined;
  const baseMs = interval.usualMinutes * minuteMs;
  const wishes = [
    adaptiveInterval({ recentEntries, freshness, cadence }, interval, now),
    freshness && { waitMs: freshness.remainingMs, why: freshness.why },
    ...cadenceWishes(cadence),
    ...politenessWishes(checked, result, now),
    hasAnswer
      ? undefined
      : backoff(
          result.failure,
          checked.consecutiveFailures,
          { baseMs, passingMs: 16 * hourMs, refusedMs: 5 * dayMs },
          jitter,
        ),
  ];
  return { ...checked, ...decide(wishes, { now, maxWaitMs, cadence }) };
}

/** What holds for feeds and pages alike: `Retry-After`, and no second full copy within a day. */
export function politenessWishes(checked: CheckedState, result: CheckResult, now: Instant): (Wish | undefined)[] {
  return [retryAfter(result), unconditionalPause(checked, now)];
}

/** The decision about a document that is gone for good. */
export function stop(now: Instant): Pick<SourceState, 'nextCheckAt' | 'nextCheckWhy'> {
  const why = 'stopped: the server says it is gone for good (410); not asked again until it is enabled anew';
  return { ...decide([{ waitMs: maxWaitMs, why }], { now, maxWaitMs }) };
}

function cadenceWishes(cadence: Cadence | undefined): (Wish | undefined)[] {
  const { ttlMinutes, updateEverySeconds } = cadence ?? {};
  return [
    ttlMinutes === undefined ? undefined : { waitMs: ttlMinutes * minuteMs, why: `ttl=${ttlMinutes} in the feed` },
    updateEverySeconds === undefined
      ? undefined
      : {
          waitMs: updateEverySeconds * 1000,
          why: `sy:updatePeriod in the feed, every ${describeDuration(updateEverySeconds * 1000)}`,
        },
  ];
}

function retryAfter(result: CheckResult): Wish | undefined {
  const waitMs = result.kind === 'failed' ? retryAfterOf(result.failure) : longestPause(result.answer.pauses);
  return waitMs === undefined ? undefined : { waitMs, why: `Retry-After from the server, ${describeDuration(waitMs)}` };
}

function retryAfterOf(failure: Failure): number | undefined {
  return failure.kind === 'http-status' ? failure.retryAfterMs : undefined;
}

function longestPause(pauses: readonly { readonly ms: number }[]): number | undefined {
  return pauses.length === 0 ? undefined : Math.max(...pauses.map((pause) => pause.ms));
}

function unconditionalPause(checked: CheckedState, now: Instant): Wish | undefined {
  if (checked.lastUnconditionalAt === undefined || isConditional(checked.validators)) return undefined;
  return {
    waitMs: checked.lastUnconditionalAt + unconditionalPauseMs - now,
    why: `no validators to ask with: a full copy at most once in ${describeDuration(unconditionalPauseMs)}`,
  };
}

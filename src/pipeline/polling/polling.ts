/**
 * Decides when a source is asked again: after an answer, the latest of all wishes to wait; after a failure, `Retry-After` or
 * the backoff; never later than a week.
 *
 * Pure: `now` and the jitter come in, a state goes out.
 *
 * @see RFC 9110 section 10.2.3, RFC 9111 sections 4.2 and 4.3.4, RSS 2.0 `ttl`, `skipHours`, `skipDays`, mod_syndication
 */
import { dayMs, describeDuration, hourMs, minuteMs } from '../../domain/duration.ts';
import type { Failure } from '../../domain/failure.ts';
import type { Cadence } from '../../domain/feed.ts';
import type { Instant } from '../../domain/instant.ts';
import type { SourceState } from '../../domain/source-state.ts';
import { readFreshness } from '../freshness.ts';
import type { Answer } from '../retrieval.ts';
import { type Pushes, pushWish } from '../websub/push-rhythm.ts';
import { type BackoffBounds, backoff } from './backoff.ts';
import { type CheckedState, carryOver } from './carry.ts';
import type { CheckResult } from './check-result.ts';
import { decide, type Wish } from './decide.ts';
import { adaptiveInterval, type IntervalBounds } from './interval.ts';
import { isConditional, unconditionalPauseMs } from './request.ts';

/**
 * No wait is longer: a mistaken `max-age` of a year or a `Retry-After` in the wrong unit must not lose a source, and one
 * request a week harms nobody. Unit: milliseconds.
 */
export const maxWaitMs = 7 * dayMs;

/** The first retry comes after five minutes: most trouble of a site is over by then. */
const backoffBounds: BackoffBounds = { baseMs: 5 * minuteMs, passingMs: 16 * hourMs, refusedMs: 5 * dayMs };

/** What a decision needs in addition to the state and the result. */
export interface PollContext {
  readonly now: Instant;
  /** 0 to 1, at random: spreads the retries after failures. */
  readonly jitter: number;
  readonly interval: IntervalBounds;
  /** Set for a source whose hub sends pushes. */
  readonly pushes?: Pushes | undefined;
}

/** The state after a check of a feed, with the next check and the reason for it. */
export function nextState(previous: SourceState, result: CheckResult, context: PollContext): SourceState {
  const { now, jitter, interval, pushes } = context;
  const checked = carryOver(previous, result, now);
  if (checked.stopped) return { ...checked, ...stop(now) };
  const { cadence, recentEntries = [], oldestEntry } = checked;
  if (result.kind === 'failed') {
    const wish = retryWish(result.failure, checked.consecutiveFailures, backoffBounds, jitter);
    return { ...checked, ...decide([wish, unconditionalPause(checked, now)], { now, maxWaitMs, cadence }) };
  }
  const freshness = readFreshness(checked.freshness ?? {}, now);
  const wishes = [
    adaptiveInterval({ recentEntries, oldestEntry, freshness, cadence }, interval, now),
    freshness && { waitMs: freshness.remainingMs, why: freshness.why },
    ...cadenceWishes(cadence),
    ...answerWishes(checked, result.answer, now),
    pushWish(pushes, now),
  ];
  return { ...checked, ...decide(wishes, { now, maxWaitMs, cadence }) };
}

/** The wishes after an answer, for feeds and pages alike: `Retry-After` of a redirect, and the pause between full copies. */
export function answerWishes(checked: CheckedState, answer: Answer, now: Instant): (Wish | undefined)[] {
  const pauseMs = answer.pauses.length === 0 ? undefined : Math.max(...answer.pauses.map((pause) => pause.ms));
  return [pauseMs === undefined ? undefined : retryAfter(pauseMs), unconditionalPause(checked, now)];
}

/**
 * How long to wait after a failure: after the first one `Retry-After` alone decides, later the longer one of it and the
 * backoff.
 */
export function retryWish(failure: Failure, failures: number, bounds: BackoffBounds, jitter: number): Wish {
  const ours = backoff(failure, failures, bounds, jitter);
  const pauseMs = failure.kind === 'http-status' ? failure.retryAfterMs : undefined;
  if (pauseMs === undefined || (pauseMs <= ours.waitMs && (failures > 1 || pauseMs < minuteMs))) return ours;
  return retryAfter(pauseMs);
}

/** The decision for a document that is gone for good. */
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

function retryAfter(waitMs: number): Wish {
  return { waitMs, why: `Retry-After from the server, ${describeDuration(waitMs)}` };
}

/**
 * A source with validators is not asked twice without them in a day. A source without validators is asked at its own
 * interval.
 */
function unconditionalPause(checked: CheckedState, now: Instant): Wish | undefined {
  const { lastUnconditionalAt, validatorsUntil, validators } = checked;
  if (lastUnconditionalAt === undefined || validatorsUntil === undefined || isConditional(validators)) return undefined;
  if (now - validatorsUntil >= unconditionalPauseMs) return undefined;
  return {
    waitMs: lastUnconditionalAt + unconditionalPauseMs - now,
    why: `its validators were lost: a full copy at most once in ${describeDuration(unconditionalPauseMs)}`,
  };
}

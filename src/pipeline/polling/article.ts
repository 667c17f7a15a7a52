/**
 * Decides when the page of an archived article is asked again: a day after it last changed, then after twice as long each
 * time, up to a month. News is corrected on its first day; an old text rarely changes.
 */
import { dayMs, describeDuration } from '../../domain/duration.ts';
import type { Instant } from '../../domain/instant.ts';
import type { SourceState } from '../../domain/source-state.ts';
import { readFreshness } from '../freshness.ts';
import type { BackoffBounds } from './backoff.ts';
import { type CheckedState, carryOver } from './carry.ts';
import type { CheckResult } from './check-result.ts';
import { decide, type Wish } from './decide.ts';
import { answerWishes, retryWish, stop } from './polling.ts';

/** The shortest time between two requests for one page. Unit: milliseconds. */
const minArticleIntervalMs = dayMs;

/** The longest time: an old article is still checked about monthly. Unit: milliseconds. */
export const maxArticleIntervalMs = 30 * dayMs;

/** A page that fails is asked as seldom as an old page. */
const backoffBounds: BackoffBounds = { baseMs: dayMs, passingMs: 16 * dayMs, refusedMs: 16 * dayMs };

/** What a decision about a page needs in addition to its state and the result. */
export interface ArticleContext {
  readonly now: Instant;
  /** 0 to 1, at random. */
  readonly jitter: number;
  /** When the entry last changed: published, updated, or found changed by this check. */
  readonly changedAt: Instant;
}

/** The state after a check of an article's page, with the next check and the reason for it. */
export function nextArticleState(previous: SourceState, result: CheckResult, context: ArticleContext): SourceState {
  const { now, changedAt } = context;
  const checked = carryOver(previous, result, now);
  if (checked.stopped) return { ...checked, ...stop(now) };
  const wishes = [ageInterval(now - changedAt), ...answeredWishes(checked, result, context)];
  return { ...checked, ...decide(wishes, { now, maxWaitMs: maxArticleIntervalMs }) };
}

function answeredWishes(
  checked: CheckedState,
  result: CheckResult,
  { now, jitter }: ArticleContext,
): (Wish | undefined)[] {
  if (result.kind === 'failed') return [retryWish(result.failure, checked.consecutiveFailures, backoffBounds, jitter)];
  const freshness = readFreshness(checked.freshness ?? {}, now);
  return [
    freshness && { waitMs: freshness.remainingMs, why: freshness.why },
    ...answerWishes(checked, result.answer, now),
  ];
}

/** The wait equals the time since the last change, so each check doubles it. */
function ageInterval(ageMs: number): Wish {
  const waitMs = Math.min(Math.max(ageMs, minArticleIntervalMs), maxArticleIntervalMs);
  const age = ageMs < minArticleIntervalMs ? 'less than a day' : describeDuration(ageMs);
  return { waitMs, why: `every ${describeDuration(waitMs)}: unchanged for ${age}` };
}

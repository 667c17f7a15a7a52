/**
 * Keeps a daily budget that is never overdrawn: in any 24 hours, at most the day's number is taken.
 *
 * A share is available for a burst (an eighth by default), the rest comes back evenly over the day; both together are the
 * day's number. Pure: the caller keeps the state and reads the clock.
 */
import { dayMs } from '../domain/duration.ts';

/** The rest of the budget at a moment (epoch milliseconds). A budget that was never used has no state: it is full. */
export interface BudgetState {
  readonly left: number;
  readonly at: number;
}

/**
 * The default share of a day that may be taken at once. It is small, so that publishes come back as fast as the cron's 96
 * rounds a day take them (publish-pace.ts): a larger reserve is used up once, and then rounds wait for each other.
 */
const burstShare = 0.125;

/** The most that may be taken at once; at least one. */
export function reserveOf(perDay: number, share: number = burstShare): number {
  return Math.max(1, Math.floor(perDay * share));
}

/** The rest at `now`. When the clock went back, nothing comes back and nothing is lost. */
export function leftOf(
  state: BudgetState | undefined,
  perDay: number,
  now: number,
  share: number = burstShare,
): number {
  const reserve = reserveOf(perDay, share);
  if (state === undefined) return reserve;
  return Math.min(reserve, state.left + Math.max(0, now - state.at) / gapMsOf(perDay, share));
}

/** The budget after taking one, or `count`. */
export function takeFrom(
  state: BudgetState | undefined,
  perDay: number,
  now: number,
  { count = 1, share = burstShare }: { readonly count?: number; readonly share?: number } = {},
): BudgetState {
  return { left: leftOf(state, perDay, now, share) - count, at: Math.max(now, state?.at ?? now) };
}

/**
 * The moment from which `count` may be taken: `now`, or later when fewer are left. The budget never holds more than the
 * reserve.
 */
export function nextTakeAt(state: BudgetState | undefined, perDay: number, now: number, count = 1): number {
  const missing = count - leftOf(state, perDay, now);
  // Slightly more, so that rounding never leaves a fraction missing when that moment has come.
  return missing <= 0 ? now : now + Math.ceil(missing * gapMsOf(perDay, burstShare)) + 1;
}

/** The time in which one comes back. A budget of one a day has only its reserve, which comes back in a day. */
function gapMsOf(perDay: number, share: number): number {
  return dayMs / Math.max(1, perDay - reserveOf(perDay, share));
}

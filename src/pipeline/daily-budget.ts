/**
 * Keeps a budget of so many a day that is never overdrawn: in no 24 hours more are taken than it holds.
 *
 * A share lies ready for a burst (an eighth, unless another is given), the rest comes back evenly over the day; together they
 * are the day's number. Pure: the caller keeps the state and reads the clock.
 */

/** What is left, counted at a moment (epoch milliseconds). A budget never used has no state: its reserve is full. */
export interface BudgetState {
  readonly left: number;
  readonly at: number;
}

/**
 * The share of a day that may be taken at once, where no other is given: small, so that publishes come back as fast as the
 * cron's 96 rounds a day take them (publish-pace.ts). A larger reserve is used up once, and then rounds wait for each other.
 */
const burstShare = 0.125;

const dayMs = 24 * 60 * 60_000;

/** How many may be taken at once when nothing was taken for long; at least one. */
export function reserveOf(perDay: number, share: number = burstShare): number {
  return Math.max(1, Math.floor(perDay * share));
}

/** What is left at `now`; a clock that went back gives nothing and takes nothing. */
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

/** The budget after one was taken, or as many as are given. */
export function takeFrom(
  state: BudgetState | undefined,
  perDay: number,
  now: number,
  { count = 1, share = burstShare }: { readonly count?: number; readonly share?: number } = {},
): BudgetState {
  return { left: leftOf(state, perDay, now, share) - count, at: Math.max(now, state?.at ?? now) };
}

/** When so many may be taken: `now`, or later when fewer are left. No more than the reserve are ever left. */
export function nextTakeAt(state: BudgetState | undefined, perDay: number, now: number, count = 1): number {
  const missing = count - leftOf(state, perDay, now);
  // A hair more, so that rounding never leaves a fraction missing when that moment has come.
  return missing <= 0 ? now : now + Math.ceil(missing * gapMsOf(perDay, burstShare)) + 1;
}

/** The time in which one comes back. A budget of one a day has only its reserve, which comes back in a day. */
function gapMsOf(perDay: number, share: number): number {
  return dayMs / Math.max(1, perDay - reserveOf(perDay, share));
}

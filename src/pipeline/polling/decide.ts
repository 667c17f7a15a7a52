/**
 * Combines several wishes to wait into one decision: the latest wish counts, moved past the hours and days that the publisher
 * wants skipped, and never later than a bound. The decision carries the reason of the wish.
 */
import { describeDuration, hourMs } from '../../domain/duration.ts';
import type { Cadence } from '../../domain/feed.ts';
import { type Instant, toInstant } from '../../domain/instant.ts';

/** A reason to wait. */
export interface Wish {
  /** Milliseconds from now. */
  readonly waitMs: number;
  /** For people; finishes the sentence "next check then, because of ...". */
  readonly why: string;
}

/** When the next check is, and why. */
export interface Decision {
  readonly nextCheckAt: Instant;
  readonly nextCheckWhy: string;
}

/** The latest of the wishes (the first of equals), after skipped hours and days, at most `maxWaitMs` from `now`. */
export function decide(
  wishes: readonly (Wish | undefined)[],
  context: { readonly now: Instant; readonly maxWaitMs: number; readonly cadence?: Cadence | undefined },
): Decision {
  const { now, maxWaitMs, cadence } = context;
  let latest: Wish = { waitMs: 0, why: 'nothing asks to wait' };
  for (const wish of wishes) if (wish !== undefined && wish.waitMs > latest.waitMs) latest = wish;
  if (latest.waitMs >= maxWaitMs) {
    const why = `${latest.why}, but never later than ${describeDuration(maxWaitMs)}`;
    return { nextCheckAt: later(now, maxWaitMs), nextCheckWhy: latest.waitMs === maxWaitMs ? latest.why : why };
  }
  const wanted = later(now, latest.waitMs);
  const allowed = afterSkipped(wanted, later(now, maxWaitMs), cadence);
  if (allowed === wanted) return { nextCheckAt: wanted, nextCheckWhy: latest.why };
  return { nextCheckAt: allowed, nextCheckWhy: `${latest.why}, and then the feed's skipHours and skipDays` };
}

function later(now: Instant, waitMs: number): Instant {
  return toInstant(now + Math.ceil(waitMs)) ?? now;
}

/** The first moment from `at` on whose hour and day are not skipped (GMT); `limit` when there is none before it. */
function afterSkipped(at: Instant, limit: Instant, cadence: Cadence | undefined): Instant {
  if (cadence === undefined || !isHeeded(cadence)) return at;
  let moment: number = at;
  while (moment < limit && isSkipped(moment, cadence)) moment = (Math.floor(moment / hourMs) + 1) * hourMs;
  return toInstant(Math.min(moment, limit)) ?? at;
}

/** Whether the skips can be followed: a feed that skips every hour or every day is ignored. */
function isHeeded({ skipHours, skipDays }: Cadence): boolean {
  return new Set(skipHours).size < 24 && new Set(skipDays).size < 7;
}

function isSkipped(at: number, { skipHours, skipDays }: Cadence): boolean {
  const date = new Date(at);
  return skipHours.includes(date.getUTCHours()) || skipDays.includes(date.getUTCDay());
}

/**
 * The interval a source deserves: often where much is published, daily where little is.
 *
 * Less than the usual interval takes two: entries that come often, and a server or feed that says it goes stale sooner.
 */
import type { Cadence } from '../../domain/feed.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Freshness } from '../freshness.ts';
import type { Wish } from './decide.ts';
import { describeDuration, minuteMs } from './duration.ts';

/** Bounds of the interval, from the settings. Unit: minutes. */
export interface IntervalBounds {
  /** No source is asked more often, whatever it says (15). */
  readonly minMinutes: number;
  /** `POLL_MINUTES` (60): where nothing is known, and the least where nobody invites to more. */
  readonly usualMinutes: number;
  /** A quiet source is asked at least this often (a day: 1440). */
  readonly maxMinutes: number;
}

/** What is known about a source's rhythm. */
export interface Rhythm {
  /** When its newest entries were published. */
  readonly recentEntries: readonly Instant[];
  readonly freshness?: Freshness | undefined;
  readonly cadence?: Cadence | undefined;
}

/** Entries that count for the rate: enough to smooth a burst, few enough to follow a change of habit. */
export const countedEntries = 10;

/**
 * Checks per entry: an entry is seen after an eighth of the usual gap between two at the latest. A source of eight or
 * more a week is then asked hourly to six-hourly, one of less than one a week daily.
 */
const checksPerEntry = 8;

/** The interval for a source with this rhythm, between the bounds. */
export function adaptiveInterval(rhythm: Rhythm, bounds: IntervalBounds, now: Instant): Wish {
  const usualMs = bounds.usualMinutes * minuteMs;
  const floorMs = isInvited(rhythm, usualMs) ? Math.min(bounds.minMinutes * minuteMs, usualMs) : usualMs;
  const ceilingMs = Math.max(bounds.maxMinutes * minuteMs, usualMs);
  const gapMs = meanGapMs(rhythm.recentEntries, now);
  if (gapMs === undefined) return { waitMs: usualMs, why: `the usual interval of ${describeDuration(usualMs)}` };
  const waitMs = Math.min(Math.max(gapMs / checksPerEntry, floorMs), ceilingMs);
  if (waitMs === usualMs) return { waitMs, why: `the usual interval of ${describeDuration(usualMs)}` };
  const rate = `one entry in ${describeDuration(gapMs)}`;
  return { waitMs, why: `every ${describeDuration(waitMs)}: it publishes about ${rate}` };
}

/** The mean time between entries, the silence since the newest included, so that a source that falls silent is asked less. */
function meanGapMs(instants: readonly Instant[], now: Instant): number | undefined {
  const recent = keepRecent(instants, now);
  const oldest = recent.at(-1);
  return oldest === undefined ? undefined : (now - oldest) / recent.length;
}

/** The newest few instants, newest first; moments to come say nothing about a rate. */
export function keepRecent(instants: readonly Instant[], now: Instant): readonly Instant[] {
  return instants
    .filter((instant) => instant <= now)
    .toSorted((a, b) => b - a)
    .slice(0, countedEntries);
}

/** Whether the server or the feed itself says that it goes stale before the usual interval is over. */
function isInvited({ freshness, cadence }: Rhythm, usualMs: number): boolean {
  const promisesMs = [
    freshness?.lifetimeMs,
    (cadence?.ttlMinutes ?? 0) * minuteMs,
    (cadence?.updateEverySeconds ?? 0) * 1000,
  ];
  // Zero is no invitation: max-age=0 is what servers send when nobody thought about it.
  return promisesMs.some((ms) => ms !== undefined && ms > 0 && ms < usualMs);
}

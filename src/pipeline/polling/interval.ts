/**
 * Decides how often a source is asked: often when it publishes much, daily when it publishes little.
 *
 * A source is asked more often than usual in two cases: its entries come often and the server or the feed says that it goes
 * stale sooner; or the document covers so short a time that entries would leave it between two checks.
 */
import { describeDuration, minuteMs } from '../../domain/duration.ts';
import type { Cadence } from '../../domain/feed.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Freshness } from '../freshness.ts';
import type { Wish } from './decide.ts';

/** Bounds of the interval, from the settings. Unit: minutes. */
export interface IntervalBounds {
  /** No source is asked more often, whatever it says (15). */
  readonly minMinutes: number;
  /** `POLL_MINUTES` (60): when nothing is known, and the shortest interval unless the server or the feed invites more. */
  readonly usualMinutes: number;
  /** A quiet source is asked at least this often (a day: 1440). */
  readonly maxMinutes: number;
}

/** The known facts about how often a source publishes. */
export interface Rhythm {
  /** When its newest entries were published. */
  readonly recentEntries: readonly Instant[];
  /** The oldest entry of the last document (`oldestCovered`). */
  readonly oldestEntry?: Instant | undefined;
  readonly freshness?: Freshness | undefined;
  readonly cadence?: Cadence | undefined;
}

/** Entries that count for the rate: enough to smooth a burst, few enough to follow a change of habit. */
const countedEntries = 10;

/**
 * Checks per entry, so that an entry is seen within an eighth of the usual gap between entries. A source of eight or more a
 * week is then asked hourly to six-hourly, one of less than one a week daily.
 */
const checksPerEntry = 8;

/** Checks within the time that a document covers: when one fails, no entry is missed. */
const checksPerSpan = 2;

/** The interval for a source with this rhythm, within the bounds. */
export function adaptiveInterval(rhythm: Rhythm, bounds: IntervalBounds, now: Instant): Wish {
  const usualMs = bounds.usualMinutes * minuteMs;
  const floorMs = isInvited(rhythm, usualMs) ? Math.min(bounds.minMinutes * minuteMs, usualMs) : usualMs;
  const ceilingMs = Math.max(bounds.maxMinutes * minuteMs, usualMs);
  const gapMs = meanGapMs(rhythm.recentEntries, now);
  if (gapMs === undefined) return { waitMs: usualMs, why: `the usual interval of ${describeDuration(usualMs)}` };
  const rhythmMs = Math.min(Math.max(gapMs / checksPerEntry, floorMs), ceilingMs);
  const coverMs = Math.max(
    coveredMs(rhythm, usualMs, now) / checksPerSpan,
    Math.min(bounds.minMinutes * minuteMs, usualMs),
  );
  if (coverMs < rhythmMs) {
    const why = `every ${describeDuration(coverMs)}: its document covers only ${describeDuration(coveredMs(rhythm, usualMs, now))}`;
    return { waitMs: coverMs, why };
  }
  const waitMs = rhythmMs;
  if (waitMs === usualMs) return { waitMs, why: `the usual interval of ${describeDuration(usualMs)}` };
  const rate = `one entry in ${describeDuration(gapMs)}`;
  return { waitMs, why: `every ${describeDuration(waitMs)}: it publishes about ${rate}` };
}

/**
 * The time from the oldest to the newest entry of the document; infinite when it is unknown, or when the source has been
 * silent for longer than that (ten old entries with one date do not make a busy source).
 */
function coveredMs({ recentEntries, oldestEntry }: Rhythm, usualMs: number, now: Instant): number {
  const newest = keepRecent(recentEntries, now)[0];
  if (newest === undefined || oldestEntry === undefined || oldestEntry >= newest) return Number.POSITIVE_INFINITY;
  const spanMs = newest - oldestEntry;
  return now - newest > Math.max(spanMs, usualMs) ? Number.POSITIVE_INFINITY : spanMs;
}

/**
 * The oldest entry that counts for the span of a document. One in ten may be older, since feeds pin old entries to their top.
 * `undefined` when fewer than three entries have a date.
 */
export function oldestCovered(instants: readonly Instant[], now: Instant): Instant | undefined {
  const dated = instants.filter((instant) => instant <= now).toSorted((a, b) => a - b);
  return dated.length < 3 ? undefined : dated[Math.floor(dated.length / 10)];
}

/** The mean time between entries. The silence since the newest counts, so that a source that falls silent is asked less. */
function meanGapMs(instants: readonly Instant[], now: Instant): number | undefined {
  const recent = keepRecent(instants, now);
  const oldest = recent.at(-1);
  return oldest === undefined ? undefined : (now - oldest) / recent.length;
}

/** The newest few instants, newest first. Future instants are left out. */
export function keepRecent(instants: readonly Instant[], now: Instant): readonly Instant[] {
  return instants
    .filter((instant) => instant <= now)
    .toSorted((a, b) => b - a)
    .slice(0, countedEntries);
}

/** Whether the server or the feed says that it goes stale before the usual interval is over. */
function isInvited({ freshness, cadence }: Rhythm, usualMs: number): boolean {
  const promisesMs = [
    freshness?.lifetimeMs,
    (cadence?.ttlMinutes ?? 0) * minuteMs,
    (cadence?.updateEverySeconds ?? 0) * 1000,
  ];
  // Zero is no invitation: servers send max-age=0 by default.
  return promisesMs.some((ms) => ms !== undefined && ms > 0 && ms < usualMs);
}

/**
 * Defines days and weeks of the calendar in a time zone: when they begin and end, and their names.
 *
 * Days are not always 24 hours long: a day begins at the first instant at which clocks of the zone show its date, whatever
 * the clocks do at midnight. Weeks begin on Monday (ISO 8601).
 */
import { dayMs } from './duration.ts';
import type { Instant } from './instant.ts';

/** How long a period is. */
export type PeriodKind = 'day' | 'week';

/** One day or week: from `start` to before `end`. */
export interface Period {
  readonly start: Instant;
  readonly end: Instant;
  /** Its first day as the zone's clocks show it, `YYYY-MM-DD`. */
  readonly date: string;
}

/** No zone was ever further from UTC. Milliseconds. */
const furthestMs = 16 * 3_600_000;

/** Formatters by zone: they are slow to make. */
const clocks = new Map<string, Intl.DateTimeFormat>();
const maxClocks = 50;

/** The zone as the IANA list spells it; `undefined` when the list does not have it. */
export function parseZone(text: string): string | undefined {
  if (text.length > 64 || !/^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/.test(text)) return undefined;
  try {
    const listed = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
    // A former name of a zone is another spelling for good: Asia/Kolkata stays what was asked for.
    return listed.toLowerCase() === text.toLowerCase() ? listed : text;
  } catch {
    return undefined;
  }
}

/** The period of a zone that an instant lies in. */
export function periodOf(at: Instant, kind: PeriodKind, zone: string): Period {
  const day = localDay(at, zone);
  // Day 0 was a Thursday.
  const first = kind === 'day' ? day : day - ((((day + 3) % 7) + 7) % 7);
  return {
    start: startOfDay(first, zone),
    end: startOfDay(first + (kind === 'day' ? 1 : 7), zone),
    date: new Date(first * dayMs).toISOString().slice(0, 10),
  };
}

/** The date that clocks of the zone show, as days since 1970-01-01. */
function localDay(at: number, zone: string): number {
  if (zone === 'UTC') return Math.floor(at / dayMs);
  const parts: Partial<Record<string, string>> = {};
  for (const { type, value } of clockOf(zone).formatToParts(at)) parts[type] = value;
  return Date.UTC(Number(parts['year']), Number(parts['month']) - 1, Number(parts['day'])) / dayMs;
}

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  if (clocks.size >= maxClocks) clocks.clear();
  const clock = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  clocks.set(zone, clock);
  return clock;
}

/** The first instant at which clocks of the zone show this date, or a later one where the zone skipped the date. */
function startOfDay(day: number, zone: string): Instant {
  if (zone === 'UTC') return (day * dayMs) as Instant;
  let before = day * dayMs - furthestMs;
  let at = day * dayMs + furthestMs;
  while (at - before > 1) {
    const middle = Math.floor((before + at) / 2);
    if (localDay(middle, zone) >= day) at = middle;
    else before = middle;
  }
  return at as Instant;
}

const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const monthNames = 'January February March April May June July August September October November December'.split(' ');

/** `Thursday 26 November 2026`, or `Week of 16 to 22 November 2026`. */
export function describePeriod({ date }: Period, kind: PeriodKind): string {
  const first = new Date(`${date}T00:00:00Z`);
  if (kind === 'day') return `${dayNames[first.getUTCDay()]} ${describeDate(first)}`;
  const last = new Date(first.getTime() + 6 * dayMs);
  const isSameYear = first.getUTCFullYear() === last.getUTCFullYear();
  const isSameMonth = isSameYear && first.getUTCMonth() === last.getUTCMonth();
  const month = isSameMonth ? '' : ` ${monthNames[first.getUTCMonth()]}`;
  const year = isSameYear ? '' : ` ${first.getUTCFullYear()}`;
  return `Week of ${first.getUTCDate()}${month}${year} to ${describeDate(last)}`;
}

function describeDate(date: Date): string {
  return `${date.getUTCDate()} ${monthNames[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/**
 * Reads the date of an archived article: any form that feeds use, in the site's own zone when it names none.
 *
 * A date without a time is midnight of the site's zone. Where day and month could be swapped, the site's order decides,
 * else the language of the page: only American English writes the month first.
 */
import { hourMs } from '../../../domain/duration.ts';
import { type Instant, toInstant } from '../../../domain/instant.ts';
import { parseDate } from '../dates/parse-date.ts';

/** The site's rules for ambiguous dates. */
export interface DateHabits {
  /** IANA name; absent: UTC. */
  readonly zone?: string;
  readonly dayFirst: boolean;
}

// `日期：`, `Published on:` and the like before a date.
const label = /^[\p{L}\s]{1,30}[:：]\s*(?=\S*\d|\p{L}{2,12}\.?,)/u;
const yearLast = /^(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4})(?:[\s,]+(?:-\s*)?(\d{1,2}[:.]\d.*))?$/;
const namesZone = /\d(?:[:.h]\d{2}).*?(?:\dz|[+-]\d{1,2}:?\d{2}|\s?(?!am\b|pm\b)[a-z]{1,5})\)?$/i;

/** Reads a line that is a date and nothing else; a number alone is none. */
export function parseZonedDate(text: string, { zone, dayFirst }: DateHabits): Instant | undefined {
  const date = withoutDateLabel(text);
  if (!/\d\D+\d/.test(date)) return undefined;
  const instant = parseDate(inOrder(date, dayFirst));
  if (instant === undefined || zone === undefined || namesZone.test(date)) return instant;
  return toInstant(fromWallClock(instant, zone));
}

/** The line without `日期：` and the like before the date. */
export function withoutDateLabel(line: string): string {
  return line.trim().replace(label, '');
}

/** Writes a date with the year last as `2020-10-12`, so that it is unambiguous. */
function inOrder(date: string, dayFirst: boolean): string {
  const [, first = '', separator, second = '', year = '', time] = yearLast.exec(date) ?? [];
  if (separator === undefined) return date;
  const isDayFirst = Number(first) > 12 || (Number(second) <= 12 && (dayFirst || separator === '.'));
  const [day, month] = isDayFirst ? [first, second] : [second, first];
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return time === undefined ? written : `${written} ${time}`;
}

const likeNumbers = /\d{1,4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,4}/u;
const likeMonth = /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*\b.{0,20}\b(?:19|20)\d\d\b/iu;

/** Whether a line looks like a date, understood or not. */
export function looksLikeDate(line: string): boolean {
  return line.length <= 60 && (likeNumbers.test(line) || likeMonth.test(line)) && !/[!?。！？]|\.\s*$/u.test(line);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The moment at which the clocks of `zone` show what a UTC clock shows at `wallMs`. */
function fromWallClock(wallMs: number, zone: string): number {
  const guess = wallMs - aheadOfUtc(wallMs, zone);
  // The guess may lie on the other side of a change to or from summer time.
  return wallMs - aheadOfUtc(guess, zone);
}

function aheadOfUtc(atMs: number, zone: string): number {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
    clock = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...fields });
    clocks.set(zone, clock);
  }
  const shown = new Map(clock.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes): number => shown.get(name) ?? 0;
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return wall - Math.floor(atMs / 60_000) * 60_000;
}

/** How many hours a date may be moved back: no zone is further ahead of UTC. */
const mostHours = 14;

/**
 * Moves a date that is after the archive stamp back before it. Nothing is archived before it is published: such a date
 * was local time, a whole number of hours ahead. `shifted` is that number; a date further ahead becomes the stamp.
 */
export function settleDate(
  published: Instant,
  stamp: Instant,
): { readonly published: Instant; readonly shifted?: number } {
  if (published <= stamp) return { published };
  const hours = Math.ceil((published - stamp) / hourMs);
  const earlier = toInstant(published - hours * hourMs);
  if (hours > mostHours || earlier === undefined) return { published: stamp };
  return { published: earlier, shifted: hours };
}

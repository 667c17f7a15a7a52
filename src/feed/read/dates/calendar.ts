/**
 * Turns the parts of a date into an instant, strictly: a day that does not exist is unknown, not the day after.
 *
 * Two values beyond the clock are valid: 24:00 is the end of the day (ISO 8601), second 60 is a leap second.
 */
import { type Instant, toInstant } from '../../../domain/instant.ts';
import type { TimeOfDay } from './time-of-day.ts';

/** A day of the Gregorian calendar. `month` is 1 to 12. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The instant at which `time` was on the clock of its zone on that day. */
export function instantOf({ year, month, day }: Day, time: TimeOfDay): Instant | undefined {
  // Zero dates of databases and languages (0000, 0001, -0001), and dates that no publisher can mean.
  if (year < 1900 || year > 9998) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  const midnight = Date.UTC(year, month - 1, day);
  return toInstant(midnight + time.sinceMidnightMs - time.offsetMinutes * 60_000);
}

/** The day number `ordinal` (1 to 366) of a year. */
export function dayOfYear(year: number, ordinal: number): Day | undefined {
  if (ordinal < 1 || ordinal > (daysInMonth(year, 2) === 29 ? 366 : 365)) return undefined;
  return fromUtc(Date.UTC(year, 0, ordinal));
}

/** Day 1 (Monday) to 7 of an ISO 8601 week; week 1 is the one with the first Thursday. */
export function dayOfWeek(year: number, week: number, weekday: number): Day | undefined {
  if (week < 1 || week > 53 || weekday < 1 || weekday > 7) return undefined;
  const fourth = new Date(Date.UTC(year, 0, 4));
  const monday = 4 - ((fourth.getUTCDay() + 6) % 7);
  const found = Date.UTC(year, 0, monday + (week - 1) * 7 + weekday - 1);
  // Week 53 exists only in years whose Thursday of that week is still theirs.
  const thursday = new Date(Date.UTC(year, 0, monday + (week - 1) * 7 + 3));
  return thursday.getUTCFullYear() === year ? fromUtc(found) : undefined;
}

/** The year that one to four digits mean (RFC 2822 section 4.3: 00-49 is 20xx, 50-99 is 19xx, 104 is 2004). */
export function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length >= 4) return year;
  if (digits.length === 3) return 1900 + year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function fromUtc(epochMs: number): Day {
  const date = new Date(epochMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/**
 * Reads dates of numbers only: seconds, milliseconds or microseconds since 1970, .NET's `/Date(...)/`, and dates with the
 * year last: 25.12.2004 and 25/12/2004, and 12/25/2004 where it is unambiguous.
 *
 * With dots the day comes first, everywhere. With slashes, a number above 12 or a twelve-hour clock (American) decides
 * the order; `03/04/2004` alone stays unknown: a wrong month is worse than none.
 */
import { type Instant, toInstant } from '../../../domain/instant.ts';
import { type Day, fullYear, instantOf } from './calendar.ts';
import { parseTimeOfDay } from './time-of-day.ts';

const shape =
  /^(?:[\p{L}\p{M}]{2,12}\.?,?\s+){0,2}(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2}(?=$|\s|,))\.?(?:,|\s-|\s\p{L}{1,3}(?=\s\d))?\s*(.*)$/u;

/** Parses a numeric date with the year last. */
export function parseNumericDate(text: string): Instant | undefined {
  const read = shape.exec(text);
  if (read === null) return undefined;
  const [, first = '', separator = '', second = '', year = '', rest = ''] = read;
  const time = parseTimeOfDay(rest.replace(/\s?(?:uhr|h|г\.?)$/iu, ''));
  const day = toDay(Number(first), separator, Number(second), fullYear(year), /\d\s?[ap]\.?m\b/i.test(rest));
  return day === undefined || time === undefined ? undefined : instantOf(day, time);
}

function toDay(first: number, separator: string, second: number, year: number, isAmerican: boolean): Day | undefined {
  if (separator === '.' || (first > 12 && second <= 12)) return { year, month: second, day: first };
  if ((second > 12 && first <= 12) || isAmerican || first === second) return { year, month: first, day: second };
  return undefined;
}

/** Parses a bare number of 9 to 16 digits; fewer are left to the calendar, as are 12 and 14 that read as `yyyymmddhhmm(ss)`. */
export function parseEpoch(text: string): Instant | undefined {
  const digits = /^(?:\/Date\()?(\d{9,16})(?:[.,](\d{1,9}))?(?:[+-]\d{4})?(?:\)\/)?$/.exec(text);
  if (digits?.[1] === undefined) return undefined;
  const [, whole, fraction = '0'] = digits;
  if (/^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?$/.test(whole)) {
    return undefined;
  }
  const value = Number(whole);
  if (whole.length <= 11) return toInstant(value * 1000 + Math.trunc(Number(`0.${fraction}`) * 1000));
  return toInstant(whole.length >= 15 ? value / 1000 : value);
}

/**
 * Reads the two forms that nineteen dates in twenty have, exactly as their specifications write them, fast.
 *
 * A date that differs in a letter, or names no real day, is left to the tolerant readers.
 */
import type { Instant } from '../../../domain/instant.ts';
import { instantOf } from './calendar.ts';

const rfc3339 =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d{1,9})?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/;
const rfc822 =
  /^(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d) (?:GMT|([+-])([01]\d|2[0-3])([0-5]\d))$/;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Parses `2004-01-01T19:48:21Z` and `Thu, 01 Jan 2004 19:48:21 GMT`. */
export function parseWellFormed(text: string): Instant | undefined {
  const iso = rfc3339.exec(text);
  if (iso !== null) {
    const [, year, month, day, hour, minute, second, fraction, sign, zoneHour, zoneMinute] = iso;
    const time = clock(hour, minute, second, fraction);
    return instantOf(dayOf(year, Number(month), day), { ...time, offsetMinutes: zone(sign, zoneHour, zoneMinute) });
  }
  const words = rfc822.exec(text);
  if (words === null) return undefined;
  const [, day, month = '', year, hour, minute, second, sign, zoneHour, zoneMinute] = words;
  const time = clock(hour, minute, second, undefined);
  const monthNumber = months.indexOf(month) + 1;
  return instantOf(dayOf(year, monthNumber, day), { ...time, offsetMinutes: zone(sign, zoneHour, zoneMinute) });
}

function dayOf(year: string | undefined, month: number, day: string | undefined) {
  return { year: Number(year), month, day: Number(day) };
}

function clock(hour: string | undefined, minute: string | undefined, second: string | undefined, fraction?: string) {
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  return { sinceMidnightMs: seconds * 1000 + Math.trunc(Number(fraction ?? 0) * 1000) };
}

function zone(sign: string | undefined, hours: string | undefined, minutes: string | undefined): number {
  if (sign === undefined) return 0;
  const offset = Number(hours) * 60 + Number(minutes);
  return sign === '-' ? -offset : offset;
}

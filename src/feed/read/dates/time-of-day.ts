/**
 * Reads the time half of a date: `10:14:55.123 +01:00`, `101455Z`, `11:23 PM EST`, `24:00`, `10h30`, or nothing.
 */
import { parseZone } from './zones.ts';

/** A reading of a clock and how far that clock is ahead of UTC. */
export interface TimeOfDay {
  /** 0 to 86,400,000; more than a day less one millisecond only for 24:00 and leap seconds. */
  readonly sinceMidnightMs: number;
  readonly offsetMinutes: number;
}

/** What a date without a time means: its first instant in UTC. */
export const startOfDay: TimeOfDay = { sinceMidnightMs: 0, offsetMinutes: 0 };

/** `10:14`, `10:14:55.123`, `10.14`, `10h30`. */
const separated = /^(\d{1,2})[:.h](\d{1,2})(?:[:.m](\d{1,2})(?:[.,:](\d{1,9}))?)?/i;

/** `10`, `1014`, `101455.123`. */
const basic = /^(\d{1,2}(?!\d)|\d{2})(?:(\d{2})(?:(\d{2})(?:[.,](\d{1,9}))?)?)?(?!\d)h?/i;

/** `AM`, `p.m.`, `p`. */
const halfOfDay = /^\s?([ap])\.?m\b\.?/i;

/** Parses a time with an optional zone; the empty text is the start of the day. */
export function parseTimeOfDay(text: string): TimeOfDay | undefined {
  const rest = text.trim();
  if (rest === '') return startOfDay;
  const read = separated.exec(rest) ?? basic.exec(rest);
  if (read === null) return undefined;
  const [all, hour = '0', minute = '0', second = '0', fraction] = read;
  const after = rest.slice(all.length);
  const half = halfOfDay.exec(after);
  const offsetMinutes = parseZone(after.slice(half?.[0].length ?? 0));
  if (offsetMinutes === undefined) return undefined;
  return toTimeOfDay({ hour, minute, second, fraction, half: half?.[1] }, offsetMinutes);
}

/** Digits of a clock; `half` is `a` or `p` of a twelve-hour clock. */
export interface ClockParts {
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
  readonly fraction?: string | undefined;
  readonly half?: string | undefined;
}

/** Checks the parts against the clock: 24:00:00 and second 60 exist, minute 60 does not. */
export function toTimeOfDay(parts: ClockParts, offsetMinutes: number): TimeOfDay | undefined {
  let hour = Number(parts.hour);
  const minute = Number(parts.minute);
  const second = Number(parts.second);
  if (parts.half !== undefined) {
    if (hour > 12) return undefined;
    hour = (hour % 12) + (parts.half.toLowerCase() === 'p' ? 12 : 0);
  }
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0)) return undefined;
  const milliseconds = Math.trunc(Number(`0.${parts.fraction ?? '0'}`) * 1000);
  return { sinceMidnightMs: ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds, offsetMinutes };
}

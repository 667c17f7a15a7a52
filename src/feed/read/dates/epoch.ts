/**
 * Instants written as a number: seconds, milliseconds, or microseconds since 1970, and .NET's `/Date(...)/`.
 *
 * Eight digits and fewer are left to the calendar, as are 12 and 14 that read as `yyyymmddhhmm(ss)`.
 */
import { type Instant, toInstant } from '../../../domain/instant.ts';

/** Parses a bare number of 9 to 16 digits. */
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

/**
 * Reads dates in HTTP header fields: the three forms that a recipient must accept, and nothing looser.
 *
 * Any other text (`0`, `-1`, a local format) is no date: the caller decides what that means.
 *
 * @see RFC 9110 section 5.6.7
 */
import { type Instant, toInstant } from './instant.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `Sun, 06 Nov 1994 08:49:37 GMT` */
const imfFixdate = /^[a-z]{3}, (\d{2}) ([a-z]{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) (?:gmt|utc)$/i;
/** `Sunday, 06-Nov-94 08:49:37 GMT` (four-digit years are seen, too) */
const rfc850Date = /^[a-z]{3,9}, (\d{2})-([a-z]{3})-(\d{2}|\d{4}) (\d{2}):(\d{2}):(\d{2}) (?:gmt|utc)$/i;
/** `Sun Nov  6 08:49:37 1994` */
const asctimeDate = /^[a-z]{3} ([a-z]{3}) ([ \d]\d) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/i;

/** The longest form has 33 characters; anything longer is not looked at. Unit: characters. */
const maxDateLength = 40;

/**
 * Parses an HTTP-date. `now` places the two-digit years of the RFC 850 form: one that seems to be more than
 * 50 years ahead belongs to the century before.
 */
export function parseHttpDate(text: string, now: Instant): Instant | undefined {
  const date = text.trim();
  if (date.length > maxDateLength) return undefined;
  const fixed = imfFixdate.exec(date);
  if (fixed !== null) return compose(fixed[3], fixed[2], fixed[1], fixed.slice(4, 7));
  const obsolete = rfc850Date.exec(date);
  if (obsolete !== null) return compose(fullYear(obsolete[3], now), obsolete[2], obsolete[1], obsolete.slice(4, 7));
  const asctime = asctimeDate.exec(date);
  if (asctime !== null) return compose(asctime[6], asctime[1], asctime[2], asctime.slice(3, 6));
  return undefined;
}

function fullYear(digits: string | undefined, now: Instant): string | undefined {
  if (digits?.length !== 2) return digits;
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(digits);
  return String(year > thisYear + 50 ? year - 100 : year);
}

function compose(
  year?: string,
  monthName?: string,
  dayText?: string,
  time: readonly string[] = [],
): Instant | undefined {
  const month = months.indexOf(monthName?.toLowerCase() ?? '');
  const day = Number(dayText);
  const [hour = 99, minute = 99, second = 99] = time.map(Number);
  // A leap second is written :60; Date.UTC carries it into the next minute.
  if (month < 0 || hour > 23 || minute > 59 || second > 60) return undefined;
  // Date.UTC takes 0-99 for 1900-1999, and carries 30 February into March.
  if (Number(year) < 1000 || new Date(Date.UTC(Number(year), month, day)).getUTCDate() !== day) return undefined;
  return toInstant(Date.UTC(Number(year), month, day, hour, minute, second));
}

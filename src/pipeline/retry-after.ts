/**
 * Reads `Retry-After`: how long a server asks to be left alone.
 *
 * @see RFC 9110 section 10.2.3
 */
import { parseHttpDate } from '../domain/http-date.ts';
import type { Instant } from '../domain/instant.ts';

/** Milliseconds from `now`, 0 for a moment that has passed; `undefined` when the value is neither seconds nor an HTTP-date. */
export function parseRetryAfter(text: string | undefined, now: Instant): number | undefined {
  if (text === undefined) return undefined;
  // Fractions are not in the grammar, but rate limiters send them; rounding up keeps the promise.
  if (/^\s*\d{1,15}(?:\.\d{1,6})?\s*$/.test(text)) return Math.ceil(Number(text) * 1000);
  const date = parseHttpDate(text, now);
  return date === undefined ? undefined : Math.max(0, date - now);
}

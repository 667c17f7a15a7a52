/**
 * Names months of the calendar in UTC as text such as `2026-11`, which sorts as months follow each other.
 */
import type { Instant } from './instant.ts';

declare const month: unique symbol;

/** Year and month, `YYYY-MM`. */
export type Month = string & { readonly [month]: true };

/** Reads `YYYY-MM`; `undefined` for anything else. Years start with 1000, as instants do. */
export function parseMonth(text: string): Month | undefined {
  return /^[1-9]\d{3}-(?:0[1-9]|1[0-2])$/.test(text) ? (text as Month) : undefined;
}

/** The month an instant lies in. */
export function monthOf(at: Instant): Month {
  return new Date(at).toISOString().slice(0, 7) as Month;
}

/** The month `by` months later; negative = earlier. */
export function shiftMonth(month: Month, by: number): Month {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7) as Month;
}

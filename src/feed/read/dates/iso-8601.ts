/**
 * Reads ISO 8601 and its profiles: RFC 3339, W3CDTF, what databases print, and dates with numbers in year order.
 *
 * A date without its year (`--12-25`) stays unknown: there is no clock here to take one from.
 * @see https://www.w3.org/TR/NOTE-datetime
 */
import type { Instant } from '../../../domain/instant.ts';
import { type Day, dayOfWeek, dayOfYear, fullYear, instantOf } from './calendar.ts';
import { monthNamed } from './month-names.ts';
import { parseTimeOfDay } from './time-of-day.ts';

type Reader = (parts: readonly string[]) => Day | undefined;

const asDay = (year = '', month = '1', day = '1'): Day => ({
  year: fullYear(year),
  month: Number(month),
  day: Number(day),
});

/** Shapes of the date half; the first that fits the whole of it reads it. */
const shapes: readonly (readonly [RegExp, Reader])[] = [
  [/^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/, ([, year, , month, day]) => asDay(year, month, day)],
  [/^(\d{4})(\d{2})(\d{2})$/, ([, year, month, day]) => asDay(year, month, day)],
  [/^(\d{4})[-/.](\d{1,2})$/, ([, year, month]) => asDay(year, month)],
  [/^(\d{4})$/, ([, year]) => asDay(year)],
  [/^(\d{4})-?(\d{3})$/, ([, year = '', ordinal]) => dayOfYear(fullYear(year), Number(ordinal))],
  [
    /^(\d{4})-?W(\d{2})(?:-?(\d))?$/i,
    ([, year = '', week, day]) => dayOfWeek(fullYear(year), Number(week), Number(day ?? 1)),
  ],
  [/^(\d{2})-?(\d{2})-?(\d{2})$/, ([, year, month, day]) => asDay(year, month, day)],
  [/^(\d{2})-?(\d{3})$/, ([, year = '', ordinal]) => dayOfYear(fullYear(year), Number(ordinal))],
  [/^-(\d{2})(?:-?(\d{2}))?$/, ([, year, month]) => asDay(year, month)],
];

/** Parses an ISO 8601 date, with or without a time and a zone; skips a weekday in front. */
export function parseIso8601(text: string): Instant | undefined {
  const dated = text.replace(/^\p{L}{2,12}\.?,?\s+(?=\d{4}[-/.])/u, '');
  const cut = /[t\s]|(?<=\d{4}-\d{2}-\d{2})[_,]\s?|(?<=^\d{8})(?=\d{2})/i.exec(dated);
  const date = cut === null ? dated.replace(/Z$/i, '') : dated.slice(0, cut.index);
  const rest = cut === null ? '' : dated.slice(cut.index + cut[0].length).replace(/^t\s?/i, '');
  for (const [shape, read] of shapes) {
    const parts = shape.exec(date);
    if (parts === null) continue;
    const day = read(parts);
    const time = parseTimeOfDay(rest);
    if (day !== undefined && time !== undefined) return instantOf(day, time);
  }
  return undefined;
}

/** Parses `2004-július-13T9:15-05:00`: year first, the month a word in any language that `month-names` has. */
export function parseNamedIso(text: string): Instant | undefined {
  const read = /^(\d{4})[-/. ]\s?(\p{L}{3,12})[-/. ]\s?(\d{1,2})\.?(?:[Tt]|\s|$)\s?(.*)$/u.exec(text);
  if (read === null) return undefined;
  const [, year, word = '', day, rest = ''] = read;
  const month = monthNamed(word);
  const time = parseTimeOfDay(rest);
  if (month === undefined || time === undefined) return undefined;
  return instantOf({ year: Number(year), month, day: Number(day) }, time);
}

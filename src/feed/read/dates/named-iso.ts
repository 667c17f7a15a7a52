/**
 * `2004-július-13T9:15-05:00`: a Hungarian blog engine's idea of ISO 8601, known to feedparser.
 */
import type { Instant } from '../../../domain/instant.ts';
import { instantOf } from './calendar.ts';
import { monthNamed } from './month-names.ts';
import { parseTimeOfDay } from './time-of-day.ts';

/** Parses a year-month-day date whose month is a word, in any language `month-names` has. */
export function parseNamedIso(text: string): Instant | undefined {
  const read = /^(\d{4})[-/. ]\s?(\p{L}{3,12})[-/. ]\s?(\d{1,2})\.?(?:[Tt]|\s|$)\s?(.*)$/u.exec(text);
  if (read === null) return undefined;
  const [, year, word = '', day, rest = ''] = read;
  const month = monthNamed(word);
  const time = parseTimeOfDay(rest);
  if (month === undefined || time === undefined) return undefined;
  return instantOf({ year: Number(year), month, day: Number(day) }, time);
}

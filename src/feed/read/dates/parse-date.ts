/**
 * Parses a date in any form that publishers write; a date that is not understood stays unknown.
 *
 * Each family of forms has its own file; they are tried from the strictest to the most tolerant. A date without a zone is
 * UTC, one without a time is the first instant of its day. No clock: a date without its year is unknown.
 */
import type { Instant } from '../../../domain/instant.ts';
import { parseEastAsian } from './east-asian.ts';
import { parseIso8601, parseNamedIso } from './iso-8601.ts';
import { parseEpoch, parseNumericDate } from './numeric-dates.ts';
import { parseRfc822 } from './rfc-822.ts';
import { parseWellFormed } from './well-formed.ts';

/** Longer texts are not dates. Unit: UTF-16 units; it also bounds every pattern below. */
const longestDate = 100;

const dialects: readonly ((text: string) => Instant | undefined)[] = [
  parseEpoch,
  parseIso8601,
  parseEastAsian,
  parseNamedIso,
  parseNumericDate,
  parseRfc822,
];

/** Parses a date in any dialect known here (see `dates/`); `undefined` is unknown, never a guess. */
export function parseDate(text: string): Instant | undefined {
  if (text.length > 4 * longestDate) return undefined;
  const wellFormed = parseWellFormed(text);
  if (wellFormed !== undefined) return wellFormed;
  const tidy = text
    .normalize('NFKC')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/[\s\u200B-\u200F\u202A-\u202E\uFEFF]+/g, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/^["' ]+|["' ;,.]+$/g, '');
  if (tidy.length > longestDate || !/\d/.test(tidy)) return undefined;
  for (const parse of dialects) {
    const instant = parse(tidy);
    if (instant !== undefined) return instant;
  }
  return undefined;
}

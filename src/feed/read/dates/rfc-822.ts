/**
 * Reads dates in words: RFC 822, 850 and 2822, asctime, JavaScript's own, and variants of templates in many languages.
 *
 * The words may come in any order: a month by name, a clock by its colons, a zone after the clock, a year by its four
 * digits or after the day. Text that does not give exactly one day stays unknown.
 * @see RFC 2822 sections 3.3 and 4.3
 */
import type { Instant } from '../../../domain/instant.ts';
import { type Day, fullYear, instantOf } from './calendar.ts';
import { monthNamed } from './month-names.ts';
import { startOfDay, type TimeOfDay, toTimeOfDay } from './time-of-day.ts';
import { parseZone, zoneNamed } from './zones.ts';

/** A clock; its zone follows, or a year (asctime). */
const clock = /(?:^|[\s,tT(])(\d{1,2})[:.h](\d{1,2})(?:[:.](\d{1,2})(?:[.,](\d{1,9}))?)?\s?(?:([ap])\.?m\b\.?)?/i;

/** What stands between clock and end when it is a zone: `+0100`, `GMT-5`, `Etc/GMT`, `EST`, `Z`. */
const zone =
  /^\s?((?:(?!(?:de|del|of)\b)[A-Za-z]{1,5}|etc\/gmt|[A-Za-z]{3,14}\/[A-Za-z_]{3,30})?\s?(?:[+-]\d{1,2}:?\d{2}|[+-]\d{1,2}(?!\d|[-/ ]\p{L}))?)(?=$|[\s,([)])/iu;

/** Words without a meaning between the parts. */
const filler =
  /^(?:at|of|the|on|and|de|del|do|da|d|le|la|el|il|den|der|am|um|uhr|kl|klo|klokka|ore|alle|as|a|las|om|o|à|às|clock|h|hrs|r|roku|v|в|г|года|год|р|року|στις)$/u;

/** What templates make of `M` where months have numbers for names: `11月`, `11월`, `Tháng 11`. */
const numberedMonth = /\b(\d{1,2})\s?[月월]|\b(?:tháng|thg|th)\s?(\d{1,2})\b/giu;
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Parses a date in words. */
export function parseRfc822(text: string): Instant | undefined {
  const bare = text
    .replace(/\([^)]*\)?/g, ' ')
    .replace(
      numberedMonth,
      (_, before: string | undefined, after: string) => ` ${months[Number(before ?? after) - 1] ?? ''} `,
    )
    .replace(/\s+/g, ' ')
    .trim();
  const read = readClock(bare);
  if (read === undefined) return undefined;
  const day = readDay(read.rest, read.time === startOfDay);
  return day === undefined ? undefined : instantOf(day, read.time);
}

/** Takes the clock and its zone out of the text. A text without a clock is a day in UTC. */
function readClock(text: string): { time: TimeOfDay; rest: string } | undefined {
  const found = clock.exec(text);
  if (found === null) return { time: startOfDay, rest: text };
  const [all, hour = '0', minute = '0', second = '0', fraction, half] = found;
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + all.length);
  const named = zone.exec(after);
  const isZone = named?.[1] !== undefined && monthNamed(named[1]) === undefined && !filler.test(named[1]);
  const taken = isZone ? named[0] : '';
  const offset = zoneAfter(taken, after.slice(taken.length));
  if (offset === undefined) return undefined;
  const time = toTimeOfDay({ hour, minute, second, fraction, half }, offset.minutes);
  return time === undefined ? undefined : { time, rest: `${before} ${offset.rest}` };
}

/** The offset a zone means; a zone alone at the very end counts too (`10:00:00 2004 GMT`). */
function zoneAfter(named: string, rest: string): { minutes: number; rest: string } | undefined {
  if (named.trim() !== '') {
    const minutes = parseZone(named);
    return minutes === undefined ? undefined : { minutes, rest };
  }
  const last = /\s(\S{1,9})$/.exec(rest);
  if (last?.[1] === undefined) return { minutes: 0, rest };
  const minutes = /^[+-]\d{2}:?\d{2}$/.test(last[1]) ? parseZone(last[1]) : zoneNamed(last[1]);
  return minutes === undefined ? { minutes: 0, rest } : { minutes, rest: rest.slice(0, last.index) };
}

/** The day in what is left when the clock is gone: one month by name, one or two numbers. */
function readDay(text: string, allowsZone: boolean): Day | undefined {
  let month: number | undefined;
  let year: string | undefined;
  const numbers: string[] = [];
  const words = text.match(/\d+|[\p{L}\p{M}]+/gu) ?? [];
  for (const [index, word] of words.entries()) {
    if (/^\d/.test(word)) {
      if (word.length >= 3 && (year !== undefined || word.length > 4)) return undefined;
      if (word.length >= 3) year = word;
      else numbers.push(word);
      continue;
    }
    const named = monthNamed(word);
    // A weekday can look like a month (mar. for martes and mardi): the month is the later of two.
    if (named !== undefined) month = named;
    else if (!isPassedOver(word, index, words, allowsZone)) return undefined;
  }
  const [day, second] = numbers;
  if (month === undefined || numbers.length > 2) return undefined;
  // An issue of a journal: "November 2026".
  if (day === undefined)
    return words.length === 2 && allowsZone && year?.length === 4 ? { year: Number(year), month, day: 1 } : undefined;
  if (year === undefined) return second === undefined ? undefined : { year: fullYear(second), month, day: Number(day) };
  return second === undefined ? { year: fullYear(year), month, day: Number(day) } : undefined;
}

/** Whether a word may be ignored: a weekday in front, an ordinal's ending, a filler, a zone without a clock. */
function isPassedOver(word: string, index: number, words: readonly string[], allowsZone: boolean): boolean {
  const folded = word.toLowerCase();
  if (index === 0 || filler.test(folded)) return true;
  if (/^(?:st|nd|rd|th|er|e|º|ª|ος|й|го)$/.test(folded) && /\d/.test(words[index - 1] ?? '')) return true;
  if (/^(?:feira|f)$/.test(folded)) return true;
  return allowsZone && index === words.length - 1 && zoneNamed(folded) !== undefined;
}

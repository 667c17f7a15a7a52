/**
 * Reads dates with the East Asian units: 2004年12月25日, 2004년 05월 28일, and clocks with 午後, 下午, 오후.
 *
 * Korean dates without a zone are Korean time (OnBlog and Nate, by feedparser); 年月日 alone names no country: UTC.
 */
import type { Instant } from '../../../domain/instant.ts';
import { instantOf } from './calendar.ts';
import { startOfDay, type TimeOfDay, toTimeOfDay } from './time-of-day.ts';
import { parseZone } from './zones.ts';

const koreaMinutes = 9 * 60;

const day = /^(\d{4})\s?(?:年|년|[-/.])\s?(\d{1,2})\s?(?:月|월|[-/.])\s?(\d{1,2})\s?(?:日|号|號|일|\.)?/;
const weekday =
  /^\s?(?:[(（]?(?:[日月火水木金土월화수목금토일]|星期[一二三四五六日天]|周[一二三四五六日]|週[一二三四五六日])(?:曜日?|요일)?[)）]?)?\s?,?/;
const time =
  /^\s?(午前|上午|오전|凌晨|早上|午後|下午|오후|晚上|中午|AM|PM)?\s?(\d{1,2})\s?(?:[:：]|時|时|點|点|시)\s?(?:(\d{1,2})\s?(?:[:：]|分|분)?\s?(?:(\d{1,2})(?:\.\d{1,9})?\s?(?:秒|초)?)?)?\s?/i;

/** Parses a date that has at least one East Asian unit. */
export function parseEastAsian(text: string): Instant | undefined {
  if (!/[年년]|오[전후]|[上下]午|午[前後]/.test(text)) return undefined;
  const date = day.exec(text);
  if (date === null) return undefined;
  const [all, year, month, dayOfMonth] = date;
  const rest = text.slice(all.length);
  const clock = parseClock(rest.slice(weekday.exec(rest)?.[0].length ?? 0), /[년오]/.test(text) ? koreaMinutes : 0);
  if (clock === undefined) return undefined;
  return instantOf({ year: Number(year), month: Number(month), day: Number(dayOfMonth) }, clock);
}

function parseClock(text: string, defaultOffset: number): TimeOfDay | undefined {
  if (text.trim() === '') return { ...startOfDay, offsetMinutes: defaultOffset };
  const read = time.exec(text);
  if (read === null) return undefined;
  const [all, half, hour = '0', minute = '0', second = '0'] = read;
  const zone = text.slice(all.length);
  const offset = zone.trim() === '' ? defaultOffset : parseZone(zone);
  return offset === undefined ? undefined : toTimeOfDay({ hour, minute, second, half: toHalf(half, hour) }, offset);
}

/** 凌晨 and 早上 are before noon, 中午 is around it, the rest say themselves. */
function toHalf(half: string | undefined, hour: string): string | undefined {
  if (half === undefined || Number(hour) > 12) return undefined;
  if (half === '中午') return Number(hour) === 11 ? 'a' : 'p';
  return /^(?:午前|上午|오전|凌晨|早上|am)$/i.test(half) ? 'a' : 'p';
}

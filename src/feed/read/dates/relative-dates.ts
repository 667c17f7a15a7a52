/**
 * Reads dates relative to the time of reading: "3 days ago", "gestern", "2 小时前", and dates without a year.
 *
 * Only lists on pages have them; dates of feeds are never read here. A date is never later than `now`, and only as exact
 * as the text: days and longer units give the first instant of a day.
 */
import { dayMs, hourMs, minuteMs } from '../../../domain/duration.ts';
import { type Instant, toInstant } from '../../../domain/instant.ts';
import { parseDate } from './parse-date.ts';

/** Longer texts are no such dates. UTF-16 units. */
const longest = 60;

/** Beginnings of units: English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Turkish, Swedish, Russian, Arabic. */
const units: readonly (readonly [ms: number, beginnings: RegExp])[] = [
  [1000, /^(?:sec|sek|segund|second|sn|сек|ثاني|ثوان|秒|초)/],
  [minuteMs, /^(?:min|dak|мин|хвил|دقيق|دقائق|分|분)/],
  [30 * dayMs, /^(?:mon|mes|mois|mese|mesi|mês|maand|mies|ay$|mån|мес|شهر|أشهر|اشهر|个月|個月|か月|ヶ月|カ月|개월|달)/],
  [hourMs, /^(?:h$|hr|hour|hora|heure|stund|std|ora|ore|uur|uren|godz|saat|tim|час|ساع|小时|小時|時間|时|시간)/],
  [7 * dayMs, /^(?:w$|wk|week|woch|semain|semana|settiman|tydz|tyg|hafta|veck|нед|أسبوع|اسبوع|أسابيع|周|週|星期|주)/],
  [365 * dayMs, /^(?:y$|yr|year|jahr|an$|ans$|ann|año|ano|jaar|rok|lat|yıl|yil|år|год|лет|سن|عام|أعوام|年|년)/],
  [dayMs, /^(?:d$|day|tag|jour|d[ií]a|giorn|dag|dni|dzie|gün|gun|дн|ден|день|يوم|أيام|ايام|天|日|일)/],
];

/** What makes a span of time lie in the past. */
const past =
  /(?<!\p{L})(?:ago|vor|seit|il y a|hace|fa|h[áa]|atr[áa]s|geleden|temu|önce|once|sedan)(?!\p{L})|(?:前|전|назад|тому|قبل|منذ)/u;

const spans: readonly (readonly [days: number | 'now', words: RegExp])[] = [
  [
    'now',
    /^(?:just now|now|gerade eben|jetzt|à l.instant|ahora|adesso|agora|nu|teraz|şimdi|только что|الآن|刚刚|剛剛|たった今|방금)$/,
  ],
  [
    0,
    /^(?:today|heute|aujourd.hui|hoy|oggi|hoje|vandaag|dzisiaj|dziś|bugün|idag|i dag|сегодня|сьогодні|اليوم|今天|今日|本日|오늘)$/,
  ],
  [1, /^(?:yesterday|gestern|hier|ayer|ieri|ontem|gisteren|wczoraj|dün|igår|i går|вчера|вчора|أمس|昨天|昨日|어제)$/],
  [2, /^(?:vorgestern|avant-hier|anteayer|anteontem|eergisteren|przedwczoraj|позавчера|前天|一昨日|그저께)$/],
];

/** Numbers that stand as words before a unit. */
const one = /^(?:an?|one|einem|einer|einen|un|une|una|uno|um|uma|een|en|ett)$/;

/** Reads a date relative to `now`; `undefined` when the text is none. */
export function parseRelativeDate(text: string, now: Instant): Instant | undefined {
  if (text.length > 4 * longest) return undefined;
  const tidy = text
    .normalize('NFKC')
    .replace(/[\s\u200B-\u200F]+/g, ' ')
    .trim()
    .toLowerCase();
  if (tidy === '' || tidy.length > longest) return undefined;
  return parseNamed(tidy, now) ?? parseSpan(tidy, now) ?? parseWithoutYear(text, tidy, now);
}

/** "Yesterday", with a time of day or without. */
function parseNamed(text: string, now: Instant): Instant | undefined {
  const [, words = '', hour, minute] =
    /^(.*?)(?:[,\s]+(?:at |um |à |a las |alle |às |om )?(\d{1,2})[:.](\d{2}))?$/u.exec(text) ?? [];
  const days = spans.find(([, pattern]) => pattern.test(words))?.[0];
  if (days === undefined) return undefined;
  if (days === 'now') return now;
  const at = startOfDay(now) - days * dayMs + Number(hour ?? 0) * hourMs + Number(minute ?? 0) * minuteMs;
  return toInstant(at > now ? startOfDay(now) - days * dayMs : at);
}

/** "3 days ago", "vor 2 Std.", "5 分钟前". */
function parseSpan(text: string, now: Instant): Instant | undefined {
  if (!past.test(text)) return undefined;
  const [, amount, unit] =
    /(\d{1,4}|(?<!\p{L})(?:an?|one|einem|einer|einen|un|une|una|uno|um|uma|een|en|ett)(?=\s))\s?\+?\s?((?:个月|個月|か月|ヶ月|カ月|개월|小时|小時|時間|시간)|[\p{L}\p{M}]+)/u.exec(
      text,
    ) ?? [];
  // "Qabl yawm": the number is left out where it is one.
  const word = unit ?? /[\p{L}\p{M}]+$/u.exec(text)?.[0] ?? '';
  const ms = units.find(([, beginnings]) => beginnings.test(word))?.[0];
  if (ms === undefined) return undefined;
  const count = amount === undefined || one.test(amount) ? 1 : Number(amount);
  const at = now - count * ms;
  return toInstant(ms >= dayMs ? startOfDay(at) : at);
}

/** A day and a month: the last such day. */
function parseWithoutYear(text: string, tidy: string, now: Instant): Instant | undefined {
  if (/\d{4}|\d[/:]\d/.test(tidy) || !/\d/.test(tidy)) return undefined;
  const year = new Date(now).getUTCFullYear();
  for (const candidate of [year, year - 1]) {
    const at = parseDate(withYear(text.trim(), candidate));
    if (at !== undefined && at <= now) return at;
  }
  return undefined;
}

function withYear(text: string, year: number): string {
  if (/[月월]/.test(text)) return `${year}${text.includes('월') ? '년' : '年'}${text}`;
  if (/^\d{1,2}\.\s?\d{1,2}\.?$/.test(text)) return `${text.replace(/\.?$/, '.')}${year}`;
  if (/^\d{2}-\d{2}$/.test(text)) return `${year}-${text}`;
  return `${text} ${year}`;
}

function startOfDay(at: number): number {
  return Math.floor(at / dayMs) * dayMs;
}

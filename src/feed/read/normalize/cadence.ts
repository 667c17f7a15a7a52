/**
 * Reads when the publisher wants us to come back: RSS `ttl`, `skipHours`, `skipDays`, and the syndication module.
 *
 * @see https://www.rssboard.org/rss-specification and https://web.resource.org/rss/1.0/modules/syndication/
 */
import type { Cadence } from '../../../domain/feed.ts';
import type { RawValue } from '../raw-feed.ts';
import { climb, gather, ladder } from './ladder.ts';

const ttlRungs = ladder('ttl');
const hourRungs = ladder('skiphours');
const dayRungs = ladder('skipdays');
const periodRungs = ladder('sy:updateperiod');
const frequencyRungs = ladder('sy:updatefrequency');

const periods: ReadonlyMap<string, number> = new Map([
  ['hourly', 3_600],
  ['daily', 86_400],
  ['weekly', 604_800],
  ['monthly', 2_592_000],
  ['yearly', 31_536_000],
]);

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

function toPositive(text: string): number | undefined {
  const number = /^\d{1,9}(?:\.\d+)?$/.test(text) ? Math.round(Number(text)) : 0;
  return number > 0 ? number : undefined;
}

function unique(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].toSorted((a, b) => a - b);
}

function updateEverySeconds(values: readonly RawValue[]): number | undefined {
  const period = climb(periodRungs, values, ({ text }) => periods.get(text.toLowerCase()));
  const frequency = climb(frequencyRungs, values, ({ text }) => toPositive(text));
  if (period === undefined && frequency === undefined) return undefined;
  // The module's defaults: once, daily.
  return Math.max(1, Math.round((period ?? 86_400) / (frequency ?? 1)));
}

/** When a feed says to come back; invalid values are ignored. */
export function toCadence(values: readonly RawValue[]): Cadence {
  const ttlMinutes = climb(ttlRungs, values, ({ text }) => toPositive(text));
  const every = updateEverySeconds(values);
  // RSS 0.91 counted the hours from 1 to 24, 2.0 from 0 to 23: 24 is midnight.
  const hours = gather(hourRungs, values).map(({ text }) => (/^\d{1,2}$/.test(text) ? Number(text) : -1));
  const names = gather(dayRungs, values).map(({ text }) => days.indexOf(text.toLowerCase()));
  return {
    ...(ttlMinutes === undefined ? {} : { ttlMinutes }),
    ...(every === undefined ? {} : { updateEverySeconds: every }),
    skipHours: unique(hours.filter((hour) => hour >= 0 && hour <= 24).map((hour) => hour % 24)),
    skipDays: unique(names.filter((day) => day >= 0)),
  };
}

/**
 * Counts how many entries came when: per day, or per week, month or year where days would be mostly empty.
 *
 * Pure: the scale comes from the entries, so an archive of old articles has a chart, too.
 */
import { dayMs } from '../../../domain/duration.ts';
import { type Instant, renderDay } from '../../../domain/instant.ts';

/** The width of one bar. */
export type ActivityUnit = 'day' | 'week' | 'month' | 'year';

/** A stretch of time, cut into equal parts, oldest first. */
export interface ActivityScale {
  readonly unit: ActivityUnit;
  /** Ordinal of the last part; ordinals count up by one. */
  readonly last: number;
  readonly length: number;
}

/** Parts a chart shows at most. */
const maxParts = 30;

/** A chart with fewer parts would look broken. */
const minParts = 7;

/** Monday is the first day (ISO 8601); 1970-01-01 was a Thursday. */
const ordinals: Readonly<Record<ActivityUnit, (at: number) => number>> = {
  day: (at) => Math.floor(at / dayMs),
  week: (at) => Math.floor((Math.floor(at / dayMs) + 3) / 7),
  month: (at) => {
    const date = new Date(at);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  },
  year: (at) => new Date(at).getUTCFullYear(),
};

const units: readonly ActivityUnit[] = ['day', 'week', 'month', 'year'];

/** The finest scale that shows at least half of the entries; `undefined` when there are none. */
export function toActivityScale(instants: readonly Instant[]): ActivityScale | undefined {
  if (instants.length === 0) return undefined;
  const newest = instants.reduce((latest, at) => Math.max(latest, at), Number.NEGATIVE_INFINITY);
  for (const unit of units) {
    const last = ordinals[unit](newest);
    let [shown, oldestAge] = [0, 0];
    for (const at of instants) {
      const age = last - ordinals[unit](at);
      if (age >= maxParts) continue;
      shown += 1;
      oldestAge = Math.max(oldestAge, age);
    }
    if (shown * 2 >= instants.length || unit === 'year')
      return { unit, last, length: Math.max(minParts, oldestAge + 1) };
  }
  return undefined;
}

/** The twelve months up to the newest; `undefined` when there are no entries. */
export function toYearScale(instants: readonly Instant[]): ActivityScale | undefined {
  if (instants.length === 0) return undefined;
  const newest = instants.reduce((latest, at) => Math.max(latest, at), Number.NEGATIVE_INFINITY);
  return { unit: 'month', last: ordinals.month(newest), length: 12 };
}

/** Counts per part of the scale; entries outside it are left out. */
export function countActivity(scale: ActivityScale, instants: readonly Instant[]): readonly number[] {
  const counts = Array.from({ length: scale.length }, () => 0);
  for (const at of instants) {
    const position = scale.length - 1 - (scale.last - ordinals[scale.unit](at));
    if (position >= 0) counts[position] = (counts[position] ?? 0) + 1;
  }
  return counts;
}

/** The name of a part, e.g. `1 Feb 2023`, `Feb 2023`, `2023`. The name of a week is its Monday. */
export function partName(scale: ActivityScale, position: number): string {
  const ordinal = scale.last - (scale.length - 1 - position);
  switch (scale.unit) {
    case 'day':
      return renderDay((ordinal * dayMs) as Instant);
    case 'week':
      return renderDay(((ordinal * 7 - 3) * dayMs) as Instant);
    case 'month':
      return renderDay(Date.UTC(Math.floor(ordinal / 12), ordinal % 12) as Instant).slice(2);
    case 'year':
      return String(ordinal);
  }
}

const dayUnits: readonly (readonly [name: string, days: number])[] = [
  ['day', 1],
  ['week', 7],
  ['month', 30.44],
  ['year', 365.25],
];

/** Says how often a source publishes; `undefined` with fewer than three entries. Instants are newest first. */
export function describeRhythm(instants: readonly Instant[], now: Instant): string | undefined {
  const [newest, oldest] = [instants[0], instants.at(-1)];
  if (newest === undefined || oldest === undefined || instants.length < 3) return undefined;
  const gapDays = (newest - oldest) / dayMs / (instants.length - 1);
  // Silent means five times its usual gap, and at least a month: a holiday is no silence.
  if (now - newest > Math.max(30, gapDays * 5) * dayMs) return `Quiet since ${renderDay(newest)}`;
  const [name, days] = dayUnits.find(([, length]) => gapDays <= length) ?? ['year', 365.25];
  const often = Math.max(1, Math.round(days / Math.max(gapDays, 1 / 1000)));
  return `About ${often} a ${name}`;
}

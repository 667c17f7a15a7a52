/**
 * Reads `since` and `until`: an ISO 8601 date or instant, or an age such as `36h`; both bounds are inclusive.
 *
 * A date stands for all of it: `since=2024-05` starts with May, `until=2024-05` ends with it. Times without an offset are
 * UTC. Ages stay ages until the query is answered, so that a saved link moves on.
 */
import { dayMs } from '../../domain/duration.ts';
import { type Instant, renderRfc3339, toInstant } from '../../domain/instant.ts';
import type { TimeBound } from './query.ts';
import { maxAgeMs } from './query-limits.ts';

/** Largest first: ages are written in the largest unit that divides them. */
const units: readonly (readonly [string, number])[] = [
  ['w', 7 * dayMs],
  ['d', dayMs],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
];

const age = /^(\d{1,12}) ?([smhdw])$/;

/** The offset's sign may arrive as a space, because an unescaped `+` in a query string decodes to a space. */
const iso =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[t ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:(z)|([-+ ])(\d{2}):?(\d{2}))?)?)?)?$/;

/** Reads a bound; `undefined` when it is neither an age of at most a hundred years nor a moment of the calendar. */
export function parseTimeBound(text: string, side: 'since' | 'until'): TimeBound | undefined {
  const value = text.trim().toLowerCase();
  const [, count, unit] = age.exec(value) ?? [];
  if (count !== undefined) return toAge(Number(count) * (units.find(([name]) => name === unit)?.[1] ?? Number.NaN));
  const at = parseIso(value, side);
  return at === undefined ? undefined : { kind: 'instant', at };
}

/** An age as a bound; `undefined` unless it is a whole number of seconds up to a hundred years. */
export function toAge(ms: number): TimeBound | undefined {
  return Number.isInteger(ms / 1000) && ms >= 0 && ms <= maxAgeMs ? { kind: 'age', ms } : undefined;
}

function parseIso(value: string, side: 'since' | 'until'): Instant | undefined {
  const match = iso.exec(value);
  if (match === null) return undefined;
  const part = (group: number, otherwise: number): number => {
    const text = match[group];
    return text === undefined ? otherwise : Number(text);
  };
  const [year, month, day] = [part(1, 0), part(2, 1), part(3, 1)];
  const [hour, minute, second] = [part(4, 0), part(5, 0), part(6, 0)];
  const milli = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  // Date.UTC reads years below 100 as 1900 and later, and lets days run over into the next month. Both are refused.
  const start = Date.UTC(year, month - 1, day, hour, minute, second, milli);
  const shown = new Date(start);
  const isReal =
    shown.getUTCMonth() === month - 1 && shown.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (year < 1000 || !isReal) return undefined;
  const [offsetHours, offsetMinutes] = [part(10, 0), part(11, 0)];
  if (offsetHours > 23 || offsetMinutes > 59) return undefined;
  const offsetMs = (offsetHours * 60 + offsetMinutes) * 60_000 * (match[9] === '-' ? -1 : 1);
  if (match[4] !== undefined || side === 'since') return toInstant(start - offsetMs);
  if (match[3] !== undefined) return toInstant(start + dayMs - 1);
  return toInstant(match[2] === undefined ? Date.UTC(year + 1, 0, 1) - 1 : Date.UTC(year, month, 1) - 1);
}

/** Writes a bound in its canonical spelling: the largest unit of an age, a bare date where that has the same meaning. */
export function renderTimeBound(bound: TimeBound, side: 'since' | 'until'): string {
  if (bound.kind === 'age') {
    const [name, unitMs] = units.find(([, unitMs]) => bound.ms % unitMs === 0) ?? ['s', 1000];
    return bound.ms === 0 ? '0s' : `${bound.ms / unitMs}${name}`;
  }
  const text = renderRfc3339(bound.at);
  const isWholeDay = (side === 'since' ? bound.at : bound.at + 1) % dayMs === 0;
  return isWholeDay ? text.slice(0, 10) : text;
}

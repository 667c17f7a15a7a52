import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countActivity, describeRhythm, partName, toActivityScale } from '../../../src/http/pages/parts/activity.ts';
import { givenInstant } from '../../support/given.ts';

const day = 86_400_000;
const newest = givenInstant('2026-11-22T10:30:00Z');

function every(ms: number, amount: number) {
  return Array.from({ length: amount }, (_, position) => givenInstant(newest - position * ms));
}

describe('activity', () => {
  it.each([
    ['day', day / 4, 40],
    ['week', 4 * day, 40],
    ['month', 20 * day, 40],
    ['year', 300 * day, 40],
  ])('is counted per %s where that shows most entries', (unit, ms, amount) => {
    expect(toActivityScale(every(ms, amount))?.unit).toBe(unit);
  });

  it('has no scale without entries', () => {
    expect(toActivityScale([])).toBeUndefined();
  });

  it('names days, weeks by their Monday, months and years', () => {
    const at = [newest];
    expect(partName({ unit: 'day', last: Math.floor(newest / day), length: 7 }, 6)).toBe('22 Nov 2026');
    const week = { unit: 'week', last: Math.floor((Math.floor(newest / day) + 3) / 7), length: 7 } as const;
    expect(partName(week, 6)).toBe('16 Nov 2026');
    expect(
      countActivity(week, [...at, givenInstant('2026-11-16T00:00:00Z'), givenInstant('2026-11-15T23:59:59Z')]),
    ).toEqual([0, 0, 0, 0, 0, 1, 2]);
    expect(partName({ unit: 'month', last: 2026 * 12, length: 7 }, 5)).toBe('Dec 2025');
    expect(partName({ unit: 'year', last: 2026, length: 7 }, 0)).toBe('2020');
  });

  it('counts each entry of its span once, before 1970 too', () => {
    assert(
      property(array(integer({ min: -5_000_000_000_000, max: 2_000_000_000_000 }), { minLength: 1 }), (times) => {
        const instants = times.map(givenInstant);
        const scale = toActivityScale(instants);
        if (scale === undefined) throw new Error('no scale');
        const counts = countActivity(scale, instants);
        expect(counts).toHaveLength(scale.length);
        const sum = counts.reduce((total, amount) => total + amount, 0);
        expect(sum).toBeLessThanOrEqual(instants.length);
        expect(counts.at(-1)).toBeGreaterThan(0);
        expect(scale.unit === 'year' || sum * 2 >= instants.length).toBe(true);
      }),
    );
  });
});

describe('the rhythm of a source', () => {
  const now = givenInstant('2026-11-22T00:00:00Z');
  const every = (days: number, amount: number, since = 0) =>
    Array.from({ length: amount }, (_, at) => givenInstant(now - (since + at * days) * 86_400_000));

  it.each([
    [every(0.5, 20), 'About 2 a day'],
    [every(3.5, 20), 'About 2 a week'],
    [every(10, 20), 'About 3 a month'],
    [every(100, 5), 'About 4 a year'],
    [every(1, 20, 60), 'Quiet since 23 Sep 2026'],
    [every(1, 2), undefined],
  ])('%# is said in words', (instants, words) => {
    expect(describeRhythm(instants, now)).toBe(words);
  });
});

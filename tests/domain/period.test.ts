/**
 * Days and weeks of time zones, where clocks change too.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import { describePeriod, parseZone, periodOf } from '../../src/domain/period.ts';

const at = (text: string): Instant => Date.parse(text) as Instant;
const text = (instant: Instant): string => new Date(instant).toISOString();

describe('a day of a zone', () => {
  it.each([
    ['UTC', '2026-11-26T23:59:59.999Z', '2026-11-26T00:00:00.000Z', '2026-11-27T00:00:00.000Z', '2026-11-26'],
    ['Asia/Tokyo', '2026-11-26T15:00:00Z', '2026-11-26T15:00:00.000Z', '2026-11-27T15:00:00.000Z', '2026-11-27'],
    // 23 hours, 25 hours.
    ['Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z', '2026-03-29'],
    ['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z', '2026-10-25'],
    // Clocks go from 00:00 to 01:00: the day has no midnight.
    ['America/Sao_Paulo', '2018-11-04T12:00:00Z', '2018-11-04T03:00:00.000Z', '2018-11-05T02:00:00.000Z', '2018-11-04'],
    // Clocks go from 24:00 back to 23:00: the day before has 25 hours.
    ['America/Sao_Paulo', '2018-02-17T12:00:00Z', '2018-02-17T02:00:00.000Z', '2018-02-18T03:00:00.000Z', '2018-02-17'],
    ['Asia/Kathmandu', '2026-01-01T00:00:00Z', '2025-12-31T18:15:00.000Z', '2026-01-01T18:15:00.000Z', '2026-01-01'],
    // The zone left out 30 December.
    ['Pacific/Apia', '2011-12-31T09:00:00Z', '2011-12-30T10:00:00.000Z', '2011-12-31T10:00:00.000Z', '2011-12-31'],
  ])('%s at %s', (zone, instant, start, end, date) => {
    const period = periodOf(at(instant), 'day', zone);
    expect([text(period.start), text(period.end), period.date]).toEqual([start, end, date]);
  });

  it('begins where the one before ends, and holds the instant', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Pacific/Apia', 'Africa/Cairo'];
    const instants = fc.integer({ min: Date.UTC(1000, 0, 3), max: Date.UTC(9999, 11, 1) });
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), fc.constantFrom('day', 'week'), (given, zone, kind) => {
        const period = periodOf(given as Instant, kind, zone);
        const before = periodOf((period.start - 1) as Instant, kind, zone);
        expect(period.start).toBeLessThanOrEqual(given);
        expect(period.end).toBeGreaterThan(given);
        expect(before.end).toBe(period.start);
        expect(before.date < period.date).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a week', () => {
  it('begins on Monday', () => {
    const week = periodOf(at('2026-11-22T23:30:00Z'), 'week', 'UTC');
    expect([text(week.start), text(week.end)]).toEqual(['2026-11-16T00:00:00.000Z', '2026-11-23T00:00:00.000Z']);
    expect(periodOf(at('2026-11-22T23:30:00Z'), 'week', 'Europe/Berlin').date).toBe('2026-11-23');
    expect(periodOf(at('1969-12-31T00:00:00Z'), 'week', 'UTC').date).toBe('1969-12-29');
  });
});

describe('the name of a period', () => {
  it.each([
    ['day', '2026-11-26', 'Thursday 26 November 2026'],
    ['week', '2026-11-16', 'Week of 16 to 22 November 2026'],
    ['week', '2026-11-30', 'Week of 30 November to 6 December 2026'],
    ['week', '2026-12-28', 'Week of 28 December 2026 to 3 January 2027'],
  ] as const)('%s %s', (kind, date, name) => {
    expect(describePeriod(periodOf(at(`${date}T12:00:00Z`), kind, 'UTC'), kind)).toBe(name);
  });
});

describe('a zone', () => {
  it.each([
    ['UTC', 'UTC'],
    ['europe/berlin', 'Europe/Berlin'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['Mars/Olympus', undefined],
    ['+05:30', undefined],
    ['', undefined],
  ])('%j', (given, zone) => {
    expect(parseZone(given)).toBe(zone);
  });
});

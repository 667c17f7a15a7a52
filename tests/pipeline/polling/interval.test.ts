import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Freshness } from '../../../src/pipeline/freshness.ts';
import { adaptiveInterval } from '../../../src/pipeline/polling/interval.ts';
import { givenInstant } from '../../support/given.ts';
import { interval, now } from '../../support/given-check.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Ten entries, one every `gapMs`, the last one that long ago. */
function every(gapMs: number) {
  return Array.from({ length: 10 }, (_, index) => givenInstant(now - (index + 1) * gapMs));
}

function freshFor(lifetimeMs: number): Freshness {
  return { lifetimeMs, remainingMs: lifetimeMs, why: 'max-age' };
}

describe('adaptiveInterval', () => {
  it.each([
    ['an entry a minute', minuteMs, 15],
    ['an entry every two hours', 2 * hourMs, 15],
    ['an entry every four hours', 4 * hourMs, 30],
    ['an entry every eight hours', 8 * hourMs, 60],
    ['an entry a day', 24 * hourMs, 180],
    ['an entry a week', 168 * hourMs, 1260],
    ['an entry a month', 720 * hourMs, 1440],
  ])('asks a source with %s (%d ms), whose headers allow it, every %d minutes', (_what, gapMs, minutes) => {
    const rhythm = { recentEntries: every(gapMs), freshness: freshFor(60_000) };
    expect(adaptiveInterval(rhythm, interval, now).waitMs).toBe(minutes * minuteMs);
  });

  it.each([
    ['nothing', {}],
    ['max-age=0', { freshness: freshFor(0) }],
    ['an hour of freshness', { freshness: freshFor(hourMs) }],
    ['a ttl of an hour', { cadence: { ttlMinutes: 60, skipHours: [], skipDays: [] } }],
    ['a ttl of zero', { cadence: { ttlMinutes: 0, skipHours: [], skipDays: [] } }],
  ])('asks a busy source that says %s at the usual interval', (_what, said) => {
    expect(adaptiveInterval({ recentEntries: every(minuteMs), ...said }, interval, now).waitMs).toBe(hourMs);
  });

  it.each([
    ['max-age', { freshness: freshFor(hourMs - 1) }],
    ['ttl', { cadence: { ttlMinutes: 59, skipHours: [], skipDays: [] } }],
    ['sy:updatePeriod', { cadence: { updateEverySeconds: 1800, skipHours: [], skipDays: [] } }],
  ])('takes a short %s for an invitation', (_what, said) => {
    expect(adaptiveInterval({ recentEntries: every(minuteMs), ...said }, interval, now).waitMs).toBe(15 * minuteMs);
  });

  it('asks a source without dates at the usual interval', () => {
    const wish = adaptiveInterval({ recentEntries: [], freshness: freshFor(1000) }, interval, now);
    expect(wish).toEqual({ waitMs: hourMs, why: 'the usual interval of 1 hour' });
  });

  it('asks less as a source falls silent', () => {
    const busyOnce = Array.from({ length: 10 }, (_, index) => givenInstant(now - 100 * 24 * hourMs - index * minuteMs));
    expect(adaptiveInterval({ recentEntries: busyOnce }, interval, now).waitMs).toBe(24 * hourMs);
  });

  it('takes no entry to come for a sign of life', () => {
    const tomorrow = givenInstant(now + 24 * hourMs);
    expect(adaptiveInterval({ recentEntries: [tomorrow] }, interval, now).waitMs).toBe(hourMs);
  });

  it('says what it was made from', () => {
    expect(adaptiveInterval({ recentEntries: every(24 * hourMs) }, interval, now).why).toBe(
      'every 3 hours: it publishes about one entry in 1 day',
    );
  });

  it('lets the owner ask more and less often than the bounds', () => {
    const rhythm = { recentEntries: every(minuteMs) };
    expect(adaptiveInterval(rhythm, { ...interval, usualMinutes: 5 }, now).waitMs).toBe(5 * minuteMs);
    expect(adaptiveInterval(rhythm, { ...interval, usualMinutes: 2880 }, now).waitMs).toBe(48 * hourMs);
  });

  it('stays between the bounds whatever the dates', () => {
    const instants = fc.array(fc.integer({ min: Date.UTC(1000, 0), max: Date.UTC(9999, 0) }).map(givenInstant));
    const lifetime = fc.option(fc.nat(10_000_000).map(freshFor), { nil: undefined });
    fc.assert(
      fc.property(instants, lifetime, (recentEntries, freshness) => {
        const { waitMs } = adaptiveInterval({ recentEntries, freshness }, interval, now);
        const isInvited = freshness !== undefined && freshness.lifetimeMs > 0 && freshness.lifetimeMs < hourMs;
        expect(waitMs).toBeGreaterThanOrEqual(isInvited ? 15 * minuteMs : hourMs);
        expect(waitMs).toBeLessThanOrEqual(24 * hourMs);
      }),
    );
  });
});

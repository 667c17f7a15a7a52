import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leftOf, nextTakeAt, reserveOf, takeFrom } from '../../src/pipeline/daily-budget.ts';
import {
  afterPublish,
  nextPublishAt,
  type PublishPace,
  usualWrites,
  wakePace,
  writesPerDay,
} from '../../src/pipeline/publish-pace.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const dayMs = 24 * 60 * minuteMs;
const start = 1_795_000_000_000;

/** Publishes what changes at these moments the way the Archive's alarm does; returns when each publish was. */
function simulate(changes: readonly number[], perDay: number, restartAfter = Number.POSITIVE_INFINITY): number[] {
  const published: number[] = [];
  let pace: PublishPace = wakePace();
  let alarm = Number.POSITIVE_INFINITY;
  for (const at of [...changes.toSorted((a, b) => a - b), Number.POSITIVE_INFINITY]) {
    if (alarm <= at && alarm !== Number.POSITIVE_INFINITY) {
      pace = afterPublish(pace, perDay, usualWrites, alarm);
      published.push(alarm);
      alarm = Number.POSITIVE_INFINITY;
      if (published.length % restartAfter === 0) pace = wakePace(pace.budget);
    }
    if (alarm === Number.POSITIVE_INFINITY) alarm = nextPublishAt(pace, perDay, at);
  }
  return published;
}

/** The most of these moments that lie within one day. */
function mostInADay(moments: readonly number[]): number {
  return Math.max(0, ...moments.map((from) => moments.filter((at) => at >= from && at < from + dayMs).length));
}

describe('a daily budget', () => {
  it('is never overdrawn in any 24 hours, whenever it is taken from', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 400 }),
        fc.array(fc.integer({ min: 0, max: 3 * dayMs }), { maxLength: 900 }),
        (perDay, wishes) => {
          let state: ReturnType<typeof takeFrom> | undefined;
          const taken: number[] = [];
          for (const at of wishes.toSorted((a, b) => a - b)) {
            if (nextTakeAt(state, perDay, at) > at) continue;
            state = takeFrom(state, perDay, at);
            taken.push(at);
          }
          expect(mostInADay(taken)).toBeLessThanOrEqual(perDay);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives what it promised at the moment it named', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 300 }), (perDay, takes) => {
        let state: ReturnType<typeof takeFrom> | undefined;
        let now = start;
        for (let take = 0; take < takes; take += 1) {
          now = nextTakeAt(state, perDay, now);
          expect(leftOf(state, perDay, now)).toBeGreaterThanOrEqual(1);
          state = takeFrom(state, perDay, now);
        }
      }),
    );
  });

  it('gives nothing for a clock that went back', () => {
    const state = takeFrom(undefined, 100, start);
    expect(leftOf(state, 100, start - dayMs)).toBe(reserveOf(100) - 1);
    expect(takeFrom(state, 100, start - dayMs).at).toBe(start);
  });
});

describe('publishing', () => {
  it('follows a lone change within a second', () => {
    expect(simulate([start], writesPerDay(1000))).toEqual([start + 50]);
  });

  it('stays inside the KV writes of a day while something changes every second, restarts or not', () => {
    const changes = Array.from({ length: 86_400 }, (_, second) => start + second * secondMs);
    for (const restartAfter of [1, Number.POSITIVE_INFINITY]) {
      const published = simulate(changes, writesPerDay(1000), restartAfter);
      expect(mostInADay(published) * usualWrites).toBeLessThanOrEqual(1000);
      expect(mostInADay(published) * usualWrites).toBeGreaterThan(900);
    }
  });

  it('has no bound when none is set, and still moves apart while changes keep coming', () => {
    const changes = Array.from({ length: 3600 }, (_, second) => start + second * secondMs);
    const published = simulate(changes, writesPerDay(0));
    expect(published.length).toBeGreaterThan(50);
    expect(published.length).toBeLessThan(80);
  });

  it('takes two weeks of a hundred hourly sources, a tenth of them changed each time, within a minute of each round', () => {
    // A cron every 15 minutes, 25 sources due at each, their answers spread over ten seconds.
    const changes = Array.from({ length: 14 * 96 }, (_, tick) =>
      Array.from({ length: 3 }, (_, change) => start + tick * 15 * minuteMs + change * 4 * secondMs),
    ).flat();
    const published = simulate(changes, writesPerDay(1000));
    expect(mostInADay(published) * usualWrites).toBeLessThanOrEqual(1000);
    const waits = changes.map((at) => (published.find((publish) => publish > at) ?? Number.POSITIVE_INFINITY) - at);
    expect(waits.filter((wait) => wait > minuteMs)).toEqual([]);
  });
});

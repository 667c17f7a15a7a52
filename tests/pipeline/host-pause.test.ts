import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import {
  afterHandingOut,
  afterPause,
  afterReport,
  type HostState,
  idleHost,
  nextHostSlot,
} from '../../src/pipeline/host-pause.ts';
import { givenInstant } from '../support/given.ts';
import { now } from '../support/given-check.ts';

const manners = { pauseMs: 1000, concurrency: 1 };
const leaseMs = 60_000;
const host = 'example.org';

function at(ms: number): Instant {
  return givenInstant(now + ms);
}

function slot(state: HostState, ms = 0, settings = manners): number {
  return nextHostSlot(state, at(ms), settings) - now;
}

describe('a host', () => {
  it('never asked is asked at once', () => {
    expect(slot(idleHost)).toBe(0);
  });

  it('being asked is asked again when the request must have ended, and a pause later', () => {
    expect(slot(afterHandingOut(idleHost, now, leaseMs), 10)).toBe(leaseMs + 1000);
  });

  it('that answered is asked after the pause', () => {
    const state = afterReport(afterHandingOut(idleHost, now, leaseMs), at(300));
    expect(slot(state, 300)).toBe(1300);
    expect(slot(state, 1300)).toBe(1300);
    expect(slot(state, 9000)).toBe(9000);
  });

  it('whose request was never reported is asked after its lease and the pause', () => {
    const state = afterHandingOut(idleHost, now, leaseMs);
    expect(slot(state, leaseMs)).toBe(leaseMs + 1000);
    expect(slot(state, leaseMs + 5000)).toBe(leaseMs + 5000);
  });

  it('may be asked by more at a time where the settings allow it', () => {
    const two = { pauseMs: 0, concurrency: 2 };
    const one = afterHandingOut(idleHost, now, leaseMs);
    const both = afterHandingOut(one, at(10), leaseMs);
    expect(slot(one, 20, two)).toBe(20);
    expect(slot(both, 20, two)).toBe(leaseMs);
    expect(slot(afterReport(both, at(30)), 30, two)).toBe(30);
  });

  it('that asks for patience is left alone, at most a day', () => {
    const state = afterReport(afterHandingOut(idleHost, now, leaseMs), now, [{ host, ms: 90_000 }]);
    expect(slot(state)).toBe(90_000);
    expect(slot(afterPause(state, now, [{ host, ms: Number.MAX_SAFE_INTEGER }]))).toBe(86_400_000);
  });

  it('that asks for less patience later does not shorten the pause', () => {
    const state = afterPause(idleHost, now, [{ host, ms: 90_000 }]);
    expect(slot(afterPause(state, at(1000), [{ host, ms: 5000 }]), 1000)).toBe(90_000);
    expect(afterPause(idleHost, now, [])).toBe(idleHost);
  });

  it('is never asked by more than allowed, nor within the pause, whatever happens', () => {
    const step = fc.record({ waitMs: fc.nat(5000), isReported: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(3000),
        (steps, concurrency, pauseMs) => {
          let state = idleHost;
          let time = 0;
          let open: number[] = [];
          let lastEnd = Number.NEGATIVE_INFINITY;
          const faults: string[] = [];
          for (const { waitMs, isReported } of steps) {
            time += waitMs;
            const ended = open.filter((end) => end <= time);
            lastEnd = Math.max(lastEnd, ...ended);
            open = open.filter((end) => end > time);
            if (isReported && open.length > 0) {
              open = open.toSorted((a, b) => a - b).slice(1);
              lastEnd = time;
              state = afterReport(state, at(time));
            } else if (slot(state, time, { pauseMs, concurrency }) === time) {
              if (open.length >= concurrency) faults.push('too many at a time');
              if (time - lastEnd < pauseMs) faults.push('too soon');
              open.push(time + 4000);
              state = afterHandingOut(state, at(time), 4000);
            }
          }
          expect(faults).toEqual([]);
        },
      ),
    );
  });
});

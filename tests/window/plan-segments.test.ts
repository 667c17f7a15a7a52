import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LiveEntry, maxSegments, type PlannedSegment, planSegments } from '../../src/window/plan-segments.ts';

function givenLive(count: number, bytes = 8000, prefix = 'e'): LiveEntry[] {
  return Array.from({ length: count }, (_, at) => ({ digest: `${prefix}${at}`, bytes }));
}

/** KV writes that a plan needs after another. */
function writesOf(plan: readonly PlannedSegment[], before: readonly PlannedSegment[]): number {
  const held = new Set(before.map(({ name, isOpen }) => `${name} ${isOpen}`));
  const added = plan.filter(({ name, isOpen }) => !held.has(`${name} ${isOpen}`));
  return added.reduce((sum, { isOpen }) => sum + (isOpen ? 1 : 4), 0);
}

function expectPlaced(plan: readonly PlannedSegment[], live: readonly LiveEntry[]): void {
  const placed = new Set(plan.flatMap(({ members }) => members));
  expect(live.filter(({ digest }) => !placed.has(digest))).toEqual([]);
  expect(plan.length).toBeLessThanOrEqual(maxSegments);
  expect(plan.filter(({ isOpen }) => isOpen).length).toBeLessThanOrEqual(1);
  expect(new Set(plan.map(({ name }) => name)).size).toBe(plan.length);
}

describe('segments', () => {
  it('stay as they are while nothing changes', () => {
    const live = givenLive(1000);
    const plan = planSegments(live, []);
    expectPlaced(plan, live);
    expect(writesOf(planSegments(live, plan), plan)).toBe(0);
  });

  it('are written one at a time while one entry after another changes, for a thousand publishes', () => {
    let live = givenLive(1000);
    let plan = planSegments(live, []);
    let writes = 0;
    for (let publish = 0; publish < 1000; publish += 1) {
      const at = (publish * 7919) % 1000;
      live = live.with(at, { digest: `changed${publish}`, bytes: 8000 });
      const next = planSegments(live, plan);
      expectPlaced(next, live);
      writes += writesOf(next, plan);
      plan = next;
    }
    // With the index and the small key: under four writes a publish.
    expect(writes / 1000).toBeLessThan(1.4);
    const held = plan.flatMap(({ members }) => members).length;
    expect(held).toBeLessThan(2000);
  });

  it('follow a river of new entries that push the oldest out', () => {
    let live = givenLive(1000);
    let plan = planSegments(live, []);
    let writes = 0;
    for (let publish = 0; publish < 500; publish += 1) {
      live = [...live.slice(3), ...givenLive(3, 8000, `new${publish}-`)];
      const next = planSegments(live, plan);
      expectPlaced(next, live);
      writes += writesOf(next, plan);
      plan = next;
    }
    expect(writes / 500).toBeLessThan(1.4);
  });

  it('are never more than 24, of any entries, sizes and changes', () => {
    const sizes = fc.array(fc.oneof(fc.integer({ min: 100, max: 20_000 }), fc.integer({ min: 0, max: 3_000_000 })), {
      maxLength: 1500,
    });
    fc.assert(
      fc.property(sizes, fc.array(fc.integer({ min: 0, max: 1499 }), { maxLength: 40 }), (bytes, changes) => {
        let live = bytes.map((size, at) => ({ digest: `e${at}`, bytes: size }));
        let plan = planSegments(live, []);
        expect(plan.length).toBeLessThanOrEqual(maxSegments);
        for (const [turn, at] of changes.entries()) {
          if (at >= live.length) live = live.slice(Math.floor(live.length / 10));
          else live = live.with(at, { digest: `t${turn}`, bytes: turn * 1000 });
          plan = planSegments(live, plan);
          expectPlaced(plan, live);
        }
      }),
      { numRuns: 60 },
    );
  });
});

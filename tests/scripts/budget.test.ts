import { describe, expect, it } from 'vitest';
import { type Installation, planDay } from '../../scripts/budget/plan-day.ts';

const hundredHourly: Installation = {
  sources: 100,
  minutes: 60,
  changeRate: 0.1,
  entries: 1,
  articles: 0,
  cronMinutes: 5,
  readers: 40,
  pollsPerHour: 1,
  isolates: 5,
  rareShare: 0.02,
};

function over(changes: Partial<Installation>): readonly string[] {
  return planDay({ ...hundredHourly, ...changes })
    .filter((use) => use.used > use.limit)
    .map((use) => use.what);
}

describe('the plan of a day', () => {
  it('holds a thousand hourly sources on the free plan', () => {
    expect(over({})).toEqual([]);
    expect(over({ sources: 1000, changeRate: 0.05 })).toEqual([]);
    expect(over({ changeRate: 1 })).toEqual(['CPU ms of one invocation']);
  });

  it('names every limit that is passed', () => {
    expect(over({ sources: 2000, changeRate: 0.1 })).toEqual(['Queue operations', 'Durable Object rows written']);
    expect(over({ readers: 5000 })).toEqual(['Worker requests']);
    expect(over({ readers: 5000, rareShare: 1 })).toEqual(['Durable Object requests', 'Worker requests']);
    expect(over({ readers: 4000, isolates: 20 })).toEqual(['KV reads']);
  });

  it('knows what loading an archive of seeds writes', () => {
    expect(over({ articles: 1000 })).toEqual([]);
    expect(over({ articles: 15_584 })).toEqual(['Rows written by loading seeds']);
  });

  it('never publishes more than the KV writes allow, however much changes', () => {
    const used = [0, 0.1, 0.5, 1].map(
      (changeRate) => planDay({ ...hundredHourly, sources: 5000, changeRate })[0]?.used,
    );
    expect(used[0]).toBe(0);
    expect(Math.max(...used.map(Number))).toBeLessThanOrEqual(1000);
    expect(Math.min(...used.slice(1).map(Number))).toBeGreaterThan(400);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ItemRule, readList, tellList } from '../../src/window/told-list.ts';

interface Item {
  readonly key: string;
  readonly count: number;
}

const rule: ItemRule<Item> = { keyOf: ({ key }) => key, isSame: (former, now) => former.count === now.count };

const lists = fc.uniqueArray(
  fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), count: fc.integer({ min: 0, max: 2 }) }),
  {
    selector: ({ key }) => key,
  },
);

describe('a list that is told by a former one', () => {
  it('reads as the list that was told, whatever the two are', () => {
    fc.assert(
      fc.property(lists, lists, (former, now) => {
        const told = tellList(former, now, rule);
        expect(readList(former, told)).toEqual(now);
        expect(
          told.added.every((item) => !former.some(({ key, count }) => key === item.key && count === item.count)),
        ).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('has nothing but what changed', () => {
    const former = Array.from({ length: 1000 }, (_, at) => ({ key: `entry${at}`, count: 1 }));
    const now = [{ key: 'new', count: 1 }, ...former.slice(0, 999)];
    expect(tellList(former, now, rule)).toEqual({ order: [0, 0, 1, 0, 999, 0], added: [now[0]] });
  });
});

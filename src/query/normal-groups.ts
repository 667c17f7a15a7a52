/**
 * The normal form of groups: equal meanings that are cheap to see become equal data.
 *
 * All exclusions become one group, at the end; members and groups are sorted, each once; an alternative that is
 * excluded anyway is dropped; a group that another one implies is dropped (`a` and (`a` or `b`) is `a`).
 */
import type { Group } from './query.ts';

/** Normalises groups joined by *and*. `keyOf` gives equal members equal keys, and the keys' order is the members'. */
export function normalGroups<T>(groups: readonly Group<T>[], keyOf: (member: T) => string): readonly Group<T>[] {
  const excluded = sortedByKey(
    groups.flatMap((group) => ('noneOf' in group ? group.noneOf : [])),
    keyOf,
  );
  const wanted = new Map<string, ReadonlyMap<string, T>>();
  for (const group of groups) {
    if ('noneOf' in group || group.anyOf.length === 0) continue;
    const members = sortedByKey(group.anyOf, keyOf);
    const possible = new Map([...members].filter(([key]) => !excluded.has(key)));
    // A group of nothing but excluded members matches nothing; it stays as it is to go on saying so.
    const kept = possible.size > 0 ? possible : members;
    wanted.set(JSON.stringify([...kept.keys()]), kept);
  }
  const all = [...wanted.values()];
  const needed = [...wanted]
    .filter(([, group]) => !all.some((other) => other.size < group.size && isSubset(other, group)))
    .sort(([a], [b]) => compareText(a, b))
    .map(([, group]): Group<T> => ({ anyOf: [...group.values()] }));
  return excluded.size > 0 ? [...needed, { noneOf: [...excluded.values()] }] : needed;
}

function sortedByKey<T>(members: readonly T[], keyOf: (member: T) => string): ReadonlyMap<string, T> {
  return new Map(members.map((member): [string, T] => [keyOf(member), member]).sort(([a], [b]) => compareText(a, b)));
}

function isSubset<T>(small: ReadonlyMap<string, T>, large: ReadonlyMap<string, T>): boolean {
  return [...small.keys()].every((key) => large.has(key));
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * Counts what sanitizing takes out of an entry, for people who look at a feed before they follow it.
 */

/** Elements of one name that are gone, and how many. */
export interface DroppedMarkup {
  readonly element: string;
  readonly count: number;
}

/** Compares the elements of the publisher's markup with those that are left; the most frequent first. */
export function countDropped(before: string, after: string): readonly DroppedMarkup[] {
  const left = countElements(after);
  return [...countElements(before)]
    .map(([element, amount]) => ({ element, count: amount - (left.get(element) ?? 0) }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || (a.element < b.element ? -1 : 1));
}

/** Adds up what several entries lost. */
export function addDropped(lists: readonly (readonly DroppedMarkup[])[]): readonly DroppedMarkup[] {
  const sums = new Map<string, number>();
  for (const { element, count } of lists.flat()) sums.set(element, (sums.get(element) ?? 0) + count);
  return [...sums].map(([element, count]) => ({ element, count })).toSorted((a, b) => b.count - a.count);
}

function countElements(markup: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [, name = ''] of markup.matchAll(/<([a-z][a-z0-9-]{0,30})(?=[\s/>])/gi)) {
    const element = name.toLowerCase();
    counts.set(element, (counts.get(element) ?? 0) + 1);
  }
  return counts;
}

/**
 * Writes a list as its differences from a former one: which stretches of the former list it has, and the new items
 * between them.
 *
 * A publish changes few of a thousand entries and one of two hundred sources. Writing all of them, and reading them in
 * every isolate, was half of the cost of a poll that ends as a 304.
 */

/** The differences; with the former list they give the list. */
export interface ToldList<T> {
  /** Triples: a position in the former list, how many items to take from there, how many new ones follow. */
  readonly order: readonly number[];
  readonly added: readonly T[];
}

/** How items are compared: by key, and then by equality. */
export interface ItemRule<T> {
  readonly keyOf: (item: T) => string;
  readonly isSame: (former: T, now: T) => boolean;
}

/** Writes the differences. */
export function tellList<T>(former: readonly T[], now: readonly T[], { keyOf, isSame }: ItemRule<T>): ToldList<T> {
  const positions = new Map(former.map((item, position) => [keyOf(item), position]));
  const order: number[] = [];
  const added: T[] = [];
  let [from, count, fresh] = [0, 0, 0];
  for (const item of now) {
    const position = positions.get(keyOf(item));
    const known = position === undefined ? undefined : former[position];
    if (position === undefined || known === undefined || !isSame(known, item)) {
      added.push(item);
      fresh += 1;
    } else if (fresh === 0 && position === from + count) {
      count += 1;
    } else {
      if (count + fresh > 0) order.push(from, count, fresh);
      [from, count, fresh] = [position, 1, 0];
    }
  }
  if (count + fresh > 0) order.push(from, count, fresh);
  return { order, added };
}

/** Makes the list from the differences. */
export function readList<T>(former: readonly T[], { order, added }: ToldList<T>): readonly T[] {
  const parts: (readonly T[])[] = [];
  let next = 0;
  for (let at = 0; at < order.length; at += 3) {
    const [from = 0, count = 0, fresh = 0] = order.slice(at, at + 3);
    parts.push(former.slice(from, from + count), added.slice(next, next + fresh));
    next += fresh;
  }
  return new Array<T>().concat(...parts);
}

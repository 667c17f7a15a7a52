/**
 * Where each tag is in a list of entries: made once for a list, by the first question that names a tag.
 *
 * Going through a thousand entries for every view of a tag costs more than joining what is found.
 */
import type { EntryFacts } from './matches.ts';

const positionsByList = new WeakMap<readonly EntryFacts[], ReadonlyMap<string, readonly number[]>>();

const nowhere: readonly number[] = [];

/** Positions of the entries that have a tag, ascending. The list is not changed afterwards. */
export function positionsOfTag(entries: readonly EntryFacts[], slug: string): readonly number[] {
  const known = positionsByList.get(entries) ?? findTags(entries);
  positionsByList.set(entries, known);
  return known.get(slug) ?? nowhere;
}

function findTags(entries: readonly EntryFacts[]): ReadonlyMap<string, readonly number[]> {
  const positions = new Map<string, number[]>();
  entries.forEach(({ tags }, position) => {
    for (const slug of tags) {
      const known = positions.get(slug);
      if (known === undefined) positions.set(slug, [position]);
      else if (known.at(-1) !== position) known.push(position);
    }
  });
  return positions;
}

/**
 * Fragments as one byte array with the place where each one ends: how they are stored in KV and travel in RPC.
 */

/** Fragments of several entries in one format; `ends` are in bytes. */
export interface JoinedFragments {
  readonly bytes: Uint8Array;
  readonly ends: readonly number[];
}

/** Joins fragments in their order. */
export function joinFragments(fragments: readonly Uint8Array[]): JoinedFragments {
  const ends: number[] = [];
  let length = 0;
  for (const fragment of fragments) ends.push((length += fragment.length));
  const bytes = new Uint8Array(length);
  fragments.forEach((fragment, position) => bytes.set(fragment, (ends[position] ?? 0) - fragment.length));
  return { bytes, ends };
}

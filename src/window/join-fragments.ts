/**
 * Joins fragments into one byte array with the end of each, for RPC.
 */

/** Fragments of several entries in one format; `ends` are in bytes. */
export interface JoinedFragments {
  readonly bytes: Uint8Array;
  readonly ends: readonly number[];
}

/** Joins fragments in their order. */
export function joinFragments(fragments: readonly Uint8Array[]): JoinedFragments {
  return joinPieces(fragments.map((fragment) => [fragment]));
}

/** Joins fragments that are in pieces: each byte is copied once. */
export function joinPieces(fragments: readonly (readonly Uint8Array[])[]): JoinedFragments {
  const ends: number[] = [];
  let length = 0;
  for (const pieces of fragments) {
    for (const piece of pieces) length += piece.length;
    ends.push(length);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of fragments.flat()) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return { bytes, ends };
}

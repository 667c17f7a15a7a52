/**
 * Chooses values by precedence: a ladder is a list of element keys, and the value on the highest rung counts.
 */

/** A ladder: the rank of each rung, 0 the highest. */
export type Ladder = ReadonlyMap<string, number>;

/** Makes a ladder of element keys, highest rung first. */
export function ladder(...rungs: readonly string[]): Ladder {
  return new Map(rungs.map((rung, rank) => [rung, rank]));
}

const none: never[] = [];

/** All candidates on the ladder, highest rung first, document order within one. */
export function gather<T extends { readonly from: string }>(rungs: Ladder, candidates: readonly T[]): readonly T[] {
  let found: T[] | undefined;
  let sorted = true;
  let last = -1;
  for (const candidate of candidates) {
    const rank = rungs.get(candidate.from);
    if (rank === undefined) continue;
    if (rank < last) sorted = false;
    last = rank;
    if (found === undefined) found = [candidate];
    else found.push(candidate);
  }
  if (found === undefined) return none;
  return sorted ? found : found.sort((a, b) => (rungs.get(a.from) ?? 0) - (rungs.get(b.from) ?? 0));
}

/** The first acceptable candidate on the highest rung that has one. */
export function climb<T extends { readonly from: string }, R>(
  rungs: Ladder,
  candidates: readonly T[],
  accept: (candidate: T) => R | undefined,
): R | undefined {
  for (const candidate of gather(rungs, candidates)) {
    const accepted = accept(candidate);
    if (accepted !== undefined) return accepted;
  }
  return undefined;
}

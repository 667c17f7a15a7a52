/**
 * Precedence, made visible: a ladder is a list of element keys, and what stands on the highest rung counts.
 */

/** The first candidate on the highest rung that has any which `accept` takes. */
export function climb<T extends { readonly from: string }, R>(
  rungs: readonly string[],
  candidates: readonly T[],
  accept: (candidate: T) => R | undefined,
): R | undefined {
  if (candidates.length === 0) return undefined;
  for (const rung of rungs) {
    for (const candidate of candidates) {
      if (candidate.from !== rung) continue;
      const accepted = accept(candidate);
      if (accepted !== undefined) return accepted;
    }
  }
  return undefined;
}

/** All candidates on the given rungs, highest rung first, document order within one. */
export function gather<T extends { readonly from: string }>(rungs: readonly string[], candidates: readonly T[]): T[] {
  if (candidates.length === 0) return [];
  return rungs.flatMap((rung) => candidates.filter((candidate) => candidate.from === rung));
}

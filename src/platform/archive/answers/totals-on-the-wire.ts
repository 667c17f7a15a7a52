/**
 * Answers on their way from the Archive to the edge: the totals, a thousand tags long, travel only when they have changed.
 *
 * Both ends of the call are here. Both forget everything when they restart, and then the totals travel again.
 */
import type { ArchiveAnswer } from '../../../pipeline/ports.ts';
import type { ArchiveTotals } from '../../../window/window.ts';

/** An answer without the totals that whoever asked has already. */
export interface SentAnswer extends Omit<ArchiveAnswer, 'totals'> {
  /** Names the totals; no two different ones have the same name. */
  readonly state: string;
  readonly totals?: ArchiveTotals;
}

/** The Archive's end: leaves out totals that are known under their name. The same object is the same totals. */
export function createTotalsSaver(): (answer: ArchiveAnswer, knownState: string | undefined) => SentAnswer {
  let named: { readonly totals: ArchiveTotals; readonly state: string } | undefined;
  return ({ totals, ...answer }, knownState) => {
    if (named?.totals !== totals) named = { totals, state: crypto.randomUUID() };
    const { state } = named;
    return state === knownState ? { ...answer, state } : { ...answer, state, totals };
  };
}

/** The edge's end: `ask` is given the name of the totals that are known. */
export function createTotalsMemory(): (
  ask: (knownState: string | undefined) => Promise<SentAnswer>,
) => Promise<ArchiveAnswer> {
  let known: { readonly totals: ArchiveTotals; readonly state: string } | undefined;
  return async (ask) => {
    const asked = known;
    const { state, totals = asked?.totals, ...answer } = await ask(asked?.state);
    if (totals === undefined) throw new Error('the Archive left out totals that nobody knows');
    known = { totals, state };
    return { ...answer, totals };
  };
}

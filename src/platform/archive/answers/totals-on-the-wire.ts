/**
 * Leaves unchanged totals out of answers on their way from the Archive to the edge: they list a thousand tags.
 *
 * This file has both ends of the call. Each end forgets everything when it restarts, and then the totals are sent again.
 */
import type { ArchiveAnswer } from '../../../pipeline/ports.ts';
import type { ArchiveTotals } from '../../../window/window.ts';

/** An answer without the totals that the caller already has. */
export interface SentAnswer extends Omit<ArchiveAnswer, 'totals'> {
  /** The name of the totals; different totals have different names. */
  readonly state: string;
  readonly totals?: ArchiveTotals;
}

/**
 * The Archive's end: leaves out totals whose name the caller sent. It compares objects: the same object is the same
 * totals.
 */
export function createTotalsSaver(): (answer: ArchiveAnswer, knownState: string | undefined) => SentAnswer {
  let named: { readonly totals: ArchiveTotals; readonly state: string } | undefined;
  return ({ totals, ...answer }, knownState) => {
    if (named?.totals !== totals) named = { totals, state: crypto.randomUUID() };
    const { state } = named;
    return state === knownState ? { ...answer, state } : { ...answer, state, totals };
  };
}

/** The edge's end: passes the name of its totals to `ask`. */
export function createTotalsMemory(): (
  ask: (knownState: string | undefined) => Promise<SentAnswer>,
) => Promise<ArchiveAnswer> {
  let known: { readonly totals: ArchiveTotals; readonly state: string } | undefined;
  return async (ask) => {
    const asked = known;
    const { state, totals = asked?.totals, ...answer } = await ask(asked?.state);
    if (totals === undefined) throw new Error('the Archive left out totals that the caller does not have');
    known = { totals, state };
    return { ...answer, totals };
  };
}

/**
 * Keeps the last checks of a source as one short text inside its state, oldest first.
 *
 * Every check writes the row of the state anyway, so the history costs no row and hardly a byte more. The format: `rx3k20=`
 * not modified · `rx3k20+20,3,1` read: entries found, added, revised · `rx3k20-404`, `rx3k20-timeout` failed. The time is in
 * seconds, base 36. Reading never throws: parts that it does not understand are left out.
 */
import type { Failure } from './failure.ts';
import type { Instant } from './instant.ts';
import type { SourceState } from './source-state.ts';

/** Checks that are kept: a day and a quarter of an hourly source, a month of a daily one. About 10 bytes each, at most 32. */
export const keptChecks = 30;

/** What a document brought. */
export interface CheckCounts {
  /** Entries in the document. */
  readonly found: number;
  readonly added: number;
  readonly revised: number;
}

/** One check as it is remembered. `at` is cut to the second. */
export type Check =
  | ({ readonly outcome: 'updated'; readonly at: Instant } & CheckCounts)
  | { readonly outcome: 'not-modified'; readonly at: Instant }
  | {
      readonly outcome: 'failed';
      readonly at: Instant;
      /** The kind of the failure. */
      readonly failure: string;
      /** Of an `http-status`. */
      readonly status?: number;
    };

const form = /^([0-9a-z]{1,9})(?:(=)|\+(\d{1,9}),(\d{1,9}),(\d{1,9})|-(?:(\d{3})|([a-z-]{1,24})))$/;

/** Adds the check of `state` to the history of `previous`. A state that was added already, or is no check, stays as it is. */
export function noteCheck(previous: SourceState | undefined, state: SourceState, counts: CheckCounts): SourceState {
  const { lastCheckedAt, lastOutcome } = state;
  const history = previous?.history ?? '';
  const isChecked = lastCheckedAt !== undefined && lastCheckedAt !== previous?.lastCheckedAt && lastOutcome !== 'never';
  if (!isChecked) return history === '' ? state : { ...state, history };
  const note = Math.floor(lastCheckedAt / 1000).toString(36) + noteOf(state, counts);
  const held = history === '' ? [] : history.split(' ');
  return { ...state, history: [...held, note].slice(-keptChecks).join(' ') };
}

function noteOf({ lastOutcome, lastFailure }: SourceState, { found, added, revised }: CheckCounts): string {
  if (lastOutcome === 'not-modified') return '=';
  return lastOutcome === 'updated' ? `+${found},${added},${revised}` : `-${failureWord(lastFailure)}`;
}

function failureWord(failure: Failure | undefined): string {
  if (failure === undefined) return 'unexpected';
  return failure.kind === 'http-status' ? String(failure.status) : failure.kind;
}

/** The checks of a state, oldest first. */
export function readChecks({ history = '' }: Pick<SourceState, 'history'>): readonly Check[] {
  return history.split(' ').slice(-keptChecks).flatMap(readCheck);
}

function readCheck(note: string): readonly Check[] {
  const [, seconds, same, found, added, revised, status, failure] = form.exec(note) ?? [];
  if (seconds === undefined) return [];
  const at = (Number.parseInt(seconds, 36) * 1000) as Instant;
  if (at > 8.64e15) return [];
  if (same !== undefined) return [{ outcome: 'not-modified', at }];
  if (found !== undefined) {
    return [{ outcome: 'updated', at, found: Number(found), added: Number(added), revised: Number(revised) }];
  }
  return status === undefined
    ? [{ outcome: 'failed', at, failure: failure ?? '' }]
    : [{ outcome: 'failed', at, failure: 'http-status', status: Number(status) }];
}

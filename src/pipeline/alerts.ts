/**
 * Decides which alerts the owner gets: a source has failed for a day, is gone, has moved, or works again.
 *
 * An alert stays open until its trouble is over. While it is open, the same trouble makes no further alert.
 */
import { readChecks } from '../domain/check-history.ts';
import { describeFailure } from '../domain/failure.ts';
import { type Instant, renderRfc3339 } from '../domain/instant.ts';
import type { SourceId } from '../domain/source.ts';
import type { SourceState } from '../domain/source-state.ts';

/** The kinds of alerts. */
export type AlertKind =
  | 'failing'
  | 'gone'
  | 'recovered'
  | 'moved'
  | 'merged'
  | 'publishing-fails'
  | 'publishing-works'
  | 'webhook-paused';

/** Alerts that stay open until the trouble is over. */
export const openKinds: readonly AlertKind[] = ['failing', 'gone', 'publishing-fails'];

/** Something the owner should know. */
export interface Alert {
  readonly kind: AlertKind;
  /** What happened, in a sentence. */
  readonly detail: string;
  /** The source that it is about; absent when it is about publishing. */
  readonly source?: { readonly id: SourceId; readonly title: string };
}

/** An alert as it was recorded. */
export interface RecordedAlert extends Alert {
  /** Grows with every alert. */
  readonly id: number;
  readonly at: Instant;
}

/** A source that failed for this long is worth a message. Milliseconds. */
const failingMs = 24 * 60 * 60_000;

/** The alert that a check of a source causes, if any. `open` is the source's open alert. */
export function judgeCheck(
  state: SourceState,
  open: AlertKind | undefined,
  now: Instant,
): Pick<Alert, 'kind' | 'detail'> | undefined {
  const { lastOutcome, lastFailure, stopped } = state;
  if (lastOutcome !== 'failed') {
    return open === undefined ? undefined : { kind: 'recovered', detail: 'It can be read again.' };
  }
  const failure = lastFailure === undefined ? '' : ` ${describeFailure(lastFailure)}`;
  if (stopped) {
    if (open === 'gone') return undefined;
    return {
      kind: 'gone',
      detail: `The site says that the feed is gone for good. It is not asked any more.${failure}`,
    };
  }
  if (open !== undefined || now - failingSince(state, now) < failingMs) return undefined;
  return { kind: 'failing', detail: `It could not be read for a day.${failure}` };
}

/** When the row of failures at the end of the history began. */
function failingSince(state: SourceState, now: Instant): number {
  const checks = readChecks(state);
  const lastGood = checks.findLastIndex(({ outcome }) => outcome !== 'failed');
  return checks[lastGood + 1]?.at ?? now;
}

/** The JSON that is posted to the owner's address. */
export function renderAlert({ id, at, kind, detail, source }: RecordedAlert): string {
  return JSON.stringify({ id, at: renderRfc3339(at), kind, source: source ?? null, detail });
}

/**
 * How a source is, in a word and in order: what needs the owner comes first.
 */
import { describeFailure } from '../../../domain/failure.ts';
import { count } from '../../../page/plural.ts';
import type { SourceReport } from '../../../pipeline/archive-owner.ts';
import { adviseOn } from './failure-advice.ts';

/** One source's condition. */
export interface Condition {
  /** Lower is more urgent. */
  readonly rank: number;
  readonly word: string;
  readonly tone: 'bad' | 'warn' | 'good' | 'plain';
  /** What happened, in a sentence or two. */
  readonly detail: string;
  /** What to do; empty when there is nothing to do. */
  readonly advice: string;
}

/** Judges one source. */
export function conditionOf({ source, state }: SourceReport): Condition {
  const { lastFailure, consecutiveFailures, defects, lastOutcome } = state;
  const failure = lastFailure === undefined ? '' : describeFailure(lastFailure);
  const advice = lastFailure === undefined ? '' : adviseOn(lastFailure);
  if (source.kind === 'site')
    return { rank: 6, word: 'Archive', tone: 'plain', detail: 'Archived articles of this site.', advice: '' };
  if (!source.enabled)
    return { rank: 5, word: 'Paused', tone: 'plain', detail: 'Not asked until you resume it.', advice: '' };
  if (state.stopped)
    return {
      rank: 0,
      word: 'Gone',
      tone: 'bad',
      detail: failure,
      advice: advice || 'Remove it, or add its new address.',
    };
  if (consecutiveFailures > 0) {
    const detail = `${consecutiveFailures > 1 ? `${count(consecutiveFailures, 'failure')} in a row. ` : ''}${failure}`;
    return { rank: 1, word: 'Failing', tone: consecutiveFailures > 2 ? 'bad' : 'warn', detail, advice };
  }
  if (lastOutcome === 'never') return { rank: 2, word: 'New', tone: 'plain', detail: 'Not asked yet.', advice: '' };
  const detail = lastOutcome === 'not-modified' ? 'Nothing new.' : 'Read.';
  if (defects.length > 0) {
    const words = `${detail} ${count(defects.length, 'fault')} in the feed forgiven.`;
    return { rank: 3, word: 'Well', tone: 'good', detail: words, advice: '' };
  }
  return { rank: 4, word: 'Well', tone: 'good', detail, advice: '' };
}

/** Numbers in titles by their size. */
const titles = new Intl.Collator('en', { numeric: true });

/** Most urgent first; of two alike the one with more failures, then by title. */
export function byHealth(a: SourceReport, b: SourceReport): number {
  return (
    conditionOf(a).rank - conditionOf(b).rank ||
    b.state.consecutiveFailures - a.state.consecutiveFailures ||
    titles.compare(a.source.title, b.source.title)
  );
}

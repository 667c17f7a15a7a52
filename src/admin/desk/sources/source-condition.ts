/**
 * Describes the condition of a source: a word, what happened, and what the owner can do.
 */
import { describeFailure } from '../../../domain/failure.ts';
import { count } from '../../../page/plural.ts';
import { conditionOf, type SourceReport } from '../../../pipeline/source-table.ts';
import { adviseOn } from './failure-advice.ts';

/** The condition of a source in words. */
export interface ToldCondition {
  readonly word: string;
  readonly tone: 'bad' | 'warn' | 'good' | 'plain';
  /** What happened, in a sentence or two. */
  readonly detail: string;
  /** What to do; empty when there is nothing to do. */
  readonly advice: string;
}

/** Describes the condition of one source. */
export function tellCondition(report: SourceReport): ToldCondition {
  const { lastFailure, consecutiveFailures, defects, lastOutcome } = report.state;
  const failure = lastFailure === undefined ? '' : describeFailure(lastFailure);
  const advice = lastFailure === undefined ? '' : adviseOn(lastFailure);
  const outcome = lastOutcome === 'not-modified' ? 'Nothing new.' : 'Read.';
  const held = report.newsletter?.held ?? [];
  if (held.length > 0) {
    const needs = held.filter(({ kind }) => kind === 'needs-you').length;
    const detail =
      needs > 0 ? `${count(needs, 'mail')} for you alone.` : `${count(held.length, 'mail')} of an unknown sender.`;
    return { word: 'Needs you', tone: 'warn', detail, advice: 'Look at its mails below.' };
  }
  switch (conditionOf(report)) {
    case 'archive':
      return { word: 'Archive', tone: 'plain', detail: 'Archived articles of this site.', advice: '' };
    case 'paused':
      return { word: 'Paused', tone: 'plain', detail: 'Not asked until you resume it.', advice: '' };
    case 'gone':
      return { word: 'Gone', tone: 'bad', detail: failure, advice: advice || 'Change its address, or remove it.' };
    case 'failing': {
      const row = consecutiveFailures > 1 ? `${count(consecutiveFailures, 'failure')} in a row. ` : '';
      return { word: 'Failing', tone: consecutiveFailures > 2 ? 'bad' : 'warn', detail: row + failure, advice };
    }
    case 'new':
      if (report.source.kind === 'newsletter') {
        return { word: 'New', tone: 'plain', detail: 'No mail came yet.', advice: '' };
      }
      return { word: 'New', tone: 'plain', detail: 'Not asked yet.', advice: '' };
    case 'faulty': {
      const detail = `${outcome} ${count(defects.length, 'fault')} in the feed repaired.`;
      return { word: 'Well', tone: 'good', detail, advice: '' };
    }
    case 'well':
      return { word: 'Well', tone: 'good', detail: outcome, advice: '' };
  }
}

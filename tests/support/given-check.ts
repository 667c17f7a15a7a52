/**
 * States, answers and results of checks for tests of the polling rules.
 */
import type { Failure } from '../../src/domain/failure.ts';
import { type SourceState, toInitialState } from '../../src/domain/source-state.ts';
import type { CheckResult } from '../../src/pipeline/polling/check-result.ts';
import type { Answer } from '../../src/pipeline/retrieval.ts';
import { givenInstant, givenUrl } from './given.ts';

/** A Sunday, 10:30 GMT. */
export const now = givenInstant('2026-11-22T10:30:00Z');

/** Where the source of these tests lives. */
export const feedUrl = givenUrl('https://example.org/feed.xml');

/** The settings' own bounds. */
export const interval = { minMinutes: 15, usualMinutes: 60, maxMinutes: 1440 };

/** A source that answered an hour ago and gave validators. */
export function givenState(changes: Partial<SourceState> = {}): SourceState {
  const asked = givenInstant(now - 3_600_000);
  return {
    ...toInitialState(asked),
    lastCheckedAt: asked,
    lastOutcome: 'updated',
    validators: { etag: '"1"' },
    validatorsFrom: feedUrl,
    lastUnconditionalAt: givenInstant(now - 40 * 3_600_000),
    lastDocumentAt: asked,
    bytesDigest: 'old',
    ...changes,
  };
}

/** A conditional answer without redirects. */
export function givenAnswer(changes: Partial<Answer> = {}): Answer {
  return {
    url: feedUrl,
    validators: { etag: '"2"' },
    freshness: {},
    redirects: {},
    pauses: [],
    conditional: true,
    ...changes,
  };
}

/** A document that was read. */
export function givenUpdate(
  answer: Partial<Answer> = {},
  changes: Partial<CheckResult & { kind: 'updated' }> = {},
): CheckResult {
  return {
    kind: 'updated',
    answer: givenAnswer(answer),
    bytesDigest: 'new',
    cadence: { skipHours: [], skipDays: [] },
    entryInstants: [],
    defects: [],
    ...changes,
  };
}

/** A 304 that repeats nothing. */
export function givenNotModified(answer: Partial<Answer> = {}): CheckResult {
  return { kind: 'not-modified', answer: givenAnswer({ validators: {}, ...answer }) };
}

/** A failure after a conditional request. */
export function givenFailed(failure: Failure, conditional = true): CheckResult {
  return { kind: 'failed', failure, conditional };
}

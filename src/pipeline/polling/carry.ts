/**
 * Makes the next state of a source, without its next check: validators, headers, counters.
 *
 * Validators are kept only with the document they belong to. When a document could not be read, or ended early, the former
 * validators stay, so that the next answer is the whole document and not a 304.
 */

import type { Validators } from '../../domain/document.ts';
import type { Failure } from '../../domain/failure.ts';
import type { HttpUrl } from '../../domain/http-url.ts';
import type { Instant } from '../../domain/instant.ts';
import type { SourceState } from '../../domain/source-state.ts';
import { updateFreshness } from '../freshness.ts';
import type { Answer } from '../retrieval.ts';
import type { CheckResult } from './check-result.ts';
import { keepRecent, oldestCovered } from './interval.ts';
import { isConditional } from './request.ts';

/** A state whose next check is not decided yet. */
export type CheckedState = Omit<SourceState, 'nextCheckAt' | 'nextCheckWhy'>;

/** The state after `result`, without a next check. */
export function carryOver(previous: SourceState, result: CheckResult, now: Instant): CheckedState {
  const next = afterCheck(previous, result, now);
  const areLost = isConditional(previous.validators) && !isConditional(next.validators);
  return areLost ? { ...next, validatorsUntil: now } : next;
}

function afterCheck(previous: SourceState, result: CheckResult, now: Instant): CheckedState {
  switch (result.kind) {
    case 'updated':
      return afterUpdate(previous, result, now);
    case 'not-modified':
      return result.sameBytes === true
        ? afterSameBytes(previous, result.answer, now)
        : afterNotModified(previous, result.answer, now);
    case 'failed':
      return afterFailure(previous, result, now);
  }
}

function afterUpdate(previous: SourceState, result: CheckResult & { kind: 'updated' }, now: Instant): CheckedState {
  const { answer } = result;
  const isWhole = result.truncated !== true;
  const oldestEntry = oldestCovered(result.entryInstants, now);
  const { oldestEntry: _before, ...answered } = afterAnswer(previous, answer, now, 'updated');
  return {
    ...answered,
    ...(oldestEntry !== undefined && { oldestEntry }),
    ...(isWhole && { validators: answer.validators, validatorsFrom: answer.url, lastDocumentAt: now }),
    // Kept for an incomplete document, too: when the same bytes come again, the publisher writes it that way and it is
    // complete.
    bytesDigest: result.bytesDigest,
    ...(result.cadence !== undefined && { cadence: result.cadence }),
    freshness: answer.freshness,
    recentEntries: keepRecent(result.entryInstants, now),
    defects: result.defects,
  };
}

function afterSameBytes(previous: SourceState, answer: Answer, now: Instant): CheckedState {
  return {
    ...afterAnswer(previous, answer, now, 'not-modified'),
    validators: answer.validators,
    validatorsFrom: answer.url,
    freshness: answer.freshness,
    lastDocumentAt: now,
  };
}

function afterNotModified(previous: SourceState, answer: Answer, now: Instant): CheckedState {
  // A 304 from another URL than that of the validators is about another document: the next request asks for a whole one.
  const isTheirs = previous.validatorsFrom === undefined || previous.validatorsFrom === answer.url;
  return {
    ...afterAnswer(previous, answer, now, 'not-modified'),
    validators: isTheirs ? updateValidators(previous.validators, answer.validators) : {},
    freshness: updateFreshness(previous.freshness, answer.freshness),
  };
}

/**
 * The validators after a 304 (RFC 9111 section 4.3.4). An ETag of another version than the one we asked about is not taken:
 * with it we would never get the version in between.
 */
function updateValidators(stored: Validators, received: Validators): Validators {
  const etag = stored.etag === undefined || isSameEtag(stored.etag, received.etag) ? received.etag : undefined;
  return { ...stored, ...received, ...withEtag(etag ?? stored.etag) };
}

function withEtag(etag: string | undefined): Validators {
  return etag === undefined ? {} : { etag };
}

function isSameEtag(a: string, b: string | undefined): boolean {
  return b !== undefined && a.replace(/^W\//, '') === b.replace(/^W\//, '');
}

/** The changes after any answer, document or 304. */
function afterAnswer(
  previous: SourceState,
  answer: Answer,
  now: Instant,
  lastOutcome: 'updated' | 'not-modified',
): CheckedState {
  const { lastFailure: _healed, movedTo: _seen, nextCheckAt: _at, nextCheckWhy: _why, ...kept } = previous;
  return {
    ...kept,
    ...noteMove(previous, answer),
    ...(answer.conditional ? {} : { lastUnconditionalAt: now }),
    lastCheckedAt: now,
    lastOutcome,
    consecutiveFailures: 0,
    stopped: false,
  };
}

function afterFailure(previous: SourceState, result: CheckResult & { kind: 'failed' }, now: Instant): CheckedState {
  const { movedTo: _seen, nextCheckAt: _at, nextCheckWhy: _why, ...kept } = previous;
  return {
    ...kept,
    // Answers that a broken or overlong validator can cause: the next request has no validators.
    ...(isAboutTheRequest(result.failure) && { validators: {} }),
    ...(!result.conditional && isCopy(result.failure) && { lastUnconditionalAt: now }),
    lastCheckedAt: now,
    lastOutcome: 'failed',
    lastFailure: result.failure,
    consecutiveFailures: previous.consecutiveFailures + 1,
    stopped: result.failure.kind === 'gone',
  };
}

function isAboutTheRequest(failure: Failure): boolean {
  return failure.kind === 'http-status' && [400, 412, 431].includes(failure.status);
}

/** Failures after which a document had come, though a useless one. After a status, a time-out or a lost connection none had. */
const copies: readonly Failure['kind'][] = [
  'not-a-feed',
  'no-items',
  'html-instead-of-feed',
  'too-large',
  'no-article',
];

function isCopy({ kind }: Failure): boolean {
  return copies.includes(kind);
}

/**
 * The URL to store from now on, when this check was the second in a row that was redirected there for good and found a feed. One
 * permanent redirect is not believed: captive portals, expired domains and broken deployments say 301, too.
 */
export function adoptedUrl(previous: SourceState, result: CheckResult): HttpUrl | undefined {
  if (result.kind === 'failed') return undefined;
  const { permanentTo } = result.answer.redirects;
  return permanentTo !== undefined && permanentTo === previous.movedTo ? permanentTo : undefined;
}

/** Remembers a first permanent redirect. The second is adopted (`adoptedUrl`); any other answer forgets it. */
export function noteMove(previous: SourceState, answer: Answer): { readonly movedTo?: HttpUrl } {
  const { permanentTo } = answer.redirects;
  return permanentTo === undefined || permanentTo === previous.movedTo ? {} : { movedTo: permanentTo };
}

/**
 * Decides how long to wait after failures: five minutes, then twice as long each time. Jitter spreads the requests of many
 * readers.
 */
import { dayMs, describeDuration } from '../../domain/duration.ts';
import { describeFailure, type Failure } from '../../domain/failure.ts';
import type { Wish } from './decide.ts';

/** The first and the longest waits. Unit: milliseconds. */
export interface BackoffBounds {
  /** After the first failure. */
  readonly baseMs: number;
  /** For passing trouble (network, 5xx, 429): two thirds of a day, so that with jitter the source is asked daily. */
  readonly passingMs: number;
  /** For refusals (404, 403, a page instead of a feed): asked more seldom. */
  readonly refusedMs: number;
}

/** How long to wait after the n-th failure in a row; `jitter` (0 to 1) adds up to half. */
export function backoff(failure: Failure, failures: number, bounds: BackoffBounds, jitter: number): Wish {
  // A document over the size limit costs the site the whole limit in traffic at each try.
  const baseMs = failure.kind === 'too-large' ? Math.max(bounds.baseMs, dayMs) : bounds.baseMs;
  const capMs = Math.max(baseMs, isPassing(failure) ? bounds.passingMs : bounds.refusedMs);
  const doubledMs = Math.min(baseMs * 2 ** Math.min(Math.max(failures - 1, 0), 30), capMs);
  const waitMs = doubledMs * (1 + Math.min(Math.max(jitter, 0), 1) / 2);
  const count = failures === 1 ? 'a failure' : `${failures} failures in a row`;
  return {
    waitMs,
    why: `waiting ${describeDuration(waitMs)} after ${count}: ${describeFailure(failure).slice(0, 200)}`,
  };
}

function isPassing(failure: Failure): boolean {
  switch (failure.kind) {
    case 'network':
    case 'timeout':
    case 'unexpected':
    case 'empty-document':
      return true;
    case 'http-status':
      return failure.status >= 500 || failure.status === 429 || failure.status === 408 || failure.status < 300;
    case 'refused-address':
    case 'too-large':
    case 'too-many-redirects':
    case 'bad-redirect':
    case 'gone':
    case 'blocked':
    case 'html-instead-of-feed':
    case 'not-a-feed':
    case 'no-items':
    case 'no-article':
    case 'bad-seed':
      return false;
  }
}

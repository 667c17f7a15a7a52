/**
 * Defines the polling state of a source. Every check writes it, in the same transaction as the entries.
 */
import type { Defect, Validators } from './document.ts';
import type { Failure } from './failure.ts';
import type { Cadence } from './feed.ts';
import type { HttpUrl } from './http-url.ts';
import type { Instant } from './instant.ts';

/** How the last check ended. `never` before the first one. */
export type CheckOutcome = 'never' | 'updated' | 'not-modified' | 'failed';

/**
 * The response headers that say how long a document stays fresh, as received.
 *
 * @see RFC 9111 section 5.2 (Cache-Control), 5.3 (Expires), 5.1 (Age)
 */
export interface FreshnessHeaders {
  readonly cacheControl?: string;
  readonly expires?: string;
  readonly date?: string;
  readonly age?: string;
}

/** State of one polled source (or of one seed article's page). */
export interface SourceState {
  readonly lastCheckedAt?: Instant;
  readonly lastOutcome: CheckOutcome;
  readonly lastFailure?: Failure;
  readonly consecutiveFailures: number;
  readonly nextCheckAt: Instant;
  /** The reason for `nextCheckAt`, for people, e.g. `max-age=3600 from the server`. */
  readonly nextCheckWhy: string;
  readonly validators: Validators;
  /** The URL that sent `validators`, when a redirect led away from the source's own URL. */
  readonly validatorsFrom?: HttpUrl;
  /** When a request without validators last brought a full copy. */
  readonly lastUnconditionalAt?: Instant;
  /** When the source's validators were lost: for a day from then it is not asked twice without them. */
  readonly validatorsUntil?: Instant;
  /** When a whole document last came. Validators that answer "unchanged" for too long are not believed. */
  readonly lastDocumentAt?: Instant;
  /** Of the last document, updated by each 304 (RFC 9111 section 4.3.4). */
  readonly freshness?: FreshnessHeaders;
  /** When the last document said to come back. */
  readonly cadence?: Cadence;
  /** When the newest entries were published, newest first, at most ten. The polling interval is made from them. */
  readonly recentEntries?: readonly Instant[];
  /** The oldest entry of the last document, pinned ones aside: with the newest, it gives the time that the document covers. */
  readonly oldestEntry?: Instant;
  /** Digest of the last document's bytes: the same bytes are not read again. */
  readonly bytesDigest?: string;
  /** Of an article's page: digest of the text last read out of it. */
  readonly textDigest?: string;
  /** A permanent redirect that was seen once; it is adopted when it is seen again and leads to a feed. */
  readonly movedTo?: HttpUrl;
  /** Not asked any more: the server said 410, or the owner switched it off. */
  readonly stopped: boolean;
  readonly defects: readonly Defect[];
  /** How long the last answer took. Milliseconds. */
  readonly tookMs?: number;
  /** The last checks, of sources only; written and read by `check-history`. */
  readonly history?: string;
}

/** State of a source (or article page) that was never asked: due at once. */
export function toInitialState(now: Instant): SourceState {
  return {
    lastOutcome: 'never',
    consecutiveFailures: 0,
    nextCheckAt: now,
    nextCheckWhy: 'never asked yet',
    validators: {},
    stopped: false,
    defects: [],
  };
}

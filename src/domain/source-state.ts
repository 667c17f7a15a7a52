/**
 * What the poller knows about a source: written with every check, in the same transaction as the entries.
 */
import type { Defect } from './defect.ts';
import type { Failure } from './failure.ts';
import type { HttpUrl } from './http-url.ts';
import type { Instant } from './instant.ts';
import type { Validators } from './validators.ts';

/** How the last check ended. `never` before the first one. */
export type CheckOutcome = 'never' | 'updated' | 'not-modified' | 'failed';

/** State of one polled source (or of one seed article's page). */
export interface SourceState {
  readonly lastCheckedAt?: Instant;
  readonly lastOutcome: CheckOutcome;
  readonly lastFailure?: Failure;
  readonly consecutiveFailures: number;
  readonly nextCheckAt: Instant;
  /** For people: why then, e.g. `max-age=3600 from the server`. */
  readonly nextCheckWhy: string;
  readonly validators: Validators;
  /** Digest of the last document's bytes: the same bytes again are not read again. */
  readonly bytesDigest?: string;
  /** A permanent redirect seen once; adopted when seen again with a feed at its end. */
  readonly movedTo?: HttpUrl;
  /** 410, or switched off: not asked any more. */
  readonly stopped: boolean;
  readonly defects: readonly Defect[];
}

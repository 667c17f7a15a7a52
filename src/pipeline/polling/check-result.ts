/**
 * Defines the result of one check, as the polling rules need it. `refresh` makes it from the answer and the reading.
 */
import type { Defect } from '../../domain/document.ts';
import type { Failure } from '../../domain/failure.ts';
import type { Cadence } from '../../domain/feed.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Answer } from '../retrieval.ts';

/** The outcome of one check. */
export type CheckResult =
  | {
      readonly kind: 'updated';
      /** A `Retrieved` fits. */
      readonly answer: Answer;
      readonly bytesDigest: string;
      /** Absent for article pages. */
      readonly cadence?: Cadence;
      /** When the entries of the document were published, any order; the newest few are kept. */
      readonly entryInstants: readonly Instant[];
      readonly defects: readonly Defect[];
      /** The document ended early: its entries are kept, but not its validators, until the same bytes come again. */
      readonly truncated?: boolean;
    }
  | {
      readonly kind: 'not-modified';
      readonly answer: Answer;
      /** The server sent the same bytes again with 200 instead of 304. */
      readonly sameBytes?: boolean;
    }
  | {
      readonly kind: 'failed';
      readonly failure: Failure;
      /** Whether the request had validators. */
      readonly conditional: boolean;
    };

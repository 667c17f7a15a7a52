/**
 * What readers ask of the Archive about digests, and what it answers.
 */
import type { Instant } from '../domain/instant.ts';
import type { PeriodKind } from '../domain/period.ts';
import type { PeriodDigest } from '../domain/period-digest.ts';
import type { Cursor, Query } from '../query/language/query.ts';
import type { ArchiveTotals } from '../window/window.ts';

/** A view that is asked for as digests. */
export interface DigestQuestion {
  /** Names the view, the kind of period and the zone: its digests are kept under this name. */
  readonly name: string;
  readonly kind: PeriodKind;
  readonly zone: string;
  /** `limit` counts digests; `since` and `until` choose periods that they reach into. */
  readonly query: Query;
}

/** Digests of periods that are over, newest first. */
export interface DigestAnswer {
  readonly digests: readonly PeriodDigest[];
  /** When the current period will be over. */
  readonly endsAt: Instant;
  /** Where the next page goes on, when there is one. */
  readonly next?: Cursor;
  readonly totals: ArchiveTotals;
}

/**
 * Defines the Archive's question and answer about digests.
 */
import type { Instant } from '../domain/instant.ts';
import type { PeriodKind } from '../domain/period.ts';
import type { PeriodDigest } from '../domain/period-digest.ts';
import type { Cursor, Query } from '../query/language/query.ts';
import type { ArchiveTotals } from '../window/window.ts';

/** The digests of a view that a reader asks for. */
export interface DigestQuestion {
  /** Names the view, the kind of period and the zone: the Archive keeps the digests under this name. */
  readonly name: string;
  readonly kind: PeriodKind;
  readonly zone: string;
  /** `limit` counts digests; `since` and `until` choose the periods that they touch. */
  readonly query: Query;
}

/** Digests of periods that are over, newest first. */
export interface DigestAnswer {
  readonly digests: readonly PeriodDigest[];
  /** When the current period will be over. */
  readonly endsAt: Instant;
  /** Where the next page starts, when there is one. */
  readonly next?: Cursor;
  readonly totals: ArchiveTotals;
}

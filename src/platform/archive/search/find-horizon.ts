/**
 * How far back an answer may look in this archive, and the place that this is.
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Cursor, Query } from '../../../query/language/query.ts';
import { horizonSql, maxExamined } from '../../../query/sql/sql-horizon.ts';
import type { ArchiveState } from '../ground/state.ts';

/** Up to this many entries are counted one by one (0.1 us each); more are counted by the sample's milestones. */
const exactlyCounted = 2000;

/** How many entries one answer may look at; infinite when it may look at all. */
export function affordableEntries({ totals, searchSample }: ArchiveState, query: Query): number {
  const atLeast = maxExamined(query, totals.countOf);
  if (totals.entries() <= atLeast) return Number.POSITIVE_INFINITY;
  const { shareOf, foundBy } = searchSample();
  return maxExamined(query, totals.countOf, shareOf, foundBy(query));
}

/** The oldest place that an answer may look at when it may look at so many entries; `undefined` when these are all. */
export function findHorizon(
  { sql, searchSample }: ArchiveState,
  query: Query,
  now: Instant,
  entries: number,
): Cursor | undefined {
  if (entries > exactlyCounted) return searchSample().placeAfter(query, now, entries);
  const statement = horizonSql(query, now, entries);
  const row = sql.exec<{ sort_at: number; id: string }>(statement.sql, ...statement.params).toArray()[0];
  return row === undefined ? undefined : { sortAt: row.sort_at as Instant, id: row.id as EntryId };
}

/**
 * Finds the places of the entries that match a query, and where the search stopped.
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Cursor, Query } from '../../../query/language/query.ts';
import type { Walk } from '../../../query/sql/sql.ts';
import { horizonSql, maxLookedAt } from '../../../query/sql/sql-horizon.ts';
import { type EntryPlace, placesOf } from '../entries/read-entries.ts';
import type { ArchiveState } from '../ground/state.ts';
import { withUnindexed } from './unindexed-entries.ts';

/** The places of an answer. */
export interface FoundPlaces {
  /** At most the query's limit. */
  readonly places: readonly EntryPlace[];
  readonly more: boolean;
  /** Set when older entries were not looked at. */
  readonly horizon?: Cursor;
  /** The page before; absent on first pages, and in answers that end at a horizon. */
  readonly previous?: { readonly before?: Cursor };
}

/** Finds the entries of an answer. @param most entries that may be looked at */
export function findPlaces(archive: ArchiveState, query: Query, now: Instant, most: number = maxLookedAt): FoundPlaces {
  const found = findPublic(archive, query, now, most);
  return query.withPrivate === true || query.isOwn === true ? withUnindexed(archive, found, query, now) : found;
}

function findPublic(archive: ArchiveState, query: Query, now: Instant, most: number): FoundPlaces {
  const walk = boundedWalk(archive, query, now, most);
  const found = placesOf(archive.sql, walk);
  const isFull = found.length > query.limit;
  return {
    places: found.slice(0, query.limit),
    more: isFull || walk.oldest !== undefined,
    ...(isFull || walk.oldest === undefined ? {} : { horizon: walk.oldest }),
    ...(query.before === undefined || walk.oldest !== undefined ? {} : { previous: findPreviousPage(archive, walk) }),
  };
}

/** The walk of an answer, with the place where it must stop. */
export function boundedWalk(
  { sql, totals }: ArchiveState,
  query: Query,
  now: Instant,
  most: number = maxLookedAt,
): Walk {
  const walk: Walk = { query, now, order: 'DESC', countOf: totals.countOf, findMembers: totals.findMembers };
  const statement = horizonSql(walk, most);
  if (statement === undefined) return walk;
  const row = sql.exec<{ sort_at: number; id: string }>(statement.sql, ...statement.params).toArray()[0];
  return row === undefined ? walk : { ...walk, oldest: toCursor(row) };
}

/** The page before the one that begins at `query.before`. Without `before` in it, that page is the first one. */
function findPreviousPage({ sql }: ArchiveState, walk: Walk): { readonly before?: Cursor } {
  const start = placesOf(sql, { ...walk, order: 'ASC' })[walk.query.limit];
  return start === undefined ? {} : { before: toCursor(start) };
}

function toCursor({ sort_at: sortAt, id }: { readonly sort_at: number; readonly id: string }): Cursor {
  return { sortAt: sortAt as Instant, id: id as EntryId };
}

/**
 * Finds the entries of a digest: those whose date is in the period, and those that came late in it.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { Period } from '../../../domain/period.ts';
import type { Query } from '../../../query/language/query.ts';
import type { Walk } from '../../../query/sql/sql.ts';
import { lateSql, mostLookedAt } from '../../../query/sql/sql-late.ts';
import type { ArchiveState } from '../ground/state.ts';
import { findPlaces } from './find-places.ts';
import { latePrivatePlaces } from './unindexed-entries.ts';

/** An entry of a period. */
export interface Member {
  readonly rowid: number;
  /** The moment it is filed under: its date, or when it came. */
  readonly filedAt: Instant;
}

/** The newest instant before `upper` that has an entry of the query, as far as the search looked (`horizon`). */
export function newestOf(
  archive: ArchiveState,
  query: Query,
  upper: Instant,
  now: Instant,
): { readonly at?: Instant; readonly horizon?: Instant } {
  const { places, horizon } = findPlaces(archive, onTime(query, upper, 1), now);
  const late = findLate(archive, query, Number.MIN_SAFE_INTEGER, upper, 1, now)[0];
  const found = [...places.map(({ sort_at: at }) => at), ...(late === undefined ? [] : [late.filedAt])];
  return {
    ...(found.length === 0 ? {} : { at: Math.max(...found) as Instant }),
    ...(horizon === undefined ? {} : { horizon: horizon.sortAt }),
  };
}

/** The entries of a period, newest first, at most `limit`. */
export function membersOf(
  archive: ArchiveState,
  query: Query,
  { start, end }: Period,
  limit: number,
  now: Instant,
): { readonly members: readonly Member[]; readonly isMore: boolean } {
  const since = { kind: 'instant', at: start } as const;
  const { places, more } = findPlaces(archive, { ...onTime(query, end, limit), since }, now);
  const late = findLate(archive, query, start, end, limit, now);
  const members = [...places.map(({ rowid, sort_at: at }) => ({ rowid, filedAt: at as Instant })), ...late];
  members.sort((a, b) => b.filedAt - a.filedAt);
  return {
    members: members.slice(0, limit),
    isMore: more || members.length > limit || isCut(archive, query, start, end),
  };
}

/** Whether more entries came late than were looked at. */
function isCut({ sql }: ArchiveState, query: Query, from: Instant, to: Instant): boolean {
  const most = mostLookedAt(query);
  const { came } = sql
    .exec<{ came: number }>(
      'SELECT count(*) AS came FROM (SELECT 1 FROM late_entry WHERE late_at >= ? AND late_at < ? LIMIT ?)',
      from,
      to,
      most + 1,
    )
    .one();
  return came > most;
}

function onTime(query: Query, before: Instant, limit: number): Query {
  return { ...query, until: { kind: 'instant', at: (before - 1) as Instant }, limit, isOnTime: true };
}

function findLate(
  archive: ArchiveState,
  query: Query,
  from: number,
  to: Instant,
  limit: number,
  now: Instant,
): readonly Member[] {
  const walk: Walk = { query, now, order: 'DESC', findMembers: archive.totals.findMembers };
  const { sql, params } = lateSql(walk, from, to, limit);
  const rows = archive.sql.exec<{ rowid: number; late_at: number }>(sql, ...params).toArray();
  const found = rows.map(({ rowid, late_at: at }) => ({ rowid, filedAt: at as Instant }));
  if (query.withPrivate !== true) return found;
  return [...found, ...latePrivatePlaces(archive, query, from, to, limit, now)].sort((a, b) => b.filedAt - a.filedAt);
}

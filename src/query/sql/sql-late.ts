/**
 * Finds the entries that came late, which digests list under the day they came (ADR 18).
 *
 * Table `late_entry` (late_at, id) has them; most archives have few.
 */
import type { Query } from '../language/query.ts';
import { planWalk, rowidRange, type Walk, whereSql } from './sql.ts';
import { createBinder, type SqlQuery } from './sql-binder.ts';
import { facetSql, textSql } from './sql-conditions.ts';
import { lookedSql } from './text-places.ts';

/** How many late entries one statement looks at, newest first: 2 us each, or 0.1 ms each for a text query. */
export function mostLookedAt({ text }: Pick<Query, 'text'>): number {
  return text === undefined ? 20_000 : 2000;
}

/**
 * The statement that finds which late entries of the period from `from` to before `to` a query selects: rows (rowid,
 * late_at), the latest first. The query's own bounds of time and page do not apply: they are about dates.
 */
export function lateSql(walk: Walk, from: number, to: number, limit: number): SqlQuery {
  const { since: _, until: __, before: ___, ...query } = walk.query;
  const { text = { some: [], none: [] }, groups, looked } = planWalk({ ...walk, query });
  const binder = createBinder();
  const [lowest, highest] = rowidRange({ ...walk, query });
  const range = [binder.bind(lowest), binder.bind(highest)] as const;
  const came = `(SELECT late_at, id FROM late_entry WHERE late_at >= ${binder.bind(from)} AND late_at < ${binder.bind(to)}
      ORDER BY late_at DESC LIMIT ${mostLookedAt(query)})`;
  const conditions = [
    'e.retired_at IS NULL',
    ...groups.map((group) => facetSql(group, binder)),
    ...text.some.map((matches) => textSql(matches, binder)),
    ...text.none.map((match) => `NOT ${textSql([match], binder)}`),
    ...looked.map((group) => lookedSql(group, range, walk.findMembers, binder)),
  ];
  return binder.finish(`SELECT e.rowid AS rowid, l.late_at AS late_at FROM ${came} l CROSS JOIN entry e ON e.id = l.id
    ${whereSql(conditions)} ORDER BY l.late_at DESC, l.id DESC LIMIT ${binder.bind(limit)}`);
}

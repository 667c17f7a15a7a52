/**
 * Bounds how many entries one answer looks at, so that no query costs more than a few hundredths of a second of CPU.
 *
 * Ordinary queries never reach the bound. In a large archive, a phrase of common words that few entries hold may reach it,
 * and so may a combination of frequent tags and languages: then the answer ends at the horizon, says so
 * (`Tributary-Horizon`), and its next page goes on from there.
 */

import { lowestId, spanStartAtSql } from './entry-rowid.ts';
import { drivingSql, planWalk, rowidRange, type Walk, whereSql } from './sql.ts';
import { createBinder, type SqlQuery } from './sql-binder.ts';
import { placeSql } from './sql-conditions.ts';
import type { TextMatches } from './text-match.ts';

/** Entries of a list that one answer looks at, at 2 us each. */
export const maxLookedAt = 20_000;

/** Candidates of a text for each ten entries: FTS5 compares the positions of their trigrams, at 2 to 5 us each. */
const candidatesForTen = 4;

/**
 * The statement that finds the last place to look at: one row (sort_at, id), or none when there are at most `most` entries.
 * For text it is the start of a span of row ids, since candidates come in the order of spans. `undefined` when the query
 * already implies few entries, or a full page before any entry is skipped.
 */
export function horizonSql(walk: Walk, most: number): SqlQuery | undefined {
  const { driving, text, groups, looked } = planWalk(walk);
  if (driving !== undefined && driving.count <= most) return undefined;
  const isOneList =
    groups.length <= (driving === undefined ? 0 : 1) && looked.length === 0 && (text === undefined || isExact(text));
  if (isOneList) return undefined;
  const binder = createBinder();
  const endAfter = (entries: number): string => `LIMIT 1 OFFSET ${binder.bind(Math.max(0, entries - 1))}`;
  const candidates = driving === undefined && text !== undefined ? candidateRowids(walk, text, binder) : undefined;
  if (candidates !== undefined) {
    return binder.finish(`SELECT ${spanStartAtSql('rowid')} AS sort_at, '${lowestId}' AS id
      FROM (${candidates} ORDER BY rowid DESC ${endAfter(Math.ceil((most * candidatesForTen) / 10))})`);
  }
  const { from, alias, where } = drivingSql(driving, binder);
  const conditions = [...where, ...placeSql(walk, alias, binder)];
  return binder.finish(`SELECT e.sort_at AS sort_at, e.id AS id FROM ${from} ${whereSql(conditions)}
    ORDER BY ${alias}.sort_at DESC, ${alias}.id DESC ${endAfter(most)}`);
}

/** Whether one index holds exactly the matches. */
function isExact({ some, none }: TextMatches): boolean {
  const [only, ...more] = some.flat();
  return only !== undefined && only.expression === only.candidates && more.length === 0 && none.length === 0;
}

/** Row ids of entries that contain the trigrams of the wanted terms; `undefined` when no term is wanted. */
function candidateRowids(
  walk: Walk,
  { some }: TextMatches,
  binder: ReturnType<typeof createBinder>,
): string | undefined {
  // Like the walk of the matches: one union fits, at the start, and single expressions are intersected with it.
  const [first, ...more] = some;
  if (first === undefined) return undefined;
  const [bottom, top] = rowidRange(walk);
  const range = `rowid >= ${binder.bind(bottom)} AND rowid <= ${binder.bind(top)}`;
  const arms = [
    ...first.map((match) => ({ match, operator: 'UNION' })),
    ...more
      .filter((group) => group.length === 1)
      .flatMap(([match]) => (match ? [{ match, operator: 'INTERSECT' }] : [])),
  ];
  return arms
    .map(({ match: { table, candidates }, operator }, at) => {
      const select = `SELECT rowid FROM ${table} WHERE ${table} MATCH ${binder.bind(candidates)} AND ${range}`;
      return `${at === 0 ? '' : operator} ${select}`;
    })
    .join('\n    ');
}

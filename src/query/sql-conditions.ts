/**
 * The parts of an answer's WHERE: bounds of time and page, facets, and text, each about one entry `e`.
 */
import type { Instant } from '../domain/instant.ts';
import { boundAt, type Cursor, type Group, type Query } from './query.ts';
import type { Binder } from './sql-binder.ts';
import type { Facet, FacetGroup } from './sql-plan.ts';
import type { TextMatch } from './text-match.ts';

/** Tables with a row per entry and member, by facet. Sources are a column of `entry` itself. */
export const facetTables: Readonly<Record<Exclude<Facet, 'source'>, string>> = {
  author: 'entry_author',
  tag: 'entry_tag',
  language: 'entry_language',
};

/** Which part of the order of views is asked for. */
export interface Bounds {
  readonly query: Pick<Query, 'since' | 'until' | 'before'>;
  readonly now: Instant;
  /** `DESC`: what comes after `query.before`; `ASC`: that place itself and what comes before it. */
  readonly order: 'ASC' | 'DESC';
  /** The last place examined. */
  readonly oldest?: Cursor;
}

/** Conditions on the place in the order, `alias` having `sort_at` and `id`. */
export function placeSql({ query, now, order, oldest }: Bounds, alias: string, binder: Binder): string[] {
  const { since, until, before } = query;
  const place = (cursor: Cursor): string => `(${binder.bind(cursor.sortAt)}, ${binder.bind(cursor.id)})`;
  const isInside = order === 'DESC' ? '<' : '>=';
  return [
    ...(since === undefined ? [] : [`${alias}.sort_at >= ${binder.bind(boundAt(since, now))}`]),
    ...(until === undefined ? [] : [`${alias}.sort_at <= ${binder.bind(boundAt(until, now))}`]),
    ...(before === undefined ? [] : [`(${alias}.sort_at, ${alias}.id) ${isInside} ${place(before)}`]),
    ...(oldest === undefined ? [] : [`(${alias}.sort_at, ${alias}.id) >= ${place(oldest)}`]),
  ];
}

/** Whether `e` satisfies a group, looked up in the facet's own index. */
export function facetSql({ facet, group }: FacetGroup, binder: Binder): string {
  const not = 'anyOf' in group ? '' : 'NOT ';
  const members = membersSql(group, binder);
  if (facet === 'source') return `e.source_id ${not}IN ${members}`;
  // A scalar subquery, not EXISTS: SQLite would turn that into a join and may build an index of the whole table for it.
  return `(SELECT 1 FROM ${facetTables[facet]} f
    WHERE f.${facet} IN ${members} AND f.sort_at = e.sort_at AND f.id = e.id LIMIT 1) IS ${not === '' ? 'NOT NULL' : 'NULL'}`;
}

/** A subquery for the row ids of all entries that have a member of the group. */
export function facetRowidsSql({ facet, group }: FacetGroup, binder: Binder): string {
  const members = membersSql(group, binder);
  return facet === 'source'
    ? `(SELECT rowid AS entry_rowid FROM entry WHERE source_id IN ${members} AND retired_at IS NULL)`
    : `(SELECT DISTINCT entry_rowid FROM ${facetTables[facet]} WHERE ${facet} IN ${members})`;
}

function membersSql(group: Group, binder: Binder): string {
  const members = 'anyOf' in group ? group.anyOf : group.noneOf;
  return `(SELECT value FROM json_each(${binder.bind(JSON.stringify(members))}))`;
}

/** Whether `e` is in some of the matches, looked up for this one entry (0.1 ms): for few entries only. */
export function textSql(matches: readonly TextMatch[], binder: Binder): string {
  const found = matches.map(
    ({ table, expression }) =>
      `(SELECT 1 FROM ${table} WHERE ${table} MATCH ${binder.bind(expression)} AND rowid = e.rowid) IS NOT NULL`,
  );
  return `(${found.join(' OR ')})`;
}

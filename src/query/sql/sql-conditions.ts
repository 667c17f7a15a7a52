/**
 * Writes the conditions of an answer's WHERE: bounds of time and page, facets, and text, each about one entry `e`.
 */
import type { Instant } from '../../domain/instant.ts';
import { membersOf } from '../language/groups.ts';
import { boundAt, type Cursor, type Group, type Query } from '../language/query.ts';
import type { Binder } from './sql-binder.ts';
import { type FacetGroup, facetIndexes } from './sql-plan.ts';
import { type TextMatch, withStops } from './text-match.ts';

/** Whether `e` did not come late (`sql-late.ts`). */
export const onTimeSql = 'NOT EXISTS (SELECT 1 FROM late_entry l WHERE l.id = e.id)';

/** The part of the order of views that a walk covers. */
export interface Bounds {
  readonly query: Pick<Query, 'since' | 'until' | 'before'>;
  readonly now: Instant;
  /** `DESC`: what comes after `query.before`; `ASC`: that place itself and what comes before it. */
  readonly order: 'ASC' | 'DESC';
  /** The last place examined. */
  readonly oldest?: Cursor;
}

/**
 * Conditions on the place in the order; `alias` has `sort_at` and `id`. There is at most one for each side, the narrower one:
 * of two, SQLite may begin its walk at the wider one.
 */
export function placeSql({ query, now, order, oldest }: Bounds, alias: string, binder: Binder): string[] {
  const since = query.since === undefined ? undefined : boundAt(query.since, now);
  const until = query.until === undefined ? undefined : boundAt(query.until, now);
  const lowest = order === 'DESC' ? oldest : query.before;
  const highest = order === 'DESC' ? query.before : undefined;
  const compare = (operator: string, bound: number | Cursor): string =>
    typeof bound === 'number'
      ? `${alias}.sort_at ${operator} ${binder.bind(bound)}`
      : `(${alias}.sort_at, ${alias}.id) ${operator} (${binder.bind(bound.sortAt)}, ${binder.bind(bound.id)})`;
  const low = lowest === undefined || (since !== undefined && since > lowest.sortAt) ? since : lowest;
  const high = highest === undefined || (until !== undefined && until < highest.sortAt) ? until : highest;
  return [
    ...(low === undefined ? [] : [compare('>=', low)]),
    ...(high === undefined ? [] : [compare(high === until ? '<=' : '<', high)]),
  ];
}

/** Excludes what only the source itself shows, unless the query asks for the source's own entries. */
export function ownSql({ isOwn }: Query): string[] {
  return isOwn === true ? ['e.id NOT IN (SELECT shown_as FROM duplicate)'] : [];
}

/** A group with more members than this gathers its entries once: a lookup of each member for each entry costs more. */
const fewToLookUp = 16;

/** Whether `e` satisfies a group, looked up in the facet's own index. */
export function facetSql(facetGroup: FacetGroup, binder: Binder): string {
  const { facet, group } = facetGroup;
  const not = 'anyOf' in group ? '' : 'NOT ';
  const { table, column } = facetIndexes[facet];
  if (facet === 'sources' && not !== '') return notOnlyFromSql(membersSql(group, binder));
  if (membersOf(group).length > fewToLookUp) return `+e.rowid ${not}IN ${facetRowidsSql(facetGroup, binder)}`;
  const members = membersSql(group, binder);
  // A scalar subquery instead of EXISTS: SQLite would turn EXISTS into a join and may build an index of the whole table for
  // it.
  return `(SELECT 1 FROM ${table} f
    WHERE f.${column} IN ${members} AND f.sort_at = e.sort_at AND f.id = e.id LIMIT 1) IS ${not === '' ? 'NOT NULL' : 'NULL'}`;
}

/** A subquery for the row ids of all entries that have a member of the group. */
export function facetRowidsSql({ facet, group }: FacetGroup, binder: Binder): string {
  const members = membersSql(group, binder);
  const { table, column } = facetIndexes[facet];
  return `(SELECT DISTINCT entry_rowid FROM ${table} WHERE ${column} IN ${members})`;
}

/** Whether a source other than these brings `e`: `e` has more sources than the group names. */
function notOnlyFromSql(members: string): string {
  return `(SELECT COUNT(*) FROM entry_source f WHERE f.source IN ${members} AND f.sort_at = e.sort_at AND f.id = e.id)
    < MAX(1, (SELECT COUNT(*) FROM duplicate WHERE shown_as = e.id AND is_shown = 1))`;
}

function membersSql(group: Group, binder: Binder): string {
  const members = membersOf(group);
  return `(SELECT value FROM json_each(${binder.bind(JSON.stringify(members))}))`;
}

/**
 * Whether `e` matches the text, looked up for this one entry (0.1 ms): use it for few entries only. The stop row of the
 * entry's span bounds each lookup: without it FTS5 would go on to all other entries when this one does not match.
 */
export function textSql(matches: readonly TextMatch[], binder: Binder): string {
  const found = matches.map((match) => {
    const expression = binder.bind(withStops(match));
    return `(SELECT 1 FROM ${match.table} WHERE ${match.table} MATCH ${expression} AND rowid = e.rowid) IS NOT NULL`;
  });
  return `(${found.join(' OR ')})`;
}

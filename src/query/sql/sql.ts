/**
 * Writes a query as one SQL statement over the Archive's tables: newest first, from the most selective index, page by keyset.
 *
 * The tables (the last three are made by `search-tables.ts`; none but `entry` has rows of retired entries):
 *   entry (rowid INTEGER PRIMARY KEY as in `entry-rowid.ts`, id TEXT UNIQUE, sort_at, retired_at, ...)
 *   entry_by_order on (sort_at DESC, id DESC): WHERE retired_at IS NULL
 *   duplicate (entry_id, shown_as, is_shown, ...): entries that are shown together, at the place of `shown_as`
 *   entry_source (source, sort_at, id, entry_rowid), entry_tag (tag, ...), PRIMARY KEY (source, sort_at DESC, id DESC)
 *   entry_author, entry_language (language, ...) alike; entry_text and entry_gram: FTS5, rowid = entry.rowid
 */
import { boundAt, type Group, type Query, type TextTerm } from '../language/query.ts';
import { firstRowid, lastRowid, lowestId, spanEndSql, spanStartSql } from './entry-rowid.ts';
import { type Binder, createBinder, type SqlQuery } from './sql-binder.ts';
import { type Bounds, facetRowidsSql, facetSql, onTimeSql, ownSql, placeSql, textSql } from './sql-conditions.ts';
import {
  type CountOf,
  drivingGroup,
  type FacetGroup,
  type FindMembers,
  facetGroups,
  facetIndexes,
} from './sql-plan.ts';
import { type TextMatch, type TextMatches, toTextMatches, withStops } from './text-match.ts';
import { divideText, lookedSql } from './text-places.ts';

/** Up to this many entries of a group are gathered into a set, which costs less than a lookup for each text match. */
const fewToGather = 5000;

const columns = 'e.rowid AS rowid, e.id AS id, e.sort_at AS sort_at';

/** A query and the direction of its walk: `DESC` from `before` to older entries, `ASC` from there to newer ones. */
export interface Walk extends Bounds {
  readonly query: Query;
  /** How many entries a tag, source, author or language has: gives better plans. */
  readonly countOf?: CountOf;
  /** The authors and tags that contain a term; needed for `author:` and `category:` terms. */
  readonly findMembers?: FindMembers;
}

/**
 * The statement that answers a query: rows (rowid, id, sort_at) in the order of the walk, and one row more when there is a
 * next page.
 *
 * In an `ASC` walk that extra row is where the page before begins; without it that page is the first.
 */
export function toSql(walk: Walk): SqlQuery {
  const { driving, text, groups, looked } = planWalk(walk);
  return driving === undefined && text !== undefined
    ? fromText(walk, text, groups, looked)
    : fromFacet(walk, driving, text, groups, looked);
}

/** The parts of a walk. */
interface WalkPlan {
  readonly driving: FacetGroup | undefined;
  readonly text: TextMatches | undefined;
  readonly groups: readonly FacetGroup[];
  /** Groups that are tested on each entry. */
  readonly looked: readonly Group<TextTerm>[];
}

/** Decides which index a walk follows. */
export function planWalk({ query, countOf = () => undefined, findMembers }: Walk): WalkPlan {
  const { words, facets, looked } = divideText(query.text, findMembers);
  const groups = facetGroups(query, countOf, facets);
  return {
    driving: drivingGroup(groups, words !== undefined),
    text: words === undefined ? undefined : toTextMatches(words),
    groups,
    looked,
  };
}

/** Walks the index of one group, or all entries in order. */
function fromFacet(
  walk: Walk,
  driving: FacetGroup | undefined,
  text: TextMatches | undefined,
  groups: readonly FacetGroup[],
  looked: readonly Group<TextTerm>[],
): SqlQuery {
  const { query, order } = walk;
  const binder = createBinder();
  const { from, alias, where } = drivingSql(driving, binder);
  const conditions = [
    ...where,
    ...(query.isOnTime === true ? [onTimeSql] : []),
    ...placeSql(walk, alias, binder),
    ...ownSql(query),
    ...groups.filter((group) => group !== driving).map((group) => facetSql(group, binder)),
    ...(text?.some ?? []).map((matches) => textSql(matches, binder)),
    ...(text?.none ?? []).map((match) => `NOT ${textSql([match], binder)}`),
    ...lookedConditions(looked, walk, binder),
  ];
  return binder.finish(`SELECT ${columns} FROM ${from} ${whereSql(conditions)}
    ORDER BY ${alias}.sort_at ${order}, ${alias}.id ${order} LIMIT ${binder.bind(query.limit + 1)}`);
}

/** A WHERE of all these conditions. */
export function whereSql(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.join('\n  AND ')}`;
}

/** Tested only on entries found through `entry` itself: the column lies behind the text, a page or two further on the disk. */
const isVisible = 'e.retired_at IS NULL';

interface Driving {
  readonly from: string;
  /** The table whose order is walked. */
  readonly alias: 'd' | 'e';
  readonly where: readonly string[];
}

/** The list that a walk follows: the entries of one group, or all entries. */
export function drivingSql(driving: FacetGroup | undefined, binder: Binder): Driving {
  if (driving === undefined) return { from: 'entry e INDEXED BY entry_by_order', alias: 'e', where: [isVisible] };
  const { facet, group } = driving;
  const [first, ...more] = 'anyOf' in group ? group.anyOf : [];
  if (first === undefined || more.length > 0) {
    return {
      from: `${facetRowidsSql(driving, binder)} d CROSS JOIN entry e ON e.rowid = d.entry_rowid`,
      alias: 'e',
      where: [],
    };
  }
  const { table, column } = facetIndexes[facet];
  const from = `${table} d CROSS JOIN entry e ON e.rowid = d.entry_rowid`;
  return { from, alias: 'd', where: [`d.${column} = ${binder.bind(first)}`] };
}

/**
 * Walks the text's matches by row id, which follows the order of views span by span: first one page of matches, then the rest
 * of the span in which the page ended, then sorts inside spans.
 */
function fromText(
  walk: Walk,
  text: TextMatches,
  groups: readonly FacetGroup[],
  looked: readonly Group<TextTerm>[],
): SqlQuery {
  const { query, order } = walk;
  const binder = createBinder();
  const limit = binder.bind(query.limit + 1);
  const [bottom, top] = rowidRange(walk);
  const [low, high] = [binder.bind(bottom), binder.bind(top)];
  const matched = matchedRowids(text, walk.oldest !== undefined, binder);
  const conditions = [
    ...groups.filter(isGathered).map((group) => `+w.rowid IN ${facetRowidsSql(group, binder)}`),
    ...(query.isOnTime === true ? [onTimeSql] : []),
    ...placeSql(walk, 'e', binder),
    ...ownSql(query),
    ...groups.filter((group) => !isGathered(group)).map((group) => facetSql(group, binder)),
    ...matched.others.map((matches) => textSql(matches, binder)),
    ...lookedConditions(looked, walk, binder),
  ];
  const walked = (from: string, to: string): string => `SELECT ${columns}
    FROM (${matched.walk(from, to)} ORDER BY rowid ${order} LIMIT -1) w CROSS JOIN entry e ON e.rowid = w.rowid
    ${whereSql(conditions)} ORDER BY w.rowid ${order}`;
  const [last, from, to] =
    order === 'DESC'
      ? ['min(rowid)', `max(${low}, edge.first)`, 'edge.last - 1']
      : ['max(rowid)', 'edge.last + 1', `min(${high}, edge.end)`];
  // The rest is read once for each row of `edge`: without a full page there is none, and no index is opened.
  return binder.finish(
    `SELECT rowid, id, sort_at FROM page
    UNION ALL SELECT e.rowid, e.id, e.sort_at FROM edge
      CROSS JOIN json_each((SELECT json_group_array(rowid) FROM (${walked(from, to)}))) rest
      CROSS JOIN entry e ON e.rowid = rest.value
    ORDER BY sort_at ${order}, id ${order} LIMIT ${limit}`,
    [
      `page AS MATERIALIZED (${walked(low, high)} LIMIT ${limit})`,
      `edge AS MATERIALIZED (SELECT last, ${spanStartSql('last')} AS first, ${spanEndSql('last')} AS end
        FROM (SELECT ${last} AS last, count(*) AS found FROM page) WHERE found = ${limit})`,
    ],
  );
}

/**
 * The row ids of a text's matches in a range, as one compound that SQLite merges lazily: it walks each index in order and
 * never further than the page needs. A compound has no parentheses, so only one union fits, at its start; `others` are the
 * rest.
 *
 * @param stops whether the walk must stop at its last place although it finds nothing (see `text-match.ts`)
 */
function matchedRowids(
  text: TextMatches,
  stops: boolean,
  binder: Binder,
): { readonly walk: (from: string, to: string) => string; readonly others: readonly (readonly TextMatch[])[] } {
  const [first = [], ...more] = text.some;
  const some = [first, ...more.filter((group) => group.length === 1)];
  const matches = (match: TextMatch) => {
    const bound = binder.bind(stops ? withStops(match) : match.expression);
    return (range: string): string =>
      `SELECT rowid FROM ${match.table} WHERE ${match.table} MATCH ${bound} AND ${range}`;
  };
  const arms = [
    ...some.flatMap((group, at) =>
      group.map((match) => ({ operator: at === 0 ? 'UNION' : 'INTERSECT', select: matches(match) })),
    ),
    ...text.none.map((match) => ({ operator: 'EXCEPT', select: matches(match) })),
  ];
  const all = first.length > 0 ? arms : [{ operator: 'UNION', select: everyEntry }, ...arms];
  return {
    walk: (from, to) =>
      all
        .map(
          ({ operator, select }, at) => `${at === 0 ? '' : operator} ${select(`rowid >= ${from} AND rowid <= ${to}`)}`,
        )
        .join('\n    '),
    others: more.filter((group) => group.length > 1),
  };
}

function everyEntry(range: string): string {
  return `SELECT rowid FROM entry WHERE retired_at IS NULL AND ${range}`;
}

function lookedConditions(looked: readonly Group<TextTerm>[], walk: Walk, binder: Binder): string[] {
  if (looked.length === 0) return [];
  const [bottom, top] = rowidRange(walk);
  const range = [binder.bind(bottom), binder.bind(top)] as const;
  return looked.map((group) => lookedSql(group, range, walk.findMembers, binder));
}

function isGathered({ group, count }: FacetGroup): boolean {
  return 'anyOf' in group && count <= fewToGather;
}

/** The range of row ids that can hold an answer, so that page 500 starts its walk where page 499 ended. */
export function rowidRange({ query, now, order, oldest }: Walk): readonly [number, number] {
  const { since, until, before } = query;
  const newest = order === 'DESC' ? before : undefined;
  // Nothing of the instant itself comes after its lowest id: a walk that goes on from the start of a span leaves it.
  const beforeAt = newest === undefined ? latestMs : newest.sortAt - (newest.id === lowestId ? 1 : 0);
  const newestAt = Math.min(beforeAt, until === undefined ? latestMs : boundAt(until, now), latestMs);
  const last = order === 'DESC' ? oldest?.sortAt : before?.sortAt;
  const oldestAt = Math.max(last ?? earliestMs, since === undefined ? earliestMs : boundAt(since, now), earliestMs);
  return [firstRowid(oldestAt), lastRowid(newestAt)];
}

/** The first and last instants there are. */
const earliestMs = Date.UTC(1000, 0, 1);
const latestMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

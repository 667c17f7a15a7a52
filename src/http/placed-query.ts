/**
 * Reads the parameters of a request at a place. A chunk of its own: most readers poll addresses without parameters.
 */
import type { Instant } from '../domain/instant.ts';
import { fail } from '../domain/result.ts';
import { narrowQuery } from '../query/language/narrow.ts';
import { parseQuery } from '../query/language/parse-query.ts';
import type { Query, QueryProblem } from '../query/language/query.ts';
import { type ViewPlace, withinPath } from '../window/view-address.ts';
import { toProblemResponse } from './problem.ts';

const loneZone: QueryProblem = {
  parameter: 'zone',
  detail: 'It applies to digests only: give digest=day or digest=week, too.',
};

/** Reads the parameters of a request at a place, with every problem, also those of both together. */
export function parsePlaced(place: ViewPlace, params: URLSearchParams, now: Instant): ReturnType<typeof parseQuery> {
  const query = parseQuery(params, place.kind === 'view' ? ['key'] : []);
  if (!query.ok) return query;
  const narrowed = place.kind === 'view' ? narrowQuery(place.query, query.value, now) : query;
  if (!narrowed.ok) return narrowed;
  return narrowed.value.zone !== undefined && narrowed.value.digest === undefined ? fail([loneZone]) : query;
}

/** The query narrowed to the place; `now` compares the request's bounds of time with those of a saved view. */
export function placedQuery(place: ViewPlace, query: Query, now: Instant = 0 as Instant): Query {
  if (place.kind !== 'view') return withinPath(place, query);
  const narrowed = narrowQuery(place.query, query, now);
  // Refused earlier (`parsePlaced`): nothing may select more than the view.
  const asked = narrowed.ok ? narrowed.value : { ...place.query, tags: [{ anyOf: [] }] };
  return place.isPrivate ? { ...asked, withPrivate: true } : asked;
}

/** Every problem of a query, for the person who wrote it. */
export function toQueryProblem(problems: readonly QueryProblem[]): Response {
  return toProblemResponse({
    status: 400,
    title: 'The query cannot be understood',
    detail: problems.map(({ parameter, detail }) => `${parameter}: ${detail}`).join(' '),
    problems,
  });
}

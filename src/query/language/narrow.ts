/**
 * Joins two queries: a saved view, and the parameters of a request that narrow it.
 *
 * All conditions of both are joined by *and*. The limit, the content and the page are the request's where the request has
 * them.
 */
import type { Instant } from '../../domain/instant.ts';
import { ok, type Result } from '../../domain/result.ts';
import { canonicalQuery } from './canonical.ts';
import { byFacet } from './facets.ts';
import { parseQuery } from './parse-query.ts';
import { boundAt, everything, isEverything, type Query, type QueryProblem, type TimeBound } from './query.ts';

/** Joins two queries at `now`; fails when both together exceed the limits of one query (query-limits.ts). */
export function narrowQuery(outer: Query, inner: Query, now: Instant): Result<Query, readonly QueryProblem[]> {
  if (isEverything(inner) && inner.zone === undefined) return ok(outer);
  const since = later(outer.since, inner.since, now, 1);
  const until = later(outer.until, inner.until, now, -1);
  const digest = inner.digest ?? outer.digest;
  const zone = inner.zone ?? outer.zone;
  const singles: Query = {
    ...everything,
    limit: inner.limit === everything.limit ? outer.limit : inner.limit,
    content: inner.content === everything.content ? outer.content : inner.content,
    titles: inner.titles === everything.titles ? outer.titles : inner.titles,
    ...(digest === undefined ? {} : { digest }),
    ...(zone === undefined ? {} : { zone }),
    ...(inner.before === undefined ? {} : { before: inner.before }),
  };
  const joined = parseQuery(
    new URLSearchParams([spellGroups(outer), spellGroups(inner), canonicalQuery(singles)].join('&')),
  );
  if (!joined.ok) return joined;
  // Set after parsing: two bounds that exclude each other select nothing, and that is a valid answer here.
  return ok({ ...joined.value, ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) });
}

function spellGroups(query: Query): string {
  const { text } = query;
  return canonicalQuery({
    ...everything,
    ...byFacet((facet) => query[facet]),
    ...(text === undefined ? {} : { text }),
  });
}

/** The stricter bound: `sign` 1 takes the later one, -1 the earlier one. */
function later(a: TimeBound | undefined, b: TimeBound | undefined, now: Instant, sign: 1 | -1): TimeBound | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return (boundAt(a, now) - boundAt(b, now)) * sign >= 0 ? a : b;
}

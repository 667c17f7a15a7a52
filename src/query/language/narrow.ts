/**
 * Joins two queries: what a saved view selects, narrowed by the parameters of a request.
 *
 * Everything that selects is joined by *and*; the limit, the content and the place of a page are the request's where it says.
 */
import type { Instant } from '../../domain/instant.ts';
import { ok, type Result } from '../../domain/result.ts';
import { canonicalQuery } from './canonical.ts';
import { byFacet } from './facets.ts';
import { parseQuery } from './parse-query.ts';
import { boundAt, everything, isEverything, type Query, type QueryProblem, type TimeBound } from './query.ts';

/** Joins two queries at `now`; fails when the two together are more than one query may ask (`limits.ts`). */
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
  // Set after parsing: two bounds that exclude each other select nothing, which is an answer and no mistake here.
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

/** The bound that lets less through; `sign` 1 = the later one, -1 = the earlier one. */
function later(a: TimeBound | undefined, b: TimeBound | undefined, now: Instant, sign: 1 | -1): TimeBound | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return (boundAt(a, now) - boundAt(b, now)) * sign >= 0 ? a : b;
}

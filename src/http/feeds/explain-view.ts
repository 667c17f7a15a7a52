/**
 * Passes `explain=1` at the address of a feed on to the admin API, which explains the view to its owner.
 */
import type { Instant } from '../../domain/instant.ts';
import { canonicalQuery } from '../../query/language/canonical.ts';
import type { ViewPlace } from '../../window/view-address.ts';
import { parsePlaced, placedQuery, toQueryProblem } from '../placed-query.ts';

/** Answers a request of the admin API, its authorization included. */
export type AskAdmin = (request: Request) => Promise<Response>;

/** Asks the admin API about the view. */
export async function explainView(
  admin: AskAdmin,
  request: Request,
  place: ViewPlace,
  now: Instant,
): Promise<Response> {
  const url = new URL(request.url);
  url.searchParams.delete('explain');
  const query = parsePlaced(place, url.searchParams, now);
  if (!query.ok) return toQueryProblem(query.failure);
  const asked = canonicalQuery(placedQuery(place, query.value, now));
  return await admin(new Request(`${url.origin}/admin/api/explain?${asked}`, { headers: request.headers }));
}

/**
 * `explain=1` at the address of a feed: the owner's question about this view, passed on to the admin API.
 */
import type { Instant } from '../domain/instant.ts';
import { canonicalQuery } from '../query/canonical.ts';
import { toProblemResponse } from './problem.ts';
import { parsePlaced, placedQuery, type ViewPlace } from './view-address.ts';

/** Answers a request of the admin API, its authorization included. */
export type AskAdmin = (request: Request) => Promise<Response>;

/** Whether the request asks for an explanation; cheap for all that do not. */
export function wantsExplanation(url: string): boolean {
  return url.includes('explain=') && new URL(url).searchParams.get('explain') === '1';
}

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
  if (!query.ok) {
    return toProblemResponse({
      status: 400,
      title: 'The query cannot be understood',
      detail: query.failure.map(({ parameter, detail }) => `${parameter}: ${detail}`).join(' '),
      problems: query.failure,
    });
  }
  const asked = canonicalQuery(placedQuery(place, query.value, now));
  return await admin(new Request(`${url.origin}/admin/api/explain?${asked}`, { headers: request.headers }));
}

/**
 * Limits how many requests one client may send that need the Archive, so that readers cannot slow the refreshes down.
 *
 * Views that an isolate remembers are not counted. Cloudflare names the client; without its header there is no limit.
 */
import { networkOf } from '../domain/client-network.ts';
import { toProblemResponse } from './problem.ts';

/** Counts one request of a client; `false` when it is one too many. */
export type CountQuestion = (client: string) => Promise<boolean>;

/** Answers 429 to a client with too many requests; `undefined` lets the request pass. */
export type Admit = (request: Request) => Promise<Response | undefined>;

/** Creates the admission. */
export function createAdmission(count: CountQuestion): Admit {
  return async (request) => {
    const address = request.headers.get('CF-Connecting-IP');
    if (address === null) return undefined;
    if (await count(networkOf(address))) return undefined;
    return toProblemResponse(
      {
        status: 429,
        title: 'Too many requests',
        detail: 'Wait a minute. Feeds and pages that many readers use are not limited.',
      },
      { 'Retry-After': '60' },
    );
  };
}

/** Answers by the routes. Pages that may need the Archive are limited first. */
export function admitQuestions(
  admit: Admit,
  routes: (request: Request) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return async (request) => (isQuestion(request.url) ? await admit(request) : undefined) ?? (await routes(request));
}

/** Whether a request may need the Archive: a selection, an explanation, an entry, a month, a push of a hub. */
function isQuestion(url: string): boolean {
  const { pathname, search } = new URL(url);
  if (/^\/(?:admin|health|metrics|assets)(?:\/|$)/.test(pathname)) return false;
  return search !== '' || /^\/(?:entries|archive|search|websub)(?:\/|$)/.test(pathname);
}

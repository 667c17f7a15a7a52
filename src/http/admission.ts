/**
 * Limits how many questions one client may ask that the Archive may have to answer, so that readers cannot starve the
 * refreshes of the one writer.
 *
 * A view that an isolate remembers is not counted. Cloudflare says who the client is; without that header, as under
 * `npm start`, there is no limit.
 */
import { toProblemResponse } from './problem.ts';

/** Counts one question of a client; `false` when it was one too many. */
export type CountQuestion = (client: string) => Promise<boolean>;

/** Answers 429 when a client asks too much; `undefined` lets the request pass. */
export type Admit = (request: Request) => Promise<Response | undefined>;

/** Addresses of IPv6 are handed out by the /64. */
const ipv6Groups = 4;

/** Creates the admission. */
export function createAdmission(count: CountQuestion): Admit {
  return async (request) => {
    const address = request.headers.get('CF-Connecting-IP');
    if (address === null) return undefined;
    const client = address.includes(':') ? address.split(':').slice(0, ipv6Groups).join(':') : address;
    if (await count(client)) return undefined;
    return toProblemResponse(
      {
        status: 429,
        title: 'Too many different questions',
        detail: 'Wait a minute. Feeds and pages that others ask for, too, are not limited.',
      },
      { 'Retry-After': '60' },
    );
  };
}

/** Answers by the routes, but for pages that may need the Archive only what is admitted. */
export function admitQuestions(
  admit: Admit,
  routes: (request: Request) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return async (request) => (isQuestion(request.url) ? await admit(request) : undefined) ?? (await routes(request));
}

/** Whether a page may need the Archive: a selection, an explanation, an entry, a month; and what hubs send. */
function isQuestion(url: string): boolean {
  const { pathname, search } = new URL(url);
  if (/^\/(?:admin|health|metrics|assets)(?:\/|$)/.test(pathname)) return false;
  return search !== '' || /^\/(?:entries|archive|search|websub)(?:\/|$)/.test(pathname);
}

/**
 * A remembered view as an HTTP response: 200, 304, HEAD, or 226 with what is new.
 *
 * @see RFC 9110 section 13 (conditional requests) and section 15.4.5 (what a 304 keeps)
 * @see RFC 3229 and the `feed` instance manipulation: a former entity tag names a place in the sequence of changes
 */
import { renderRfc822, renderRfc3339 } from '../../domain/instant.ts';
import { type FeedFormat, feedMediaTypes } from '../../domain/view.ts';
import type { Cursor } from '../../query/language/query.ts';
import type { FinishedFeed } from '../../window/finished-feed.ts';
import { isNotModified } from '../conditional.ts';
import type { RememberedView } from './view-memory.ts';

/** Readers may reuse a feed for five minutes and show it for an hour while they fetch a newer one. */
const cacheControl = 'public, max-age=300, stale-while-revalidate=3600';

/** Bodies depend on whether a delta is asked for and on whether a browser tab asks. */
const vary = 'A-IM, If-None-Match, Sec-Fetch-Dest';

/** Headers of a 200 response for a feed document. */
export function toFeedHeaders(
  format: FeedFormat,
  feed: Omit<FinishedFeed, 'body'>,
  horizon?: Cursor,
): Record<string, string> {
  return {
    'Content-Type': feedMediaTypes[format],
    ETag: feed.etag,
    'Last-Modified': renderRfc822(feed.lastModified),
    'Cache-Control': cacheControl,
    Vary: vary,
    Link: feed.links,
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link, IM, Tributary-Horizon',
    // The answer was bounded: entries before this instant were not looked at, the next page begins with them.
    ...(horizon === undefined ? {} : { 'Tributary-Horizon': renderRfc3339(horizon.sortAt) }),
    'X-Content-Type-Options': 'nosniff',
  };
}

/** Answers a GET or HEAD request with a view. */
export function toFeedResponse(request: Request, view: RememberedView): Response | Promise<Response> {
  return sendView(request, view, () => view.body);
}

/** The same with bytes that are joined when they are sent: an answer without a body needs none. */
export function sendView(
  request: Request,
  view: Omit<RememberedView, 'body'>,
  body: () => Uint8Array<ArrayBuffer>,
): Response | Promise<Response> {
  const delta = request.headers.has('A-IM') ? toDeltaResponse(request, view) : undefined;
  if (delta !== undefined) return delta;
  if (isNotModified(request, view.etag, view.lastModified)) return toNotModified(view);
  return new Response(request.method === 'HEAD' ? null : body(), { headers: view.headers });
}

/**
 * A 304 keeps what a cache needs to go on using what it has (RFC 9110 section 15.4.5), and what a script in a browser
 * needs to see it; each header more is a tenth of its time.
 */
function toNotModified({ headers }: Pick<RememberedView, 'headers'>): Response {
  const kept = {
    ETag: headers['ETag'] ?? '',
    'Cache-Control': headers['Cache-Control'] ?? '',
    Vary: headers['Vary'] ?? '',
    'Access-Control-Allow-Origin': '*',
  };
  return new Response(null, { status: 304, headers: kept });
}

/** `undefined` when no delta is asked for, or none can be told from the entity tags the reader holds. */
function toDeltaResponse(request: Request, view: Omit<RememberedView, 'body'>): Promise<Response> | undefined {
  const wanted = (request.headers.get('A-IM') ?? '')
    .split(',')
    .map((manipulation) => manipulation.trim().split(';')[0]);
  if (!wanted.includes('feed')) return undefined;
  const held = request.headers.get('If-None-Match');
  if (held === null || isNotModified(request, view.etag, view.lastModified)) return undefined;
  const sequence = newestSequence(held);
  if (sequence === undefined) return undefined;
  const isNew = view.selection.entries.map((entry) => entry.sequence > sequence);
  const selection = {
    entries: view.selection.entries.filter((_, position) => isNew[position]),
    fragments: view.selection.fragments.filter((_, position) => isNew[position]),
    more: false,
  };
  // Nothing newer but another tag: an entry left the view, which only the whole document can tell.
  if (selection.entries.length === 0) return undefined;
  return view.assembleOnly(selection).then(
    (body) =>
      new Response(request.method === 'HEAD' ? null : body, {
        status: 226,
        // RFC 3229 section 10.8.3 would let caches that know it store this; none in the wild does.
        headers: { ...view.headers, IM: 'feed', 'Cache-Control': 'private, no-store' },
      }),
  );
}

/** The highest sequence number among entity tags that we gave out. */
function newestSequence(list: string): number | undefined {
  const sequences = [...list.matchAll(/"([0-9a-z]{1,11})-[0-9a-v]{16}"/g)].map(([, base36]) =>
    Number.parseInt(base36 ?? '', 36),
  );
  return sequences.length === 0 ? undefined : Math.max(...sequences);
}

/**
 * Answers polls, nearly all requests of feed readers: GET or HEAD at the address of a feed. No routing happens, so an
 * isolate that is only polled never loads the routes.
 */
import { type FeedFormat, feedFileNames, feedFormats } from '../../domain/view.ts';
import type { PathPlace } from '../../window/view-address.ts';
import { isBrowserTab } from '../browser-tab.ts';
import type { Feeds } from './feeds.ts';

/** Answers everything else: the routes of the app. */
export type AnswerByRoutes = (request: Request) => Promise<Response>;

/** Answers polls by `feeds`, everything else by the routes. */
export function createPolls(feeds: Feeds, routes: AnswerByRoutes): (request: Request) => Response | Promise<Response> {
  return (request) => {
    const remembered = feeds.recall(request);
    if (remembered !== undefined) return remembered;
    const polled = isPoll(request) ? parseFeedPath(pathOfUrl(request.url)) : undefined;
    if (polled === undefined) return routes(request);
    return feeds.answer(request, polled.place, polled.format).then(
      (response) => (request.method === 'HEAD' ? withoutBody(response) : response),
      // Tried once more by the routes, which explain a second failure.
      () => routes(request),
    );
  };
}

function withoutBody(response: Response): Response {
  return response.body === null ? response : new Response(null, response);
}

/** Browser tabs get a page, and `explain=1` goes to the owner's side. */
function isPoll(request: Request): boolean {
  return (
    (request.method === 'GET' || request.method === 'HEAD') &&
    !isBrowserTab(request) &&
    !request.url.includes('explain=')
  );
}

/** The path of a request's URL. The URL is absolute and normal, so searching it costs less than making a URL object. */
function pathOfUrl(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  const end = url.indexOf('?', start);
  return end === -1 ? url.slice(start) : url.slice(start, end);
}

/** The place and format that a path names; `undefined` unless it is the feed of everything, a tag or a source. */
export function parseFeedPath(path: string): { readonly place: PathPlace; readonly format: FeedFormat } | undefined {
  const parts = path.split('/');
  const file = parts.at(-1);
  const format = feedFormats.find((candidate) => feedFileNames[candidate] === file);
  if (format === undefined) return undefined;
  if (parts.length === 2) return { place: { kind: 'all', name: '' }, format };
  const kind = parts[1] === 'tags' ? 'tag' : parts[1] === 'sources' ? 'source' : undefined;
  const name = decodeSegment(parts[2] ?? '');
  return parts.length === 4 && kind !== undefined && name !== undefined ? { place: { kind, name }, format } : undefined;
}

/** `undefined` for an empty segment or one that is not percent-encoded UTF-8. */
function decodeSegment(segment: string): string | undefined {
  try {
    return segment === '' ? undefined : decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

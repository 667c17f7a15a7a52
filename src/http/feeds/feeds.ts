/**
 * Serves every view as RSS, Atom and JSON Feed.
 *
 * A view that was asked for before under the same URL is sent from memory as long as the window is the same; that path
 * touches nothing but two maps. The default feeds are there from the start, any other view is made (make-view.ts): the
 * first time only to be sent, and remembered when it is asked for again.
 */
import { loadOnce } from '../../domain/load-once.ts';
import { isSameSite } from '../../domain/site.ts';
import type { FeedFormat } from '../../domain/view.ts';
import type { ViewPlace } from '../../window/view-address.ts';
import type { FeedSources } from '../answer.ts';
import { isBrowserTab } from '../browser-tab.ts';
import { sendView, toFeedHeaders, toFeedResponse } from './feed-response.ts';
import type { AskedView } from './make-view.ts';
import { createAskedBefore, createViewMemory, type RememberedView } from './view-memory.ts';

export type { FeedSources };

/** The feeds; they own the isolate's memory of views. */
export interface Feeds {
  /** Answers a request; whoever calls it has checked that the place is for whoever asks. */
  readonly answer: (request: Request, place: ViewPlace, format: FeedFormat) => Promise<Response>;
  /** The answer to a request for an address that was answered since the window is what it is: no routing. */
  readonly recall: (request: Request) => Response | Promise<Response> | undefined;
}

const maker = loadOnce(() => import('./make-view.ts'));

/** Creates the feeds. */
export function createFeeds(sources: FeedSources): Feeds {
  const memory = createViewMemory();
  const isAskedAgain = createAskedBefore();
  const fresh = async (key: string): Promise<RememberedView | undefined> => {
    const known = memory.get(key);
    if (known === undefined || known.expiresAt <= sources.now()) return undefined;
    const version = sources.window.freshVersion() ?? (await sources.window.current())?.version;
    return known.version === version ? known : undefined;
  };
  const recall: Feeds['recall'] = (request) => {
    const known = memory.get(request.url);
    if (known === undefined || known.version !== sources.window.freshVersion()) return undefined;
    if (known.expiresAt <= sources.now() || !isRead(request)) return undefined;
    return toFeedResponse(request, known);
  };
  /** The view to remember; the answer where it is not remembered, or there is none. */
  const makeOrSend = async (request: Request, asked: AskedView): Promise<RememberedView | Response> => {
    const made = await asked.make();
    if (made instanceof Response) return made;
    const { join, isCostly, ...view } = made;
    if (isCostly || isAskedAgain(asked.name)) return { ...view, body: join() };
    return await sendView(request, view, join);
  };
  const answer: Feeds['answer'] = async (request, place, format) => {
    const known = (await fresh(request.url)) ?? (await finishedView(sources, request, place, format));
    if (known !== undefined) {
      memory.set(request.url, known);
      return await toFeedResponse(request, known);
    }
    const { askView } = await maker();
    const asked = await askView(sources, request, place, format);
    if (asked instanceof Response) return asked;
    const view = (await fresh(asked.name)) ?? (await makeOrSend(request, asked));
    if (view instanceof Response) return view;
    memory.set(asked.name, view);
    // `recall` asks for no key.
    if (!asked.isPrivate) memory.set(request.url, view);
    return await toFeedResponse(request, view);
  };
  return { answer, recall };
}

/** A browser tab is shown a page at the same address, and other methods are not answered with a feed. */
function isRead(request: Request): boolean {
  return (request.method === 'GET' || request.method === 'HEAD') && !isBrowserTab(request);
}

/** A default feed as it was finished with the window; `undefined` for other views, or when a setting it shows changed. */
async function finishedView(
  sources: FeedSources,
  request: Request,
  place: ViewPlace,
  format: FeedFormat,
): Promise<RememberedView | undefined> {
  if (place.kind !== 'all' || request.url.includes('?')) return undefined;
  const origin = sources.config.siteUrl ?? new URL(request.url).origin;
  const front = await sources.window.front(format);
  if (front?.finished === undefined || !isSameSite(front.finished.site, sources.config, origin)) return undefined;
  const { feed } = front.finished;
  return {
    ...feed,
    version: front.version,
    expiresAt: Number.POSITIVE_INFINITY,
    selection: front.selection,
    headers: toFeedHeaders(format, feed),
    assembleOnly: async (fewer) => {
      const { assembleDefaultFeed } = await maker();
      return assembleDefaultFeed(sources, origin, format, front, fewer);
    },
  };
}

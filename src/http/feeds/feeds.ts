/**
 * Serves every view as RSS, Atom and JSON Feed.
 *
 * A view that is remembered for the newest window is sent from memory: that path reads only two maps. The default feeds
 * may be finished documents in KV. Any other view is drafted from the index (make-view.ts): entity tag and 304 are
 * decided before a segment is read, and the bytes of a view with the same entries as before are reused.
 */
import { loadOnce } from '../../domain/lazy.ts';
import { isSameSite } from '../../domain/site.ts';
import { type FeedFormat, feedFileNames } from '../../domain/view.ts';
import { inflate } from '../../window/compress.ts';
import type { ViewPlace } from '../../window/view-address.ts';
import type { FeedSources } from '../answer.ts';
import { isBrowserTab } from '../browser-tab.ts';
import { acceptsGzip, answerWithoutBody, sendBody, sendPart } from '../send-document.ts';
import { heldSequence } from './delta.ts';
import { toFeedHead } from './feed-response.ts';
import type { DraftedView } from './make-view.ts';
import { createAskedBefore, type KeptView } from './view-memory.ts';

export type { FeedSources };

/** Serves the feeds. */
export interface Feeds {
  /** Answers a request. The caller has checked that the client may see the place. */
  readonly answer: (request: Request, place: ViewPlace, format: FeedFormat) => Promise<Response>;
  /** The answer for an address that this window has already answered, without routing. */
  readonly recall: (request: Request) => Response | Promise<Response> | undefined;
}

const maker = loadOnce(() => import('./make-view.ts'));

/** Creates the feeds. */
export function createFeeds(sources: FeedSources): Feeds {
  const { views, window, now } = sources;
  const isAskedAgain = createAskedBefore();
  let versions: readonly string[] = [];
  const isCurrent = (view: KeptView, version: string | undefined): boolean =>
    view.version === version && view.expiresAt > now();
  /** The newest version. The memory forgets views that are two versions old. */
  const versionNow = async (): Promise<string | undefined> => {
    const version = window.freshVersion() ?? (await window.current())?.version;
    if (version !== undefined && version !== versions[0]) {
      versions = [version, ...versions.slice(0, 1)];
      views.keepVersions(versions);
    }
    return version;
  };
  /** Sends a remembered view; `undefined` when its bytes are needed and not held, or a delta is asked for. */
  const sendKept = (request: Request, view: KeptView): Response | Promise<Response> | undefined => {
    if (heldSequence(request, view) !== undefined) return undefined;
    const response = answerWithoutBody(request, view);
    if (response !== undefined) return response;
    const { gzip, name, plain } = view;
    if (gzip === undefined) return undefined;
    if (plain !== undefined || acceptsGzip(request)) return sendBody(request, { ...view, gzip });
    return inflate(gzip).then((inflated) => {
      const made = { ...view, gzip, plain: inflated };
      if (isAskedAgain(`plain ${name}`)) views.keep(made);
      return sendBody(request, made);
    });
  };
  const recall: Feeds['recall'] = (request) => {
    const known = views.find(request.url);
    if (known === undefined || !isCurrent(known, window.freshVersion()) || !isRead(request)) return undefined;
    return sendKept(request, known);
  };
  /** Sends a view, and remembers it if it was asked for before; `undefined` when a part of its bytes is missing. */
  const sendDrafted = async (request: Request, drafted: DraftedView): Promise<Response | undefined> => {
    const { isCostly, isPrivate, join, joinNewer, ...head } = drafted;
    const sequence = heldSequence(request, head);
    const newer = sequence === undefined ? undefined : await joinNewer(sequence);
    if (newer !== undefined) return await sendPart(request, { ...head, gzip: newer }, 226, deltaHeaders);
    const { name } = head;
    const known = views.find(name);
    const { gzip: held, plain } = known?.etag === head.etag ? known : {};
    const short = answerWithoutBody(request, head);
    const gzip = held ?? (short === undefined ? await join() : undefined);
    if (gzip === undefined && short === undefined) return undefined;
    const made = {
      ...head,
      ...(gzip === undefined ? {} : { gzip }),
      ...(plain === undefined ? {} : { plain }),
    };
    if (isCostly || known !== undefined || isAskedAgain(name)) {
      views.keep(made);
      // `recall` checks no key.
      if (!isPrivate) views.point(request.url, name);
    }
    return short ?? (await sendKept(request, made));
  };
  const answer: Feeds['answer'] = async (request, place, format) => {
    const version = await versionNow();
    const finished = await finishedView(sources, request, place, format, version);
    if (finished !== undefined) {
      const known = views.find(finished.name);
      const view = known?.etag === finished.etag ? { ...known, ...finished } : finished;
      views.keep(view);
      views.point(request.url, view.name);
      const response = sendKept(request, view);
      if (response !== undefined) return await response;
    }
    const { askView } = await maker();
    const asked = await askView(sources, request, place, format);
    if (asked instanceof Response) return asked;
    const known = views.find(asked.name);
    const sent = known !== undefined && isCurrent(known, version) ? sendKept(request, known) : undefined;
    if (sent !== undefined) {
      if (!asked.isPrivate) views.point(request.url, asked.name);
      return await sent;
    }
    // The three default feeds are everybody's.
    const isDefault = place.kind === 'all' && !request.url.includes('?');
    const refused = isDefault ? undefined : await sources.admit?.(request);
    if (refused !== undefined) return refused;
    // When a part of the window is missing, the second draft comes from the Archive.
    for (let attempt = 0; attempt < 2; attempt += 1) {
      // An older answer is better than none.
      const stale = known === undefined ? undefined : sendKept(request, known);
      const drafted = await asked.draft().catch(async (error: unknown) => {
        if (stale === undefined) throw error;
        return await stale;
      });
      if (drafted instanceof Response) return drafted;
      const response = await sendDrafted(request, drafted);
      if (response !== undefined) return response;
    }
    throw new Error('neither the window nor the Archive gave the fragments of a view');
  };
  return { answer, recall };
}

/** RFC 3229 section 10.8.3 would let caches that know it store this; no cache in use does. */
const deltaHeaders = { IM: 'feed', 'Cache-Control': 'private, no-store' };

/** Browser tabs get a page at the same address, and other methods get no feed. */
function isRead(request: Request): boolean {
  return (request.method === 'GET' || request.method === 'HEAD') && !isBrowserTab(request);
}

/**
 * A default feed that was finished with the window; `undefined` for other views, or when a setting that it shows has
 * changed.
 */
async function finishedView(
  { config, window }: FeedSources,
  request: Request,
  place: ViewPlace,
  format: FeedFormat,
  version: string | undefined,
): Promise<KeptView | undefined> {
  if (place.kind !== 'all' || request.url.includes('?')) return undefined;
  const published = await window.defaultFeed(format);
  const origin = config.siteUrl ?? new URL(request.url).origin;
  if (published === undefined || !isSameSite(published.site, config, origin)) return undefined;
  const { feed } = published;
  return {
    // Spelled as `feedAddress` spells it, without the code of queries: an isolate that is only polled never loads that.
    name: `${origin}/${feedFileNames[format]}`,
    ...toFeedHead(format, feed),
    gzip: feed.gzip,
    expiresAt: Number.POSITIVE_INFINITY,
    ...(version === undefined ? {} : { version }),
  };
}

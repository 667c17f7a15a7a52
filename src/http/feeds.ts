/**
 * Serves every view as RSS, Atom and JSON Feed.
 *
 * A view that was asked for before under the same URL is sent from memory as long as the window is the same; that path
 * touches nothing but two maps.
 */
import type { Instant } from '../domain/instant.ts';
import type { FeedFormat, FeedHead } from '../domain/view.ts';
import type { Config } from '../pipeline/config.ts';
import { everything, type Query } from '../query/query.ts';
import { assembleFeed } from '../window/assemble.ts';
import { finishFeed, isSameSite } from '../window/finished-feed.ts';
import { feedAddress, type ViewPlace, withinPath } from '../window/view-address.ts';
import { toViewHead } from '../window/view-head.ts';
import type { ArchiveTotals } from '../window/window.ts';
import { type Answer, type AnswerSources, answerFrom } from './answer.ts';
import { isBrowserTab } from './browser-tab.ts';
import { toFeedHeaders, toFeedResponse } from './feed-response.ts';
import { loadFrameTemplates } from './frame-templates.ts';
import { createViewMemory, type RememberedView } from './view-memory.ts';

/** What the feeds are served from. `now` is epoch milliseconds. */
export interface FeedSources extends AnswerSources {
  readonly config: Config;
  readonly now: () => number;
}

/** An answer of the Archive is reused this long: it may be ahead of the window, never far behind. Milliseconds. */
const archiveAnswerMs = 10_000;

/** A view bounded by an age changes with the clock; its edge may be this coarse. Milliseconds. */
const agedViewMs = 60_000;

/** A view behind a key is for one reader: no shared cache keeps it, no search engine, no other site learns its address. */
const privateHeaders = {
  'Cache-Control': 'private, max-age=300',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex',
};

/** The feeds; they own the isolate's memory of views. */
export interface Feeds {
  /** Answers a request; whoever calls it has checked that the place is for whoever asks. */
  readonly answer: (request: Request, place: ViewPlace, format: FeedFormat) => Promise<Response>;
  /** The answer to a request for an address that was answered since the window is what it is: no routing, no waiting. */
  readonly recall: (request: Request) => Response | undefined;
}

/** Creates the feeds. */
export function createFeeds(sources: FeedSources): Feeds {
  const memory = createViewMemory();
  const fresh = async (key: string): Promise<RememberedView | undefined> => {
    const known = memory.get(key);
    if (known === undefined || known.expiresAt <= sources.now()) return undefined;
    const version = sources.window.freshVersion() ?? (await sources.window.current())?.version;
    return known.version === version ? known : undefined;
  };
  const recall = (request: Request): Response | undefined => {
    const known = memory.get(request.url);
    if (known === undefined || known.version !== sources.window.freshVersion()) return undefined;
    if (known.expiresAt <= sources.now() || !isRead(request)) return undefined;
    return toFeedResponse(request, known);
  };
  const answer: Feeds['answer'] = async (request, place, format) => {
    const remembered = await fresh(request.url);
    if (remembered !== undefined) return toFeedResponse(request, remembered);
    const url = new URL(request.url);
    const question = await readQuestion(place, url.searchParams, sources.now() as Instant);
    if (question instanceof Response) return question;
    const origin = sources.config.siteUrl ?? url.origin;
    const address = `${origin}${feedAddress(place, format, question.query)}`;
    // `recall` asks for no key: what is behind one is remembered under a name that no request can have.
    const isPrivate = place.kind === 'view' && place.isPrivate;
    const name = isPrivate ? `private ${address}` : address;
    const view = (await fresh(name)) ?? (await makeView(sources, origin, place, format, question));
    if (view instanceof Response) return view;
    memory.set(name, view);
    if (!isPrivate) memory.set(request.url, view);
    return toFeedResponse(request, view);
  };
  return { answer, recall };
}

/** A browser tab is shown a page at the same address, and other methods are not answered with a feed. */
function isRead(request: Request): boolean {
  return (request.method === 'GET' || request.method === 'HEAD') && !isBrowserTab(request);
}

/** What a request asks: its own parameters, and those narrowed to the place. */
interface Question {
  readonly query: Query;
  readonly asked: Query;
}

async function readQuestion(place: ViewPlace, params: URLSearchParams, now: Instant): Promise<Question | Response> {
  if (params.size === 0 && place.kind !== 'view') return { query: everything, asked: withinPath(place, everything) };
  const { parsePlaced, placedQuery, toQueryProblem } = await import('./placed-query.ts');
  const query = parsePlaced(place, params, now);
  return query.ok ? { query: query.value, asked: placedQuery(place, query.value, now) } : toQueryProblem(query.failure);
}

async function makeView(
  sources: FeedSources,
  origin: string,
  place: ViewPlace,
  format: FeedFormat,
  { query, asked }: Question,
): Promise<RememberedView | Response> {
  const answer = await answerFrom(sources, asked, format, sources.now() as Instant);
  if (!isPlaced(place, answer.totals)) {
    const { describeMissing } = await import('./missing-place.ts');
    return describeMissing(place, answer.totals);
  }
  const frames = answer.frames ?? (await loadFrameTemplates());
  const { selection, totals, finished } = answer;
  const toHead = (): FeedHead => toViewHead(sources.config, origin, place, query, format, selection, totals);
  // A saved view may select the same entries; it has another title and address.
  const isFinished =
    place.kind === 'all' && finished !== undefined && isSameSite(finished.site, sources.config, origin);
  const feed = isFinished ? finished.feeds[format] : finishFeed(frames, format, toHead(), selection);
  return {
    ...feed,
    version: answer.version,
    expiresAt: expiry(answer, asked, sources.now()),
    selection,
    headers: {
      ...toFeedHeaders(format, feed, selection.horizon),
      ...(place.kind === 'view' && place.isPrivate ? privateHeaders : {}),
    },
    assembleOnly: (fewer) => assembleFeed(frames, format, toHead(), fewer).body,
  };
}

/** Whether anything was ever filed under a place. */
export function isPlaced(place: ViewPlace, totals: ArchiveTotals): boolean {
  if (place.kind === 'tag') return totals.tags.some((tag) => tag.slug === place.name);
  return place.kind !== 'source' || totals.sources.some((source) => source.id === place.name);
}

function expiry(answer: Answer, query: Query, now: number): number {
  if (answer.from === 'archive') return now + archiveAnswerMs;
  const isAged = query.since?.kind === 'age' || query.until?.kind === 'age';
  return isAged ? now + agedViewMs : Number.POSITIVE_INFINITY;
}

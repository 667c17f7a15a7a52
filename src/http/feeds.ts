/**
 * Serves every view as RSS, Atom and JSON Feed.
 *
 * A view that was asked for before under the same URL is sent from memory as long as the window is the same; that path
 * touches nothing but two maps.
 */
import type { Instant } from '../domain/instant.ts';
import type { FeedFormat } from '../domain/view.ts';
import type { Config } from '../pipeline/config.ts';
import { nearSlugs } from '../query/near.ts';
import type { Query } from '../query/query.ts';
import { assembleFeed } from '../window/assemble.ts';
import type { ArchiveTotals } from '../window/window.ts';
import { type Answer, type AnswerSources, answerFrom } from './answer.ts';
import { isBrowserTab } from './browser-tab.ts';
import { toFeedHeaders, toFeedResponse } from './feed-response.ts';
import { toProblemResponse } from './problem.ts';
import { feedAddress, parsePlaced, placedQuery, type ViewPlace } from './view-address.ts';
import { toViewHead } from './view-head.ts';
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
    const parsed = parsePlaced(place, url.searchParams, sources.now() as Instant);
    if (!parsed.ok) {
      return toProblemResponse({
        status: 400,
        title: 'The query cannot be understood',
        detail: parsed.failure.map((problem) => `${problem.parameter}: ${problem.detail}`).join(' '),
        problems: parsed.failure,
      });
    }
    const origin = sources.config.siteUrl ?? url.origin;
    const address = `${origin}${feedAddress(place, format, parsed.value)}`;
    // `recall` asks for no key: what is behind one is remembered under a name that no request can have.
    const isPrivate = place.kind === 'view' && place.isPrivate;
    const name = isPrivate ? `private ${address}` : address;
    const view = (await fresh(name)) ?? (await makeView(sources, origin, place, format, parsed.value));
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

async function makeView(
  sources: FeedSources,
  origin: string,
  place: ViewPlace,
  format: FeedFormat,
  query: Query,
): Promise<RememberedView | Response> {
  const asked = placedQuery(place, query, sources.now() as Instant);
  const answer = await answerFrom(sources, asked, format, sources.now() as Instant);
  const missing = describeMissing(place, answer.totals);
  if (missing !== undefined) return missing;
  const head = toViewHead(sources.config, origin, place, query, format, answer.selection, answer.totals);
  const document = assembleFeed(format, head, answer.selection);
  return {
    ...document,
    version: answer.version,
    expiresAt: expiry(answer, asked, sources.now()),
    selection: answer.selection,
    headers: {
      ...toFeedHeaders(format, head, document, answer.selection.horizon),
      ...(place.kind === 'view' && place.isPrivate ? privateHeaders : {}),
    },
    assembleOnly: (selection) => assembleFeed(format, head, selection).body,
  };
}

/** A place nobody ever filed anything under is a mistake in the address: say which places are near. */
export function describeMissing(place: ViewPlace, totals: ArchiveTotals): Response | undefined {
  if (place.kind === 'tag' && !totals.tags.some((tag) => tag.slug === place.name)) {
    const near = nearSlugs(
      place.name,
      totals.tags.map((tag) => tag.slug),
    );
    const hint = near.length === 0 ? '' : ` Near ones: ${near.join(', ')}.`;
    return toProblemResponse({
      status: 404,
      title: 'Unknown tag',
      detail: `No entry has the tag "${place.name}".${hint} /tags.json lists all tags.`,
      tag: place.name,
      near,
    });
  }
  if (place.kind === 'source' && !totals.sources.some((source) => source.id === place.name)) {
    return toProblemResponse({
      status: 404,
      title: 'Unknown source',
      detail: `There is no source "${place.name}". /opml.xml lists all sources.`,
      source: place.name,
    });
  }
  return undefined;
}

function expiry(answer: Answer, query: Query, now: number): number {
  if (answer.from === 'archive') return now + archiveAnswerMs;
  const isAged = query.since?.kind === 'age' || query.until?.kind === 'age';
  return isAged ? now + agedViewMs : Number.POSITIVE_INFINITY;
}

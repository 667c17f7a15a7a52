/**
 * Makes a view that is not at hand: reads the question, finds the entries, puts the frame around them.
 *
 * A chunk of its own: readers of the default feeds get documents that were finished when the window was published.
 */
import type { Instant } from '../../domain/instant.ts';
import type { FeedFormat } from '../../domain/view.ts';
import { everything, type Query } from '../../query/language/query.ts';
import { assembleFeed, type DraftedDocument } from '../../window/assemble.ts';
import { draftFeed } from '../../window/finished-feed.ts';
import type { WindowFront } from '../../window/front.ts';
import type { Selection } from '../../window/selection.ts';
import { everywhere, feedAddress, type ViewPlace, withinPath } from '../../window/view-address.ts';
import { toViewHead } from '../../window/view-head.ts';
import { type Answer, answerFrom, type FeedSources } from '../answer.ts';
import { describeMissing, isPlaced } from '../missing-place.ts';
import { parsePlaced, placedQuery, toQueryProblem } from '../placed-query.ts';
import { describeQuery } from '../query-words.ts';
import { toFeedHeaders } from './feed-response.ts';
import { loadFrameTemplates } from './frame-templates.ts';
import type { RememberedView } from './view-memory.ts';

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

/** A view that was asked for and understood. */
export interface AskedView {
  /** What it is remembered under: its canonical address, or a name that no request can have when it is behind a key. */
  readonly name: string;
  readonly isPrivate: boolean;
  /** Makes it, or the response that says why there is none. */
  readonly make: () => Promise<MadeView | Response>;
}

/** A view whose bytes are not joined yet. */
export interface MadeView extends Omit<RememberedView, 'body'>, Pick<DraftedDocument, 'join'> {
  /** The Archive was asked for it. */
  readonly isCostly: boolean;
}

/** Reads what a request asks of a place; a response when the question cannot be understood. */
export async function askView(
  sources: FeedSources,
  request: Request,
  place: ViewPlace,
  format: FeedFormat,
): Promise<AskedView | Response> {
  const question = await readQuestion(place, request.url, sources.now() as Instant);
  if (question instanceof Response) return question;
  const origin = sources.config.siteUrl ?? new URL(request.url).origin;
  const address = `${origin}${feedAddress(place, format, question.query)}`;
  const isPrivate = place.kind === 'view' && place.isPrivate;
  return {
    name: isPrivate ? `private ${address}` : address,
    isPrivate,
    make: async () => await makeView(sources, origin, place, format, question),
  };
}

/** The document of some of the default view's entries, as deltas send it. */
export function assembleDefaultFeed(
  { config }: FeedSources,
  origin: string,
  format: FeedFormat,
  front: WindowFront,
  fewer: Selection,
): Uint8Array<ArrayBuffer> {
  const head = toViewHead(config, origin, everywhere, everything, format, front.selection, front.totals);
  return assembleFeed(front.frames, format, head, fewer).body;
}

/** What a request asks: its own parameters, and those narrowed to the place. */
interface Question {
  readonly query: Query;
  readonly asked: Query;
}

async function readQuestion(place: ViewPlace, url: string, now: Instant): Promise<Question | Response> {
  const search = url.indexOf('?');
  if (search === -1 && place.kind !== 'view') return { query: everything, asked: withinPath(place, everything) };
  const query = parsePlaced(place, new URLSearchParams(search === -1 ? '' : url.slice(search)), now);
  return query.ok ? { query: query.value, asked: placedQuery(place, query.value, now) } : toQueryProblem(query.failure);
}

async function makeView(
  sources: FeedSources,
  origin: string,
  place: ViewPlace,
  format: FeedFormat,
  { query, asked }: Question,
): Promise<MadeView | Response> {
  const answer = await answerFrom(sources, asked, format, sources.now() as Instant);
  if (!isPlaced(place, answer.totals)) return describeMissing(place, answer.totals);
  const { selection, totals } = answer;
  const frames = answer.frames ?? (await loadFrameTemplates());
  const words = describeQuery(query, totals);
  const head = toViewHead(sources.config, origin, place, query, format, selection, totals, words);
  const feed = draftFeed(frames, format, head, selection);
  return {
    ...feed,
    isCostly: answer.from === 'archive',
    version: answer.version,
    expiresAt: expiry(answer, asked, sources.now()),
    selection,
    headers: {
      ...toFeedHeaders(format, feed, selection.horizon),
      ...(place.kind === 'view' && place.isPrivate ? privateHeaders : {}),
    },
    assembleOnly: async (fewer) => assembleFeed(frames, format, head, fewer).body,
  };
}

function expiry(answer: Answer, query: Query, now: number): number {
  if (answer.from === 'archive') return now + archiveAnswerMs;
  const isAged = query.since?.kind === 'age' || query.until?.kind === 'age';
  return isAged ? now + agedViewMs : Number.POSITIVE_INFINITY;
}

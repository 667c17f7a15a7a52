/**
 * Drafts a view that is not remembered: reads the request, finds the entries, and makes the frame.
 *
 * Loaded on demand: clients of the default feeds get documents that were finished with the window.
 */
import type { Instant } from '../../domain/instant.ts';
import { type FeedFormat, neverChanged } from '../../domain/view.ts';
import { everything, type Query } from '../../query/language/query.ts';
import type { DraftedDocument } from '../../window/assemble.ts';
import { draftFeed } from '../../window/feed-document.ts';
import { selectAmong } from '../../window/selection.ts';
import { feedAddress, type ViewPlace, withinPath } from '../../window/view-address.ts';
import { changedAt } from '../../window/view-changes.ts';
import { toViewHead } from '../../window/view-head.ts';
import { type Answer, answerFrom, answerFromArchive, type FeedSources } from '../answer.ts';
import { answerMissing, isPlaced } from '../missing-place.ts';
import { parsePlaced, placedQuery, toQueryProblem } from '../placed-query.ts';
import { describeQuery } from '../query-words.ts';
import { toFeedHead } from './feed-response.ts';
import { loadFrameTemplates } from './frame-templates.ts';
import type { KeptView } from './view-memory.ts';

/** How long an answer of the Archive is reused: it may be newer than the window, and never much older. Milliseconds. */
const archiveAnswerMs = 10_000;

/** How long a view with an age is reused, because its bounds follow the clock. Milliseconds. */
const agedViewMs = 60_000;

/** Headers of a view behind a key: no shared cache keeps it, no search engine lists it, no other site learns its address. */
const privateHeaders = {
  // Never stored: a revoked key must not open the view any more.
  'Cache-Control': 'private, no-cache',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex',
};

/** How long the feed of a source is reused that is not published yet. Milliseconds. */
const unpublishedMs = 5000;
const unpublishedHeaders = { 'Cache-Control': `public, max-age=${unpublishedMs / 1000}` };

/** A request for a view that was understood. */
export interface AskedView extends Pick<KeptView, 'name'> {
  readonly isPrivate: boolean;
  /** Drafts the view; returns a response when it cannot. */
  readonly draft: () => Promise<DraftedView | Response>;
}

/** A view whose bytes are not joined yet. */
export interface DraftedView extends Omit<KeptView, 'gzip' | 'plain'>, Pick<DraftedDocument, 'join'> {
  readonly isPrivate: boolean;
  /** The answer came from the Archive. */
  readonly isCostly: boolean;
  /**
   * The document of the entries that changed after this sequence number; `undefined` when none did, or a part of it is
   * missing.
   */
  readonly joinNewer: (sequence: number) => ReturnType<DraftedDocument['join']>;
}

/** Reads the request for a place; returns a response when it cannot be understood. */
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
  const asked = { name: isPrivate ? `private ${address}` : address, isPrivate };
  const draft = async (): Promise<DraftedView | Response> => {
    const drafted = await draftView(sources, origin, place, format, question);
    return drafted instanceof Response ? drafted : { ...asked, ...drafted };
  };
  return { ...asked, draft };
}

/** The request's own parameters, and the same narrowed to the place. */
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

async function draftView(
  sources: FeedSources,
  origin: string,
  place: ViewPlace,
  format: FeedFormat,
  question: Question,
): Promise<Omit<DraftedView, 'name' | 'isPrivate'> | Response> {
  const { query, asked } = question;
  const digests =
    asked.digest === undefined ? undefined : await answerDigests(sources, origin, place, format, question);
  const published = digests ?? (await answerFrom(sources, asked, format, sources.now() as Instant));
  const newer = digests === undefined ? await answerNewSource(sources, place, asked, format, published) : undefined;
  const answer = newer ?? published;
  if (!isPlaced(place, answer.totals)) {
    return answerMissing(sources, place, answer.totals, (other) => feedAddress(other, format, query));
  }
  const { selection, totals } = answer;
  const frames = answer.frames ?? (await loadFrameTemplates());
  const words = describeQuery(query, totals);
  // The last change of a digest is its own date, not a departure of an entry.
  const dated = digests === undefined ? totals : { ...totals, changes: {} };
  const head = toViewHead(sources.config, origin, place, query, format, selection, dated, words);
  const lastModified = lastModifiedOf(place, asked, answer, sources.now()) ?? neverChanged;
  const { join, ...feed } = draftFeed(frames, format, head, selection, lastModified);
  const isPrivate = place.kind === 'view' && place.isPrivate;
  const headers = newer === undefined ? {} : unpublishedHeaders;
  return {
    ...toFeedHead(format, { ...feed, horizon: selection.horizon }, isPrivate ? privateHeaders : headers),
    version: answer.version,
    expiresAt:
      newer === undefined ? expiry(answer, asked, sources.now(), digests?.endsAt) : sources.now() + unpublishedMs,
    isCostly: answer.from !== 'window',
    join,
    joinNewer: async (sequence) => {
      const newer = selectAmong(selection, (entry) => entry.sequence > sequence);
      // No newer entry but another tag: an entry left the view, which only the whole document shows.
      return newer.entries.length === 0 ? undefined : await draftFeed(frames, format, head, newer).join();
    },
  };
}

/** The answer of a view as digests: they change when another period is over, or when shown entries change. */
async function answerDigests(
  sources: FeedSources,
  origin: string,
  place: ViewPlace,
  format: FeedFormat,
  { query, asked }: Question,
): Promise<(Answer & { readonly endsAt: Instant }) | undefined> {
  const { askDigests, selectDigests } = await import('./digests.ts');
  const version = (await sources.window.current())?.version ?? '';
  const digests = await askDigests(sources, origin, place, query, asked);
  if (digests === undefined) return undefined;
  const { totals, endsAt } = digests;
  return {
    selection: selectDigests(digests, format, asked),
    totals,
    version,
    from: 'archive',
    frames: sources.window.fresh()?.frames,
    endsAt,
  };
}

/**
 * The Archive's answer for a source that the window does not have yet, because it was just added. `undefined` when the
 * Archive does not have it either.
 */
async function answerNewSource(
  sources: FeedSources,
  place: ViewPlace,
  query: Query,
  format: FeedFormat,
  published: Answer,
): Promise<Answer | undefined> {
  const hasEntries = ({ totals }: Pick<Answer, 'totals'>): boolean =>
    totals.sources.some(({ id, count }) => id === place.name && count > 0);
  if (place.kind !== 'source' || published.from !== 'window' || hasEntries(published)) return undefined;
  const answer = await answerFromArchive(sources, query, format);
  return isPlaced(place, answer.totals) && (hasEntries(answer) || !isPlaced(place, published.totals))
    ? answer
    : undefined;
}

/** The last change of a view with an age: its bounds follow the clock, so it may have changed a moment ago. */
function lastModifiedOf(
  place: ViewPlace,
  query: Query,
  { selection, totals }: Answer,
  now: number,
): Instant | undefined {
  if (isAged(query)) return (Math.floor(now / agedViewMs) * agedViewMs) as Instant;
  return changedAt(place, query, selection.entries, totals);
}

function isAged({ since, until }: Query): boolean {
  return since?.kind === 'age' || until?.kind === 'age';
}

function expiry(answer: Answer, query: Query, now: number, endsAt?: number): number {
  if (answer.from === 'part') return now + archiveAnswerMs;
  if (endsAt !== undefined) return endsAt;
  if (answer.from === 'archive') return now + archiveAnswerMs;
  return isAged(query) ? now + agedViewMs : Number.POSITIVE_INFINITY;
}

/**
 * Drafts a view that is not remembered: reads the question, finds the entries, puts the frame around them.
 *
 * Loaded on demand: clients of the default feeds get documents that were finished when the window was published.
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

/** An answer of the Archive is reused this long: it may be ahead of the window, never far behind. Milliseconds. */
const archiveAnswerMs = 10_000;

/** A view bounded by an age changes with the clock; its edge may be this coarse. Milliseconds. */
const agedViewMs = 60_000;

/** A view behind a key is for one reader: no shared cache keeps it, no search engine, no other site learns its address. */
const privateHeaders = {
  // Asked for each time: a key that was revoked opens nothing from then on.
  'Cache-Control': 'private, no-cache',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex',
};

/** The feed of a source that is not published yet: soon it is. Milliseconds. */
const unpublishedMs = 5000;
const unpublishedHeaders = { 'Cache-Control': `public, max-age=${unpublishedMs / 1000}` };

/** A view that was asked for and understood. */
export interface AskedView extends Pick<KeptView, 'name'> {
  readonly isPrivate: boolean;
  /** Drafts it; a response says why there is none. */
  readonly draft: () => Promise<DraftedView | Response>;
}

/** A view whose bytes are not joined yet. */
export interface DraftedView extends Omit<KeptView, 'gzip' | 'plain'>, Pick<DraftedDocument, 'join'> {
  readonly isPrivate: boolean;
  /** The Archive was asked for it. */
  readonly isCostly: boolean;
  /** The document of the entries that changed after this sequence number; `undefined` when none did, or they are not there. */
  readonly joinNewer: (sequence: number) => ReturnType<DraftedDocument['join']>;
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
  const asked = { name: isPrivate ? `private ${address}` : address, isPrivate };
  const draft = async (): Promise<DraftedView | Response> => {
    const drafted = await draftView(sources, origin, place, format, question);
    return drafted instanceof Response ? drafted : { ...asked, ...drafted };
  };
  return { ...asked, draft };
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
  // Departures change a digest seldom, and its date never.
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
      // Nothing newer but another tag: an entry left the view, which only the whole document can tell.
      return newer.entries.length === 0 ? undefined : await draftFeed(frames, format, head, newer).join();
    },
  };
}

/** The answer of a view that is asked as digests: they change when another period is over, or with what is shown at all. */
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
 * The Archive's answer for a source that the window has nothing of: it was added since. `undefined` when the Archive has
 * nothing of it either.
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

/** What an age bounds changes with the clock, so it may have changed a moment ago. */
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

/**
 * Finds the feed that a person means: the address itself, the feeds that its page announces, the entries in the page's
 * own markup, then common paths. A candidate counts only after it was asked and read.
 */
import type { Defect, Document } from '../../../domain/document.ts';
import { describeFailure } from '../../../domain/failure.ts';
import type { Feed } from '../../../domain/feed.ts';
import type { UntrustedHtml } from '../../../domain/html.ts';
import type { HttpUrl } from '../../../domain/http-url.ts';
import type { PageSelectors } from '../../../domain/page-selectors.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { type SourceId, toSourceId } from '../../../domain/source.ts';
import { toInitialState } from '../../../domain/source-state.ts';
import { normalizeFeed } from '../../../feed/read/normalize-feed.ts';
import { discoverFeeds, type FeedLink, guessFeeds } from '../../../feed/read/page/page-feeds.ts';
import { readPageList } from '../../../feed/read/page-list/read-page-list.ts';
import { type RawDocument, readFeed } from '../../../feed/read/read-feed.ts';
import type { ArchiveOwner, SourceLookup, SourceReport } from '../../../pipeline/archive-owner.ts';
import { nextRequest } from '../../../pipeline/polling/request.ts';
import type { RefreshPorts } from '../../../pipeline/ports.ts';
import type { Retrieved } from '../../../pipeline/retrieval.ts';

/** A feed that was found, and the answer that holds it. */
export interface FoundFeed {
  readonly kind: 'found';
  /** The result: a feed, or a page that lists entries. */
  readonly as: 'feed' | 'page';
  readonly url: HttpUrl;
  readonly sourceId: SourceId;
  readonly answer: Retrieved;
  readonly lookup: SourceLookup;
  /** Absent when a former source has not changed since. */
  readonly reading?: {
    readonly format: RawDocument['format'];
    readonly feed: Feed<UntrustedHtml>;
    readonly defects: readonly Defect[];
  };
}

/** A feed that is already followed. */
export interface KnownFeed {
  readonly kind: 'known';
  readonly report: SourceReport;
}

/** An address that was tried, and why it does not work. */
export interface TriedAddress {
  readonly url: HttpUrl;
  readonly reason: string;
}

/** Nothing was found. `document` is the last document instead. */
export interface NothingFound {
  readonly tried: readonly TriedAddress[];
  readonly document?: Document;
}

/** How to look. */
export interface Search {
  /** Reads feeds that are already followed, too. */
  readonly passKnown?: boolean;
  /** The address is that of a page, and these are its selectors. */
  readonly page?: PageSelectors | undefined;
}

/** Several possible feeds: the owner chooses. */
export interface FeedChoice {
  readonly kind: 'choice';
  readonly feeds: readonly OfferedFeed[];
}

/** One of them, as it was read. */
export interface OfferedFeed {
  readonly url: HttpUrl;
  readonly title: string;
  /** The number of its entries, and the titles of the newest. */
  readonly entries: number;
  readonly newest: readonly string[];
  /** The page does not announce it: it was found at a common path. */
  readonly isGuess: boolean;
  /** The source that already follows it. */
  readonly known?: SourceId;
}

/** Feeds of one page that are read; each is a request. */
const maxRead = 8;

/** How many titles are shown, so that a person recognises the feed. */
const shownTitles = 3;

/** Finds the feed of what a person typed: `addresses` are the possible readings, the likeliest first. */
export async function findFeed(
  archive: ArchiveOwner,
  ports: RefreshPorts,
  addresses: readonly HttpUrl[],
  search: Search = {},
): Promise<Result<FoundFeed | KnownFeed | FeedChoice, NothingFound>> {
  const tried: TriedAddress[] = [];
  let page: Unreadable['page'];
  for (const url of addresses) {
    const first = await tryAddress(archive, ports, url, search);
    if (first.kind !== 'unreadable') return ok(first);
    tried.push({ url, reason: first.reason });
    page = first.page;
    // http is tried only when https did not answer.
    if (!first.isUnreachable) break;
  }
  if (page === undefined || search.page !== undefined) return fail({ tried, ...(page && { document: page.document }) });
  const look = async (url: HttpUrl): Promise<FoundFeed | KnownFeed | undefined> => {
    if (tried.some((other) => other.url === url)) return undefined;
    await ports.pause(ports.config.hostPauseMs);
    const found = await tryAddress(archive, ports, url, search);
    if (found.kind !== 'unreadable') return found;
    tried.push({ url, reason: found.reason });
    return undefined;
  };
  const links = discoverFeeds(page.document);
  if (links.length > 0) return readAnnounced(links, look, tried);
  const described = await readDescribed(archive, ports, page, search);
  if (described !== undefined) return ok(described);
  for (const url of guessFeeds(page.url)) {
    const found = await look(url);
    // A feed at a common path is offered, not followed: the site did not announce it.
    if (found?.kind === 'known') return ok(found);
    if (found !== undefined) return ok({ kind: 'choice', feeds: [toOffer(found, true)] });
  }
  return fail({ tried, document: page.document });
}

/** The entries in a page's own markup; `undefined` when it has none. */
async function readDescribed(
  archive: ArchiveOwner,
  ports: RefreshPorts,
  answer: Extract<Retrieved, { kind: 'document' }>,
  { passKnown = false }: Search,
): Promise<FoundFeed | KnownFeed | undefined> {
  const read = readPageList(answer.document, undefined, ports.now());
  if (!read.ok) return undefined;
  const lookup = await archive.lookUp([answer.url]);
  if (lookup.known !== undefined && !passKnown) return { kind: 'known', report: lookup.known };
  return toFound('page', answer.url, answer, lookup, read.value);
}

/** One readable feed is taken; of several, the owner chooses. */
async function readAnnounced(
  links: readonly FeedLink[],
  look: (url: HttpUrl) => Promise<FoundFeed | KnownFeed | undefined>,
  tried: readonly TriedAddress[],
): Promise<Result<FoundFeed | KnownFeed | FeedChoice, NothingFound>> {
  const ofArticles = links.filter(({ isComments }) => isComments !== true);
  const read: (FoundFeed | KnownFeed)[] = [];
  for (const { url } of (ofArticles.length > 0 ? ofArticles : links).slice(0, maxRead)) {
    const found = await look(url);
    if (found !== undefined) read.push(found);
  }
  const [only] = read;
  if (only === undefined) return fail({ tried });
  return ok(read.length === 1 ? only : { kind: 'choice', feeds: read.map((found) => toOffer(found, false)) });
}

function toOffer(found: FoundFeed | KnownFeed, isGuess: boolean): OfferedFeed {
  if (found.kind === 'known') {
    const { source, entries } = found.report;
    return { url: source.url, title: source.title, entries, newest: [], isGuess, known: source.id };
  }
  const { url, reading, lookup } = found;
  const entries = reading?.feed.entries ?? [];
  return {
    url,
    title: reading?.feed.title || new URL(url).host,
    entries: entries.length,
    newest: entries.flatMap(({ title }) => (title === '' ? [] : title)).slice(0, shownTitles),
    isGuess,
    ...(lookup.known === undefined ? {} : { known: lookup.known.source.id }),
  };
}

interface Unreadable {
  readonly kind: 'unreadable';
  readonly reason: string;
  /** No server answered: another scheme may help. */
  readonly isUnreachable: boolean;
  /** Absent when no document came that could announce a feed or be read as a page. */
  readonly page?: Extract<Retrieved, { kind: 'document' }>;
}

async function tryAddress(
  archive: ArchiveOwner,
  ports: RefreshPorts,
  url: HttpUrl,
  { passKnown = false, page }: Search,
): Promise<FoundFeed | KnownFeed | Unreadable> {
  const lookup = await archive.lookUp([url]);
  if (lookup.known !== undefined && !passKnown) return { kind: 'known', report: lookup.known };
  // A former source is asked with its validators: its entries are still in the archive.
  const state = passKnown ? toInitialState(ports.now()) : (lookup.formerState ?? toInitialState(ports.now()));
  const retrieved = await ports.retrieve(nextRequest(url, state, ports.now()));
  if (!retrieved.ok) {
    const isUnreachable = retrieved.failure.kind === 'network' || retrieved.failure.kind === 'timeout';
    return { kind: 'unreadable', reason: describeFailure(retrieved.failure), isUnreachable };
  }
  const answer = retrieved.value;
  const sourceId = lookup.known?.source.id ?? toSourceId(url);
  const moved = passKnown ? undefined : (await archive.lookUp([answer.url])).known;
  if (moved !== undefined) return { kind: 'known', report: moved };
  if (answer.kind === 'not-modified')
    return { kind: 'found', as: page === undefined ? 'feed' : 'page', url, sourceId, answer, lookup };
  const read = page === undefined ? readFeed(answer.document) : readPageList(answer.document, page, ports.now());
  if (!read.ok) {
    const reason = describeFailure(read.failure);
    return {
      kind: 'unreadable',
      reason,
      isUnreachable: false,
      ...(readable.includes(read.failure.kind) ? { page: answer } : {}),
    };
  }
  return toFound(page === undefined ? 'feed' : 'page', url, answer, lookup, read.value);
}

/** The failure for a page or JSON without a feed. */
const readable: readonly string[] = ['html-instead-of-feed', 'not-a-feed', 'no-items'];

function toFound(
  as: FoundFeed['as'],
  url: HttpUrl,
  answer: Extract<Retrieved, { kind: 'document' }>,
  lookup: SourceLookup,
  { raw, format, defects: found }: RawDocument,
): FoundFeed {
  const sourceId = lookup.known?.source.id ?? toSourceId(url);
  const { feed, defects } = normalizeFeed(raw, { sourceId, document: answer.document });
  const reading = { format, feed, defects: [...found, ...defects] };
  return { kind: 'found', as, url, sourceId, answer, lookup, reading };
}

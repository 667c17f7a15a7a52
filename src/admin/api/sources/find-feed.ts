/**
 * From what a person pasted to a feed that can be read: the address itself, the feeds its page announces, then the usual
 * paths. A candidate counts only once it was asked and read.
 */
import type { Defect } from '../../../domain/defect.ts';
import { describeFailure } from '../../../domain/failure.ts';
import type { Feed } from '../../../domain/feed.ts';
import type { UntrustedHtml } from '../../../domain/html.ts';
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { type SourceId, toSourceId } from '../../../domain/source.ts';
import { toInitialState } from '../../../domain/source-state.ts';
import { normalizeFeed } from '../../../feed/read/normalize-feed.ts';
import { discoverFeeds, wellKnownFeedPaths } from '../../../feed/read/page/page-feeds.ts';
import { type RawDocument, readFeed } from '../../../feed/read/read-feed.ts';
import type { ArchiveOwner, SourceLookup, SourceReport } from '../../../pipeline/archive-owner.ts';
import { nextRequest } from '../../../pipeline/polling/request.ts';
import type { RefreshPorts } from '../../../pipeline/ports.ts';
import type { Retrieved } from '../../../pipeline/retrieval.ts';

/** A feed that was found, with the answer it came in. */
export interface FoundFeed {
  readonly kind: 'found';
  readonly url: HttpUrl;
  readonly sourceId: SourceId;
  readonly answer: Retrieved;
  readonly lookup: SourceLookup;
  /** Absent when a source that was here before has not changed since. */
  readonly reading?: {
    readonly format: RawDocument['format'];
    readonly feed: Feed<UntrustedHtml>;
    readonly defects: readonly Defect[];
  };
}

/** A feed that a source follows already. */
export interface KnownFeed {
  readonly kind: 'known';
  readonly report: SourceReport;
}

/** An address that was tried, and why it will not do. */
export interface TriedAddress {
  readonly url: HttpUrl;
  readonly reason: string;
}

/** Feeds of one page that are tried, before the usual paths are; each is a request. */
const maxAnnounced = 3;

/** Finds the feed of an address. `passKnown` reads feeds that are followed already, too. */
export async function findFeed(
  archive: ArchiveOwner,
  ports: RefreshPorts,
  url: HttpUrl,
  passKnown = false,
): Promise<Result<FoundFeed | KnownFeed, readonly TriedAddress[]>> {
  const tried: TriedAddress[] = [];
  const first = await tryAddress(archive, ports, url, passKnown);
  if (first.kind !== 'unreadable') return ok(first);
  tried.push({ url, reason: first.reason });
  if (first.page === undefined) return fail(tried);
  const announced = discoverFeeds(first.page.document).map((link) => link.url);
  const usual = wellKnownFeedPaths.flatMap((path) => parseHttpUrl(path, first.page?.url) ?? []);
  // A page that announces feeds says where they are: guessing is for pages that announce none.
  const candidates = announced.length > 0 ? announced.slice(0, maxAnnounced) : usual;
  for (const candidate of candidates) {
    if (tried.some((other) => other.url === candidate)) continue;
    await ports.pause(ports.config.hostPauseMs);
    const found = await tryAddress(archive, ports, candidate, passKnown);
    if (found.kind !== 'unreadable') return ok(found);
    tried.push({ url: candidate, reason: found.reason });
  }
  return fail(tried);
}

interface Unreadable {
  readonly kind: 'unreadable';
  readonly reason: string;
  /** Absent when it is no page that could announce a feed. */
  readonly page?: Extract<Retrieved, { kind: 'document' }>;
}

async function tryAddress(
  archive: ArchiveOwner,
  ports: RefreshPorts,
  url: HttpUrl,
  passKnown: boolean,
): Promise<FoundFeed | KnownFeed | Unreadable> {
  const lookup = await archive.lookUp([url]);
  if (lookup.known !== undefined && !passKnown) return { kind: 'known', report: lookup.known };
  // A source that was here before is asked with the validators it had: its entries are still in the archive.
  const state = passKnown ? toInitialState(ports.now()) : (lookup.formerState ?? toInitialState(ports.now()));
  const retrieved = await ports.retrieve(nextRequest(url, state, ports.now()));
  if (!retrieved.ok) return { kind: 'unreadable', reason: describeFailure(retrieved.failure) };
  const answer = retrieved.value;
  const sourceId = lookup.known?.source.id ?? toSourceId(url);
  const moved = passKnown ? undefined : (await archive.lookUp([answer.url])).known;
  if (moved !== undefined) return { kind: 'known', report: moved };
  if (answer.kind === 'not-modified') return { kind: 'found', url, sourceId, answer, lookup };
  const read = readFeed(answer.document);
  if (!read.ok) {
    const reason = describeFailure(read.failure);
    return { kind: 'unreadable', reason, ...(read.failure.kind === 'html-instead-of-feed' ? { page: answer } : {}) };
  }
  const { feed, defects } = normalizeFeed(read.value.raw, { sourceId, document: answer.document });
  const reading = { format: read.value.format, feed, defects: [...read.value.defects, ...defects] };
  return { kind: 'found', url, sourceId, answer, lookup, reading };
}

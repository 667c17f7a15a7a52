/**
 * Archive documents by month: what a reader that was away follows back until it knows everything (RFC 5005 section 4).
 *
 * A month that is over never changes, so it may be kept for ever; the current one is no archive document yet, and
 * is not marked as one.
 */
import type { HttpUrl } from '../../domain/http-url.ts';
import type { Instant } from '../../domain/instant.ts';
import { type Month, parseMonth } from '../../domain/month.ts';
import { type FeedFormat, type FeedHead, feedFileNames, feedFormats } from '../../domain/view.ts';
import type { FrameTemplates } from '../../feed/render/xml-frame-template.ts';
import type { ArchiveMonth } from '../../pipeline/ports.ts';
import { parseQuery } from '../../query/language/parse-query.ts';
import { type Cursor, everything, isEverything, type Query } from '../../query/language/query.ts';
import { assembleFeed } from '../../window/assemble.ts';
import { finishFeed } from '../../window/finished-feed.ts';
import { archiveAddress, everywhere, feedAddress, pageAddress } from '../../window/view-address.ts';
import { toFeedHeaders, toFeedResponse } from '../feeds/feed-response.ts';
import type { FeedSources } from '../feeds/feeds.ts';
import { loadFrameTemplates } from '../feeds/frame-templates.ts';
import { createViewMemory, type RememberedView } from '../feeds/view-memory.ts';
import { toProblemResponse } from '../problem.ts';

/** The current month is made anew after this, a closed one is only dropped for room. Milliseconds. */
const currentMonthMs = 10_000;

const closedCacheControl = 'public, max-age=31536000, immutable';

const memoryBytes = 16 * 1024 * 1024;

/** Creates the handler for `/archive/{YYYY-MM}/{file}`; it owns the isolate's memory of archive documents. */
export function createArchiveFeeds(
  sources: FeedSources,
): (request: Request, name: string, format: FeedFormat) => Promise<Response> {
  const memory = createViewMemory(memoryBytes);
  return async (request, name, format) => {
    const known = memory.get(request.url);
    if (known !== undefined && known.expiresAt > sources.now()) return await toFeedResponse(request, known);
    const url = new URL(request.url);
    const month = parseMonth(name);
    const query = parseQuery(url.searchParams);
    if (month === undefined) return unknownMonth(name);
    if (!query.ok || hasFilter(query.value)) {
      return toProblemResponse({
        status: 400,
        title: 'The query cannot be understood',
        detail: 'Archive documents take no parameters but the "before" of their own links. Filter /rss.xml instead.',
      });
    }
    const { before } = query.value;
    const held = await sources.archive.month(month, before, format);
    if (held === undefined) return unknownMonth(name);
    const frames = sources.window.fresh()?.frames ?? (await loadFrameTemplates());
    const origin = sources.config.siteUrl ?? url.origin;
    const view = toView(
      held,
      toArchiveHead(sources, origin, month, before, format, held),
      format,
      sources.now(),
      frames,
    );
    memory.set(request.url, view);
    return await toFeedResponse(request, view);
  };
}

function hasFilter(query: Query): boolean {
  const { before: _, ...filter } = query;
  return !isEverything(filter);
}

function toView(
  held: ArchiveMonth,
  head: FeedHead,
  format: FeedFormat,
  now: number,
  frames: FrameTemplates,
): RememberedView {
  const fragments = held.ends.map((end, at) => held.bytes.subarray(at === 0 ? 0 : held.ends[at - 1], end));
  const selection = { entries: held.entries, fragments, more: false };
  const feed = finishFeed(frames, format, head, selection);
  const headers = toFeedHeaders(format, feed);
  return {
    ...feed,
    version: '',
    expiresAt: held.isClosed ? Number.POSITIVE_INFINITY : now + currentMonthMs,
    selection,
    headers: held.isClosed ? { ...headers, 'Cache-Control': closedCacheControl } : headers,
    assembleOnly: async (fewer) => assembleFeed(frames, format, head, fewer).body,
  };
}

function toArchiveHead(
  { config }: FeedSources,
  origin: string,
  month: Month,
  before: Cursor | undefined,
  format: FeedFormat,
  held: ArchiveMonth,
): FeedHead {
  const at = (address: string): HttpUrl => `${origin}${address}` as HttpUrl;
  const previous =
    held.rest === undefined
      ? held.previous && archiveAddress(held.previous, format)
      : archiveAddress(month, format, held.rest);
  return {
    // All documents of one feed have one id (RFC 5005 section 2).
    id: at(pageAddress(everywhere, everything)),
    title: `${config.siteTitle}: ${month}`,
    description: config.siteDescription,
    language: config.siteLanguage,
    siteUrl: at(pageAddress(everywhere, everything)),
    selfUrl: at(archiveAddress(month, format, before)),
    alternates: feedFormats
      .filter((other) => other !== format)
      .map((other) => ({ format: other, url: at(archiveAddress(month, other, before)) })),
    hubs: [],
    updated: held.entries.reduce<number>((newest, entry) => Math.max(newest, entry.modified), 0) as Instant,
    currentUrl: at(feedAddress(everywhere, format, everything)),
    ...(previous === undefined ? {} : { prevArchiveUrl: at(previous) }),
    ...(held.next === undefined ? {} : { nextArchiveUrl: at(archiveAddress(held.next, format)) }),
    isArchive: held.isClosed,
  };
}

function unknownMonth(name: string): Response {
  return toProblemResponse({
    status: 404,
    title: 'Unknown month',
    detail: `There is no archive document for "${name}". ${feedFileNames.atom} and its siblings link to the newest one as prev-archive.`,
  });
}

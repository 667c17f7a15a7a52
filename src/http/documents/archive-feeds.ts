/**
 * Serves archive documents by month, which a reader follows back after a pause until it has everything (RFC 5005 section
 * 4).
 *
 * A month that is over never changes, so clients may keep it for ever. The current month is not an archive document yet,
 * and is not marked as one.
 */
import type { HttpUrl } from '../../domain/http-url.ts';
import { type Month, parseMonth } from '../../domain/month.ts';
import { type FeedFormat, type FeedHead, feedFileNames, feedFormats } from '../../domain/view.ts';
import type { FrameTemplates } from '../../feed/render/xml-frame-template.ts';
import type { ArchiveMonth } from '../../pipeline/ports.ts';
import { parseQuery } from '../../query/language/parse-query.ts';
import { type Cursor, everything, isEverything, type Query } from '../../query/language/query.ts';
import { draftFeed } from '../../window/feed-document.ts';
import { nothingSelected } from '../../window/selection.ts';
import { archiveAddress, everywhere, feedAddress, pageAddress } from '../../window/view-address.ts';
import { changedAt } from '../../window/view-changes.ts';
import { commonLanguage } from '../../window/view-head.ts';
import { deflateFragments } from '../answer.ts';
import { toFeedHead } from '../feeds/feed-response.ts';
import type { FeedSources } from '../feeds/feeds.ts';
import { loadFrameTemplates } from '../feeds/frame-templates.ts';
import type { KeptView } from '../feeds/view-memory.ts';
import { toProblemResponse } from '../problem.ts';
import { type ReadyDocument, sendDocument } from '../send-document.ts';

/** How long the current month is reused; a closed month is only dropped for room. Milliseconds. */
const currentMonthMs = 10_000;

const closedCacheControl = 'public, max-age=31536000, immutable';

/** Creates the handler for `/archive/{YYYY-MM}/{file}`. */
export function createArchiveFeeds(
  sources: FeedSources,
): (request: Request, name: string, format: FeedFormat) => Promise<Response> {
  const { views } = sources;
  return async (request, name, format) => {
    const key = `month ${request.url}`;
    const known = views.find(key);
    if (known?.gzip !== undefined && known.expiresAt > sources.now()) {
      return await sendDocument(request, { ...known, gzip: known.gzip });
    }
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
    const view = await toView(
      held,
      toArchiveHead(sources, origin, month, before, format, held),
      format,
      sources.now(),
      frames,
    );
    views.keep({ ...view, name: key });
    return await sendDocument(request, view);
  };
}

function hasFilter(query: Query): boolean {
  const { before: _, ...filter } = query;
  return !isEverything(filter);
}

async function toView(
  held: ArchiveMonth,
  head: FeedHead,
  format: FeedFormat,
  now: number,
  frames: FrameTemplates,
): Promise<ReadyDocument & Pick<KeptView, 'expiresAt'>> {
  const fragments = await deflateFragments(held.bytes, held.ends);
  const feed = draftFeed(frames, format, head, {
    entries: held.entries,
    fragments: async () => fragments,
    more: false,
  });
  const gzip = await feed.join();
  if (gzip === undefined) throw new Error('fragments that are at hand were not joined');
  return {
    ...toFeedHead(format, feed, held.isClosed ? { 'Cache-Control': closedCacheControl } : {}),
    gzip,
    expiresAt: held.isClosed ? Number.POSITIVE_INFINITY : now + currentMonthMs,
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
  const updated = changedAt(everywhere, everything, held.entries, {});
  const entryLanguage = commonLanguage({ ...nothingSelected, entries: held.entries }, config);
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
    ...(updated === undefined ? {} : { updated }),
    ...(entryLanguage === undefined ? {} : { entryLanguage }),
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

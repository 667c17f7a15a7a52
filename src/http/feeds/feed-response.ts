/**
 * Makes the headers of a feed.
 */
import { type Instant, renderRfc3339 } from '../../domain/instant.ts';
import { type FeedFormat, feedMediaTypes } from '../../domain/view.ts';
import type { Cursor } from '../../query/language/query.ts';
import { type DocumentHead, toDocumentHead } from '../send-document.ts';

/** Clients may reuse a feed for five minutes, and show it for an hour while they fetch a newer one. */
const cacheControl = 'public, max-age=300, stale-while-revalidate=3600';

/** The body depends on whether a delta is asked for, and on whether a browser tab asks. */
const vary = 'A-IM, If-None-Match, Sec-Fetch-Dest';

/** The facts about a feed that its headers hold. */
export interface FeedFacts {
  readonly etag: string;
  readonly lastModified: Instant;
  readonly links: string;
  /** Set when the answer was bounded: entries before this instant were not looked at, and the next page begins with them. */
  readonly horizon?: Cursor | undefined;
}

/** The head of a feed document; `others` replace headers that feeds usually have. */
export function toFeedHead(
  format: FeedFormat,
  { etag, lastModified, links, horizon }: FeedFacts,
  others: Readonly<Record<string, string>> = {},
): DocumentHead {
  return toDocumentHead(
    { etag, lastModified },
    {
      'Content-Type': feedMediaTypes[format],
      'Cache-Control': cacheControl,
      Vary: vary,
      ...(links === '' ? {} : { Link: links }),
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link, IM, Tributary-Horizon',
      ...(horizon === undefined ? {} : { 'Tributary-Horizon': renderRfc3339(horizon.sortAt) }),
      ...others,
    },
  );
}

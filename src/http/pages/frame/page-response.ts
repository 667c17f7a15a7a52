/**
 * Pages as HTTP responses: made once per window, sent from memory, with the headers that keep them harmless.
 */
import { type Instant, renderRfc822 } from '../../../domain/instant.ts';
import type { Query } from '../../../query/language/query.ts';
import type { AssembledDocument } from '../../../window/assemble.ts';
import { isNotModified } from '../../conditional.ts';
import type { FeedSources } from '../../feeds/feeds.ts';
import { createViewMemory } from '../../feeds/view-memory.ts';
import { pageHeaders } from './page-headers.ts';

/** A page as it was made, ready to be sent again. */
export interface MadePage extends AssembledDocument {
  /** Version of the window it was made from; absent when it depends on none. */
  readonly version?: string;
  /** Epoch milliseconds after which it must be made anew; absent = never. */
  readonly expiresAt?: number;
  /** Beside those of every page. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Headers are kept as the runtime's own objects: copying those is cheaper than reading a record once more. */
interface RememberedPage extends Omit<MadePage, 'headers'> {
  readonly headers: Headers;
  /** Those of a 304: what a cache needs to go on using what it has (RFC 9110 section 15.4.5). */
  readonly unchangedHeaders: Headers;
}

/** Sends the page at the request's URL; `make` is called when it is not in memory. */
export type SendPage = (request: Request, make: (url: URL) => Promise<MadePage | Response>) => Promise<Response>;

/** Pages are smaller than feeds, and fewer are asked for often. Bytes. */
const memoryBytes = 12 * 1024 * 1024;

/** Browsers may show a page for a minute, and an older one while they fetch anew. */
const usualCaching = 'public, max-age=60, stale-while-revalidate=600';

/** Creates the sender; it owns the isolate's memory of pages. */
export function createSendPage({ window, now }: Pick<FeedSources, 'window' | 'now'>): SendPage {
  const memory = createViewMemory<RememberedPage>(memoryBytes);
  const isFresh = async (page: RememberedPage): Promise<boolean> =>
    (page.expiresAt === undefined || page.expiresAt > now()) &&
    (page.version === undefined || page.version === (window.fresh() ?? (await window.index()))?.version);
  return async (request, make) => {
    const known = memory.get(request.url);
    if (known !== undefined && (await isFresh(known))) return toResponse(request, known);
    const made = await make(new URL(request.url));
    if (made instanceof Response) return made;
    const page = toRemembered(made);
    memory.set(request.url, page);
    return toResponse(request, page);
  };
}

function toRemembered(page: MadePage): RememberedPage {
  const { Vary, 'Cache-Control': kept = usualCaching, ...others } = page.headers ?? {};
  const unchanged = {
    ETag: page.etag,
    'Last-Modified': renderRfc822(page.lastModified),
    'Cache-Control': kept,
    ...(Vary === undefined ? {} : { Vary }),
  };
  const headers = new Headers({ ...pageHeaders, ...unchanged, ...others });
  return { ...page, headers, unchangedHeaders: new Headers(unchanged) };
}

function toResponse(request: Request, page: RememberedPage): Response {
  if (isNotModified(request, page.etag, page.lastModified)) {
    return new Response(null, { status: 304, headers: page.unchangedHeaders });
  }
  return new Response(request.method === 'HEAD' ? null : page.body, { headers: page.headers });
}

/** What `assemble` needs for a page that shows no instant of an entry. */
export const noInstant = 0 as Instant;

/** An answer of the Archive may be ahead of the window, never far behind. Milliseconds. */
const archiveAnswerMs = 10_000;

/** A view bounded by an age changes with the clock; its edge may be this coarse. Milliseconds. */
const agedViewMs = 60_000;

/** How long a page may be sent again while the window stays the same: until this epoch millisecond. */
export function expiryOf(from: 'window' | 'archive', query: Query, now: number): number {
  if (from === 'archive') return now + archiveAnswerMs;
  const isAged = query.since?.kind === 'age' || query.until?.kind === 'age';
  return isAged ? now + agedViewMs : Number.POSITIVE_INFINITY;
}

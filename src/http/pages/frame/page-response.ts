/**
 * Sends pages as HTTP responses: made once per window, sent from memory, with headers that keep them safe.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { Query } from '../../../query/language/query.ts';
import type { DraftedDocument } from '../../../window/assemble.ts';
import type { Answer, FeedSources } from '../../answer.ts';
import type { KeptView } from '../../feeds/view-memory.ts';
import { answerWithoutBody, sendDocument, toDocumentHead } from '../../send-document.ts';
import { pageHeaders } from './page-assets.ts';

/** A finished page whose bytes are not joined yet. */
export interface MadePage extends DraftedDocument {
  /** Version of its window; absent when it depends on none. */
  readonly version?: string;
  /** When it must be made anew, in epoch milliseconds; absent = never. */
  readonly expiresAt?: number;
  /** Headers in addition to those of every page. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends the page at the request's URL; calls `make` when it is not in memory. */
export type SendPage = (request: Request, make: (url: URL) => Promise<MadePage | Response>) => Promise<Response>;

/** Browsers may show a page for a minute, and an older one while they fetch anew. */
const usualCaching = 'public, max-age=60, stale-while-revalidate=600';

/** Creates the sender. @param kind separates what one address shows to different clients */
export function createSendPage({ window, now, views }: FeedSources, kind: string): SendPage {
  const isFresh = async ({ expiresAt, version }: KeptView): Promise<boolean> =>
    expiresAt > now() && (version === undefined || version === (window.fresh() ?? (await window.index()))?.version);
  return async (request, make) => {
    const name = `${kind} ${request.url}`;
    const known = views.find(name);
    if (known?.gzip !== undefined && (await isFresh(known))) {
      return await sendDocument(request, { ...known, gzip: known.gzip });
    }
    // When a part of the window is missing, the second page comes from the Archive's answer.
    for (let attempt = 0; attempt < 2; attempt += 1) {
      // An older page is better than none.
      const stale = known?.gzip;
      const made = await make(new URL(request.url)).catch(async (error: unknown) => {
        if (known === undefined || stale === undefined) throw error;
        return await sendDocument(request, { ...known, gzip: stale });
      });
      if (made instanceof Response) return made;
      const page = toKeptPage(name, made);
      const unchanged = known?.etag === page.etag ? known.gzip : undefined;
      const short = unchanged === undefined ? answerWithoutBody(request, page) : undefined;
      if (short !== undefined) return short;
      const gzip = unchanged ?? (await made.join());
      if (gzip === undefined) continue;
      views.keep({ ...page, gzip });
      return await sendDocument(request, { ...page, gzip });
    }
    throw new Error('neither the window nor the Archive gave the cards of a page');
  };
}

function toKeptPage(name: string, { etag, lastModified, headers, expiresAt, version }: MadePage): KeptView {
  return {
    name,
    ...toDocumentHead({ etag, lastModified }, { ...pageHeaders, 'Cache-Control': usualCaching, ...headers }),
    expiresAt: expiresAt ?? Number.POSITIVE_INFINITY,
    ...(version === undefined ? {} : { version }),
  };
}

/** The date that `assemble` needs, for a page that shows none. */
export const noInstant = 0 as Instant;

/** How long an answer of the Archive is reused: it may be newer than the window, and never much older. Milliseconds. */
const archiveAnswerMs = 10_000;

/** How long a view with an age is reused, because its bounds follow the clock. Milliseconds. */
const agedViewMs = 60_000;

/** Until when a page may be sent again while the window stays the same. Epoch milliseconds. */
export function expiryOf(answer: Answer, query: Query, now: number): number {
  if (answer.from !== 'window') return now + archiveAnswerMs;
  const isAged = query.since?.kind === 'age' || query.until?.kind === 'age';
  return isAged ? now + agedViewMs : Number.POSITIVE_INFINITY;
}

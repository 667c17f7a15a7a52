/**
 * Pages as HTTP responses: made once per window, sent from memory, with the headers that keep them harmless.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { Query } from '../../../query/language/query.ts';
import type { DraftedDocument } from '../../../window/assemble.ts';
import type { Answer, FeedSources } from '../../answer.ts';
import type { KeptView } from '../../feeds/view-memory.ts';
import { answerWithoutBody, sendDocument, toDocumentHead } from '../../send-document.ts';
import { pageHeaders } from './page-assets.ts';

/** A page that was made, but for the joining of its bytes. */
export interface MadePage extends DraftedDocument {
  /** Version of the window it was made from; absent when it depends on none. */
  readonly version?: string;
  /** Epoch milliseconds after which it must be made anew; absent = never. */
  readonly expiresAt?: number;
  /** Beside those of every page. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends the page at the request's URL; `make` is called when it is not in memory. */
export type SendPage = (request: Request, make: (url: URL) => Promise<MadePage | Response>) => Promise<Response>;

/** Browsers may show a page for a minute, and an older one while they fetch anew. */
const usualCaching = 'public, max-age=60, stale-while-revalidate=600';

/** Creates the sender. @param kind keeps apart what one address shows to different clients */
export function createSendPage({ window, now, views }: FeedSources, kind: string): SendPage {
  const isFresh = async ({ expiresAt, version }: KeptView): Promise<boolean> =>
    expiresAt > now() && (version === undefined || version === (window.fresh() ?? (await window.index()))?.version);
  return async (request, make) => {
    const name = `${kind} ${request.url}`;
    const known = views.find(name);
    if (known?.gzip !== undefined && (await isFresh(known))) {
      return await sendDocument(request, { ...known, gzip: known.gzip });
    }
    // When a part of the window turns out not to be there, the second page is made of the Archive's answer.
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

/** What `assemble` needs for a page that shows no instant of an entry. */
export const noInstant = 0 as Instant;

/** An answer of the Archive may be ahead of the window, never far behind. Milliseconds. */
const archiveAnswerMs = 10_000;

/** A view bounded by an age changes with the clock; its edge may be this coarse. Milliseconds. */
const agedViewMs = 60_000;

/** How long a page may be sent again while the window stays the same: until this epoch millisecond. */
export function expiryOf(answer: Answer, query: Query, now: number): number {
  if (answer.from !== 'window') return now + archiveAnswerMs;
  const isAged = query.since?.kind === 'age' || query.until?.kind === 'age';
  return isAged ? now + agedViewMs : Number.POSITIVE_INFINITY;
}

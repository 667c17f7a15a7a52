/**
 * Defines why a document could not be retrieved or read. Failures are plain data, so they cross queues, RPC and storage.
 *
 * Each kind carries the evidence that a person needs to act on it. `describeFailure` puts it into words.
 */
import type { HttpUrl } from './http-url.ts';

/** The document arrived but is not a feed we can read. */
export type ReadFailure =
  | { readonly kind: 'empty-document' }
  /** An HTML page came instead of a feed; `feeds` are the ones it announces with `rel=alternate`. */
  | { readonly kind: 'html-instead-of-feed'; readonly feeds: readonly HttpUrl[] }
  | { readonly kind: 'not-a-feed'; readonly detail: string }
  /** No entry was found in a page without a feed, most often because the page's design changed. */
  | { readonly kind: 'no-items'; readonly detail: string }
  | { readonly kind: 'too-large'; readonly limitBytes: number };

/** The document could not be retrieved. */
export type RetrieveFailure =
  | { readonly kind: 'refused-address'; readonly detail: string }
  | { readonly kind: 'timeout'; readonly phase: 'connect' | 'headers' | 'body'; readonly limitMs: number }
  | { readonly kind: 'too-large'; readonly limitBytes: number }
  | { readonly kind: 'too-many-redirects'; readonly limit: number }
  | { readonly kind: 'bad-redirect'; readonly detail: string }
  /** `retryAfterMs` is what `host` (the one that answered, after redirects) asked for. */
  | { readonly kind: 'http-status'; readonly status: number; readonly retryAfterMs?: number; readonly host?: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'blocked'; readonly detail: string }
  /**
   * `phase` is `body` when the server had begun to send a document. `isUnreachable`: no server was reached at all, as when
   * this machine is offline.
   */
  | {
      readonly kind: 'network';
      readonly detail: string;
      readonly phase?: 'headers' | 'body';
      readonly isUnreachable?: boolean;
    };

/** A page was read but holds no article text. */
export type PageFailure = { readonly kind: 'no-article'; readonly detail: string };

/** An archived article (seed file) that cannot be an entry. `line` is 1-based. */
export type SeedFailure = { readonly kind: 'bad-seed'; readonly line: number; readonly reason: string };

/** A bug of ours or of the runtime, met while working on one source. */
export type UnexpectedFailure = { readonly kind: 'unexpected'; readonly detail: string };

/** Every expected inability. */
export type Failure = ReadFailure | RetrieveFailure | PageFailure | SeedFailure | UnexpectedFailure;

/** One sentence for the owner: what happened. */
export function describeFailure(failure: Failure): string {
  switch (failure.kind) {
    case 'empty-document':
      return 'The document is empty.';
    case 'html-instead-of-feed':
      return failure.feeds.length > 0
        ? `A web page came instead of a feed; it announces ${failure.feeds.join(', ')}.`
        : 'A web page came instead of a feed, and it announces none.';
    case 'not-a-feed':
      return `The document is not a feed: ${failure.detail}`;
    case 'no-items':
      return `No entries were found in the page: ${failure.detail}.`;
    case 'too-large':
      return `The document is larger than ${failure.limitBytes} bytes.`;
    case 'refused-address':
      return `The address is refused: ${failure.detail}`;
    case 'timeout':
      return `No answer in time: ${failure.phase} took longer than ${failure.limitMs} ms.`;
    case 'too-many-redirects':
      return `More than ${failure.limit} redirects.`;
    case 'bad-redirect':
      return `The redirect cannot be followed: ${failure.detail}`;
    case 'http-status':
      return `The server answered ${failure.status}.`;
    case 'gone':
      return 'The server says the document is gone for good (410).';
    case 'blocked':
      return `The site blocks automated readers: ${failure.detail}`;
    case 'network':
      return `The connection failed: ${failure.detail}`;
    case 'no-article':
      return `No article was found in the page: ${failure.detail}`;
    case 'bad-seed':
      return `Line ${failure.line}: ${failure.reason}`;
    case 'unexpected':
      return `Unexpected: ${failure.detail}`;
  }
}

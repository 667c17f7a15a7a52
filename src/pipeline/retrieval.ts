/**
 * Defines the port of the retriever: its requests, and every kind of answer, as plain data.
 *
 * The polling rules use these types; `platform/retrieve/retrieve-upstream.ts` sends the requests.
 */
import type { Document, Validators } from '../domain/document.ts';
import type { RetrieveFailure } from '../domain/failure.ts';
import type { HttpUrl } from '../domain/http-url.ts';
import type { Result } from '../domain/result.ts';
import type { SourceRequest } from '../domain/source.ts';
import type { FreshnessHeaders } from '../domain/source-state.ts';

/** One request to one URL. Made by `nextRequest`. */
export interface RetrieveRequest {
  readonly url: HttpUrl;
  /** Empty for an unconditional request. */
  readonly validators: Validators;
  /** The URL that gave the validators, when it is not `url`: they are sent to these two and to no other hop. */
  readonly validatorsFrom?: HttpUrl;
  readonly accept: 'feed' | 'page' | 'picture';
  /** What requests of the source say; sent to its own origin only. */
  readonly own?: SourceRequest;
}

/** A host that asked us to wait (`Retry-After`). */
export interface HostPause {
  /** Lower case, with the port where it is not the scheme's own. */
  readonly host: string;
  readonly ms: number;
}

/** The facts that every successful answer has, with or without a document. */
export interface Answer {
  /** The URL that answered in the end, after redirects. */
  readonly url: HttpUrl;
  /** As received, byte for byte; on a 304 only what it repeated. */
  readonly validators: Validators;
  readonly freshness: FreshnessHeaders;
  /** `permanentTo`: the end of the leading run of 301 and 308, when there was one. */
  readonly redirects: { readonly permanentTo?: HttpUrl };
  /** Redirects that carried `Retry-After`; usually none. */
  readonly pauses: readonly HostPause[];
  /** True when validators were sent to `url`. */
  readonly conditional: boolean;
}

/** A document, or the answer that ours is still current. */
export type Retrieved =
  | (Answer & { readonly kind: 'document'; readonly document: Document; readonly bytesDigest: string })
  | (Answer & { readonly kind: 'not-modified' });

/** Requests one URL. Never throws; each failure carries its evidence. */
export type Retrieve = (request: RetrieveRequest) => Promise<Result<Retrieved, RetrieveFailure>>;

/**
 * Requests one URL politely: conditionally, with our name, within bounds of time and size, and never at a private
 * address.
 *
 * Redirects are followed by hand, each hop through the address guard. Nothing is thrown: every outcome is data. A public
 * name that resolves to a private address cannot be seen here (see domain/address-guard.ts).
 * @see RFC 9110 sections 13.1 and 15.4, RFC 9111 section 4.3
 */
import { type AddressPolicy, refuseAddress } from '../../domain/address-guard.ts';
import type { Document } from '../../domain/document.ts';
import type { RetrieveFailure } from '../../domain/failure.ts';
import { fingerprint } from '../../domain/fingerprint.ts';
import { type HttpUrl, hostOf } from '../../domain/http-url.ts';
import type { Instant } from '../../domain/instant.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { parseRetryAfter } from '../../pipeline/host-pause.ts';
import { isConditional } from '../../pipeline/polling/request.ts';
import type { Answer, HostPause, Retrieve, Retrieved, RetrieveRequest } from '../../pipeline/retrieval.ts';
import { discardBody, readBody } from './body.ts';
import { readBlock, readFreshnessHeaders, readValidators, requestHeaders, validatorsFor } from './headers.ts';
import { type FetchUpstream, fetchHop } from './hop.ts';
import { createPlace, type HostPlaces, type Place } from './host-place.ts';
import { followRedirect, isPermanent, isRedirect, withoutFragment } from './redirect.ts';

/** What a retriever needs from outside, and its settings. */
export interface RetrieverOptions extends AddressPolicy {
  readonly fetch: FetchUpstream;
  readonly now: () => Instant;
  /** Made by `toUserAgent`. */
  readonly userAgent: string;
  /** `FETCH_TIMEOUT_MS`: for the headers of each hop, and again for the body. */
  readonly timeoutMs: number;
  /** `MAX_BODY_BYTES`, decompressed. */
  readonly maxBodyBytes: number;
  /** Places at hosts that redirects lead to; the caller has one at the first host. */
  readonly places: HostPlaces;
}

/** Most hops after the first request: a feed that needs more is broken, and each one is a subrequest. */
export const maxRedirects = 5;

/** All hops and the body together take at most this many times `timeoutMs`. */
const totalTimeouts = 2;

/** Creates the function that requests feeds and pages. */
export function createRetriever(options: RetrieverOptions): Retrieve {
  return async (request) => {
    try {
      return await retrieve(request, options);
    } catch (error) {
      // Unexpected: each await below turns its errors into failures. A bug of ours must not count against a source.
      return fail({ kind: 'network', detail: String(error).slice(0, 200) });
    }
  };
}

/** The state of a request under way. */
interface Way {
  readonly url: HttpUrl;
  readonly isPermanent: boolean;
  readonly permanentTo?: HttpUrl;
  readonly pauses: readonly HostPause[];
  readonly visited: readonly HttpUrl[];
}

async function retrieve(
  request: RetrieveRequest,
  options: RetrieverOptions,
): Promise<Result<Retrieved, RetrieveFailure>> {
  const place = createPlace(options.places, hostOf(request.url));
  try {
    return await followWay(request, options, place);
  } finally {
    await place.leave();
  }
}

async function followWay(
  request: RetrieveRequest,
  options: RetrieverOptions,
  place: Place,
): Promise<Result<Retrieved, RetrieveFailure>> {
  let endAt = options.now() + totalTimeouts * options.timeoutMs;
  let way: Way = { url: withoutFragment(request.url), isPermanent: true, pauses: [], visited: [] };
  for (;;) {
    const refusal = refuseAddress(way.url, options);
    if (refusal !== undefined) return fail({ kind: 'refused-address', detail: refusal });
    const arrivedAt = options.now();
    const refusedPlace = await place.moveTo(hostOf(way.url));
    if (refusedPlace !== undefined) return fail({ kind: 'network', detail: refusedPlace });
    endAt += options.now() - arrivedAt;
    const sent = validatorsFor(request, way.url);
    const headers = requestHeaders(request, sent, options.userAgent, way.url);
    const hop = await fetchHop(options.fetch, way.url, headers, timeLeft(options, endAt));
    if (!hop.ok) return hop;
    const response = hop.value;
    if (!isRedirect(response.status) || readBlock(response.headers) !== undefined) {
      return readAnswer(response, way, isConditional(sent), options, timeLeft(options, endAt));
    }
    discardBody(response);
    const next = stepOn(way, response, options.now());
    if (!next.ok) return next;
    way = next.value;
  }
}

function timeLeft(options: RetrieverOptions, endAt: number): number {
  return Math.max(1, Math.min(options.timeoutMs, endAt - options.now()));
}

function stepOn(way: Way, response: Response, now: Instant): Result<Way, RetrieveFailure> {
  if (way.visited.length >= maxRedirects) return fail({ kind: 'too-many-redirects', limit: maxRedirects });
  const target = followRedirect(response, way.url);
  if (!target.ok) return target;
  const url = target.value;
  const visited = [...way.visited, way.url];
  if (visited.includes(url))
    return fail({ kind: 'bad-redirect', detail: `it leads in a circle, back to ${withoutQuery(url)}` });
  const staysPermanent = way.isPermanent && isPermanent(response.status, way.url, url);
  const pauseMs = parseRetryAfter(response.headers.get('retry-after') ?? undefined, now);
  return ok({
    url,
    visited,
    isPermanent: staysPermanent,
    ...(staysPermanent ? { permanentTo: url } : way.permanentTo !== undefined && { permanentTo: way.permanentTo }),
    pauses: pauseMs === undefined ? way.pauses : [...way.pauses, { host: hostOf(way.url), ms: pauseMs }],
  });
}

/** Removes the query, which may be signed for one request. */
function withoutQuery(url: HttpUrl): string {
  return url.replace(/\?.*/s, '');
}

/** The answer at the end of the redirects: a document, a 304 to our conditional request, or a failure. */
async function readAnswer(
  response: Response,
  way: Way,
  conditional: boolean,
  options: RetrieverOptions,
  limitMs: number,
): Promise<Result<Retrieved, RetrieveFailure>> {
  const blocked = readBlock(response.headers);
  // 203 is a 200 that a proxy changed; 206, 226 and similar ones are parts, which must not be taken for the whole.
  if (blocked === undefined && (response.status === 200 || response.status === 203)) {
    return readDocument(response, way, conditional, options, limitMs);
  }
  discardBody(response);
  if (blocked !== undefined) return fail({ kind: 'blocked', detail: blocked });
  if (response.status === 304 && conditional)
    return ok({ kind: 'not-modified', ...toAnswer(response, way, conditional) });
  return fail(toStatusFailure(response, way, options.now()));
}

function toAnswer(response: Response, way: Way, conditional: boolean): Answer {
  return {
    url: way.url,
    validators: readValidators(response.headers),
    freshness: readFreshnessHeaders(response.headers),
    redirects: way.permanentTo === undefined ? {} : { permanentTo: way.permanentTo },
    pauses: way.pauses,
    conditional,
  };
}

async function readDocument(
  response: Response,
  way: Way,
  conditional: boolean,
  options: RetrieverOptions,
  limitMs: number,
): Promise<Result<Retrieved, RetrieveFailure>> {
  const body = await readBody(response, { limitBytes: options.maxBodyBytes, limitMs });
  if (!body.ok) return body;
  const contentType = response.headers.get('content-type');
  const contentLanguage = response.headers.get('content-language');
  const contentLocation = response.headers.get('content-location');
  const links = response.headers.get('link');
  const document: Document = {
    bytes: body.value,
    url: way.url,
    ...(contentType !== null && { contentType }),
    ...(contentLanguage !== null && { contentLanguage }),
    ...(contentLocation !== null && { contentLocation }),
    ...(links !== null && { links }),
  };
  return ok({
    kind: 'document',
    document,
    bytesDigest: fingerprint(body.value),
    ...toAnswer(response, way, conditional),
  });
}

/** 410 is believed when only permanent redirects led to it: a temporary one may lead elsewhere tomorrow. */
function toStatusFailure(response: Response, way: Way, now: Instant): RetrieveFailure {
  if (response.status === 410 && way.isPermanent) return { kind: 'gone' };
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after') ?? undefined, now);
  return {
    kind: 'http-status',
    status: response.status,
    ...(retryAfterMs !== undefined && { retryAfterMs, host: hostOf(way.url) }),
  };
}

/**
 * Makes the header fields of a request, and reads those of an answer.
 *
 * No cookies, no referrer, no language: every reader of a feed gets the same document.
 */

import type { Validators } from '../../domain/document.ts';
import type { HttpUrl } from '../../domain/http-url.ts';
import { isRequestFor, type SourceRequest } from '../../domain/source.ts';
import type { FreshnessHeaders } from '../../domain/source-state.ts';
import type { RetrieveRequest } from '../../pipeline/retrieval.ts';

/** Feed types first and HTML last: servers that negotiate give a feed, servers that look for `text/html` first do not see a browser. */
const accept: Readonly<Record<RetrieveRequest['accept'], string>> = {
  feed:
    'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, ' +
    'application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.2, */*;q=0.1',
  page: 'application/xhtml+xml;q=0.9, text/html, */*;q=0.1',
  picture: 'image/png, image/webp, image/x-icon, image/*;q=0.8',
};

/**
 * A longer validator is not kept: servers would refuse a request with it (common limit of all headers: 8 KB), and the
 * source would be lost. Unit: characters.
 */
const maxValidatorLength = 2048;

/** A longer value is no sensible cache directive or date. Unit: characters. */
const maxFreshnessLength = 512;

/** The header fields of a request with these validators, byte for byte; one that cannot be sent again is left out. */
export function requestHeaders(
  { accept: kind, own }: Pick<RetrieveRequest, 'accept' | 'own'>,
  validators: Validators,
  userAgent: string,
  url: HttpUrl,
): Headers {
  // The local runtime asks for no compression by itself, and decodes what comes, as Cloudflare does.
  const headers = new Headers({ 'user-agent': userAgent, accept: accept[kind], 'accept-encoding': 'gzip, br' });
  if (validators.etag !== undefined) headers.set('if-none-match', validators.etag);
  if (validators.lastModified !== undefined) headers.set('if-modified-since', validators.lastModified);
  if (own !== undefined && isRequestFor(own, url)) sayOwn(headers, own);
  return headers;
}

function sayOwn(headers: Headers, { userAgent, headers: own = {}, basicAuth }: SourceRequest): void {
  for (const [name, value] of Object.entries(own)) headers.set(name, value);
  if (userAgent !== undefined) headers.set('user-agent', userAgent);
  if (basicAuth === undefined) return;
  const login = new TextEncoder().encode(`${basicAuth.user}:${basicAuth.password}`);
  headers.set('authorization', `Basic ${btoa(String.fromCharCode(...login))}`);
}

/**
 * The validators for one hop: they go to the URL that gave them, and to the URL of the source that led there. The latter
 * ignores them while it redirects (RFC 9110 section 13.2.1); a 304 from it is detected and not believed.
 */
export function validatorsFor(request: RetrieveRequest, hop: HttpUrl): Validators {
  const { url, validators, validatorsFrom = url } = request;
  return sameDocument(hop, url) || sameDocument(hop, validatorsFrom) ? sendable(validators) : {};
}

/** The validators of an answer, as received. */
export function readValidators(headers: Headers): Validators {
  const etag = headers.get('etag') ?? '';
  const lastModified = headers.get('last-modified') ?? '';
  return sendable({ etag, lastModified });
}

/** The header fields that say how long the answer stays fresh, as received. */
export function readFreshnessHeaders(headers: Headers): FreshnessHeaders {
  const [cacheControl, expires, date, age] = ['cache-control', 'expires', 'date', 'age'].map((name) => {
    const value = headers.get(name);
    return value === null || value.length > maxFreshnessLength ? undefined : value;
  });
  return {
    ...(cacheControl !== undefined && { cacheControl }),
    ...(expires !== undefined && { expires }),
    ...(date !== undefined && { date }),
    ...(age !== undefined && { age }),
  };
}

/** Names the bot protection that sent a challenge instead of the document; `undefined` when none did. */
export function readBlock(headers: Headers): string | undefined {
  for (const name of ['cf-mitigated', 'x-vercel-mitigated', 'x-amzn-waf-action']) {
    const value = headers.get(name);
    if (value !== null) return `${name}: ${value.slice(0, 100)}`;
  }
  return undefined;
}

function sendable({ etag, lastModified }: Validators): Validators {
  return {
    ...(isSendable('if-none-match', etag) && { etag }),
    ...(isSendable('if-modified-since', lastModified) && { lastModified }),
  };
}

function isSendable(name: string, value: string | undefined): value is string {
  if (value === undefined || value === '' || value.length > maxValidatorLength) return false;
  // workerd decodes header bytes as UTF-8: other bytes are lost and cannot be sent back byte for byte.
  if (value.includes('\ufffd')) return false;
  // Most validators are printable ASCII without spaces at the ends.
  if (/^[!-~](?:[ -~]*[!-~])?$/.test(value)) return true;
  try {
    return new Headers({ [name]: value }).get(name) === value;
  } catch {
    return false;
  }
}

function sameDocument(a: HttpUrl, b: HttpUrl): boolean {
  return a.split('#')[0] === b.split('#')[0];
}

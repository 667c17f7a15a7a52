/**
 * Sends a document that is stored as gzip: 200, 304 or HEAD; inflated for a client that does not accept gzip.
 *
 * Feeds, lists and pages are all sent here. Cloudflare compresses neither Atom nor JSON Feed nor OPML.
 */
import { type Instant, renderRfc822 } from '../domain/instant.ts';
import { inflate } from '../window/compress.ts';
import { gzipTag, isNotModified } from './conditional.ts';

/** The head of a document, known before its bytes. */
export interface DocumentHead {
  /** Names the document, whatever its encoding. */
  readonly etag: string;
  readonly lastModified: Instant | undefined;
  /** Headers of a 200 with gzip. A Headers object: copying it costs less than making one. */
  readonly headers: Headers;
  /** Headers of a 304: those that a cache needs to go on using its copy (RFC 9110 section 15.4.5). */
  readonly unchangedHeaders: Headers;
}

/** A document ready to be sent. */
export interface ReadyDocument extends DocumentHead {
  readonly gzip: Uint8Array<ArrayBuffer>;
  /** The inflated bytes, when clients without gzip asked more than once. */
  readonly plain?: Uint8Array<ArrayBuffer>;
}

/** Headers that a 304 keeps. */
const keptHeaders = ['ETag', 'Cache-Control', 'Vary', 'Access-Control-Allow-Origin'];

/**
 * The head of a document, with the headers of its kind. A document without a date has the epoch as `lastModified`, and
 * gets no `Last-Modified`.
 */
export function toDocumentHead(
  { etag, lastModified: newest = 0 as Instant }: Pick<DocumentHead, 'etag' | 'lastModified'>,
  others: Readonly<Record<string, string>>,
): DocumentHead {
  const lastModified = newest > 0 ? newest : undefined;
  const headers = new Headers(others);
  headers.set('ETag', gzipTag(etag));
  if (lastModified !== undefined) headers.set('Last-Modified', renderRfc822(lastModified));
  headers.set('Content-Encoding', 'gzip');
  headers.set('Vary', others['Vary'] === undefined ? 'Accept-Encoding' : `Accept-Encoding, ${others['Vary']}`);
  headers.set('X-Content-Type-Options', 'nosniff');
  const unchangedHeaders = new Headers();
  for (const name of keptHeaders) {
    const value = headers.get(name);
    if (value !== null) unchangedHeaders.set(name, value);
  }
  return { etag, lastModified, headers, unchangedHeaders };
}

/** The answers without a body: 304 when the client has the document, or the answer to HEAD. */
export function answerWithoutBody(request: Request, head: DocumentHead): Response | undefined {
  if (isNotModified(request, head.etag, head.lastModified)) {
    const headers = acceptsGzip(request) ? head.unchangedHeaders : toPlainHeaders(head.unchangedHeaders, head);
    return new Response(null, { status: 304, headers });
  }
  if (request.method !== 'HEAD') return undefined;
  return new Response(null, { headers: acceptsGzip(request) ? head.headers : toPlainHeaders(head.headers, head) });
}

/** Sends the document, or the answer without a body. */
export function sendDocument(request: Request, document: ReadyDocument): Response | Promise<Response> {
  return answerWithoutBody(request, document) ?? sendBody(request, document);
}

/** Sends the document with its bytes. */
export function sendBody(request: Request, document: ReadyDocument): Response | Promise<Response> {
  if (acceptsGzip(request)) return new Response(document.gzip, { headers: document.headers, encodeBody: 'manual' });
  const headers = toPlainHeaders(document.headers, document);
  if (document.plain !== undefined) return new Response(document.plain, { headers });
  return inflate(document.gzip).then((plain) => new Response(plain, { headers }));
}

/** Sends a part of the document with another status and its own headers. */
export async function sendPart(
  request: Request,
  document: ReadyDocument,
  status: number,
  others: Readonly<Record<string, string>>,
): Promise<Response> {
  const isGzip = acceptsGzip(request);
  const headers = isGzip ? new Headers(document.headers) : toPlainHeaders(document.headers, document);
  for (const [name, value] of Object.entries(others)) headers.set(name, value);
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  if (isGzip) return new Response(document.gzip, { status, headers, encodeBody: 'manual' });
  return new Response(await inflate(document.gzip), { status, headers });
}

function toPlainHeaders(gzipHeaders: Headers, { etag }: DocumentHead): Headers {
  const headers = new Headers(gzipHeaders);
  headers.set('ETag', etag);
  headers.delete('Content-Encoding');
  return headers;
}

/**
 * Whether the client accepts gzip (RFC 9110 section 12.5.3). Without the header any encoding is allowed, but most clients
 * that send none are scripts that inflate nothing. Cloudflare and its local runtime replace the header; `cf` has the
 * client's own.
 */
export function acceptsGzip(request: Request): boolean {
  const said = request.cf?.['clientAcceptEncoding'];
  const accepted = typeof said === 'string' ? said : (request.headers.get('Accept-Encoding') ?? '');
  if (!accepted.includes(';')) return /(?:^|[\s,])(?:x-)?gzip(?:$|[\s,])|\*/i.test(accepted);
  const weights = new Map(
    accepted.split(',').map((part) => {
      const [coding = '', weight = ''] = part.split(';');
      const quality = /^\s*q\s*=\s*([\d.]+)\s*$/i.exec(weight)?.[1];
      return [coding.trim().toLowerCase(), quality === undefined ? 1 : Number(quality)];
    }),
  );
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0;
}

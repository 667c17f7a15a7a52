/**
 * Sends a document that is held as gzip: 200, 304 or HEAD, inflated for a client that takes no gzip.
 *
 * The one way feeds, lists and pages leave. Cloudflare compresses neither Atom nor JSON Feed nor OPML by itself.
 */
import { type Instant, renderRfc822 } from '../domain/instant.ts';
import { inflate } from '../window/compress.ts';
import { gzipTag, isNotModified } from './conditional.ts';

/** What is known of a document before its bytes. */
export interface DocumentHead {
  /** Names the document, whatever its encoding. */
  readonly etag: string;
  readonly lastModified: Instant | undefined;
  /** Of a 200 with gzip. The runtime's own object: copying it costs less than reading a record once more. */
  readonly headers: Headers;
  /** Of a 304: what a cache needs to go on using what it has (RFC 9110 section 15.4.5). */
  readonly unchangedHeaders: Headers;
}

/** A document ready to be sent. */
export interface ReadyDocument extends DocumentHead {
  readonly gzip: Uint8Array<ArrayBuffer>;
  /** The inflated bytes, where clients without gzip asked more than once. */
  readonly plain?: Uint8Array<ArrayBuffer>;
}

/** Headers that a 304 keeps. */
const keptHeaders = ['ETag', 'Cache-Control', 'Vary', 'Access-Control-Allow-Origin'];

/**
 * The head of a document, with the headers that only this kind of document has. A document that shows no instant is given the
 * epoch by its maker: it has no `Last-Modified`.
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

/** The answer that needs no bytes: a 304 when the client holds the document, or the one to HEAD. */
export function answerWithoutBody(request: Request, head: DocumentHead): Response | undefined {
  if (isNotModified(request, head.etag, head.lastModified)) {
    const headers = acceptsGzip(request) ? head.unchangedHeaders : toPlainHeaders(head.unchangedHeaders, head);
    return new Response(null, { status: 304, headers });
  }
  if (request.method !== 'HEAD') return undefined;
  return new Response(null, { headers: acceptsGzip(request) ? head.headers : toPlainHeaders(head.headers, head) });
}

/** The document, or the answer without its bytes. */
export function sendDocument(request: Request, document: ReadyDocument): Response | Promise<Response> {
  return answerWithoutBody(request, document) ?? sendBody(request, document);
}

/** The document with its bytes. */
export function sendBody(request: Request, document: ReadyDocument): Response | Promise<Response> {
  if (acceptsGzip(request)) return new Response(document.gzip, { headers: document.headers, encodeBody: 'manual' });
  const headers = toPlainHeaders(document.headers, document);
  if (document.plain !== undefined) return new Response(document.plain, { headers });
  return inflate(document.gzip).then((plain) => new Response(plain, { headers }));
}

/** A part of the document as another status, with headers of its own. */
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
 * Whether the client takes gzip (RFC 9110 section 12.5.3). Without the header any encoding would do, but who sends none is most
 * often a script that inflates nothing. Cloudflare and its local runtime replace the header; `cf` has what the client said.
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

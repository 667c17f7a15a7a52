/**
 * Sends a text that is made for each request, and compresses it only when it changed.
 */
import { fingerprint } from '../domain/fingerprint.ts';
import type { Instant } from '../domain/instant.ts';
import { compress } from '../window/compress.ts';
import type { ViewMemory } from './feeds/view-memory.ts';
import { acceptsGzip, answerWithoutBody, sendBody, toDocumentHead } from './send-document.ts';

/** A text and its headers. */
export interface SentText {
  readonly text: string;
  /** When it last changed, if that is known. */
  readonly lastModified?: Instant;
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers a GET or HEAD request. @param name the name under which the compressed text is remembered */
export async function sendText(
  request: Request,
  views: ViewMemory,
  name: string,
  { text, lastModified, headers }: SentText,
): Promise<Response> {
  const etag = `"${fingerprint(text)}"`;
  const head = toDocumentHead({ etag, lastModified }, headers);
  const short = answerWithoutBody(request, head);
  if (short !== undefined) return short;
  const plain = Uint8Array.from(new TextEncoder().encode(text));
  // A client without gzip gets the text itself.
  if (!acceptsGzip(request)) return await sendBody(request, { ...head, gzip: plain, plain });
  const known = views.find(name);
  const gzip = (known?.etag === etag ? known.gzip : undefined) ?? (await compress(plain));
  views.keep({ ...head, name, gzip, expiresAt: Number.POSITIVE_INFINITY });
  return await sendBody(request, { ...head, gzip });
}

/**
 * Sends a text that is made anew for each request: compressed once for as long as it says the same.
 */
import { fingerprint } from '../domain/fingerprint.ts';
import type { Instant } from '../domain/instant.ts';
import { compress } from '../window/compress.ts';
import type { ViewMemory } from './feeds/view-memory.ts';
import { acceptsGzip, answerWithoutBody, sendBody, toDocumentHead } from './send-document.ts';

/** A text and what its headers say. */
export interface SentText {
  readonly text: string;
  /** When it became what it is, where that is known. */
  readonly lastModified?: Instant;
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers a GET or HEAD request. @param name what the compressed text is remembered under */
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
  // Nothing is compressed to be inflated again.
  if (!acceptsGzip(request)) return await sendBody(request, { ...head, gzip: plain, plain });
  const known = views.find(name);
  const gzip = (known?.etag === etag ? known.gzip : undefined) ?? (await compress(plain));
  views.keep({ ...head, name, gzip, expiresAt: Number.POSITIVE_INFINITY });
  return await sendBody(request, { ...head, gzip });
}

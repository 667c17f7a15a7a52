/**
 * Defines a document: bytes that nobody has read yet, with what the server said about them.
 */
import type { HttpUrl } from './http-url.ts';

/** One retrieved (or read from disk) document. Header values are as received. */
export interface Document {
  readonly bytes: Uint8Array;
  /** Where the bytes came from, after redirects: the base of last resort for relative URLs. */
  readonly url: HttpUrl;
  /** `Content-Type`, parameters included. */
  readonly contentType?: string;
  /** `Content-Language`; a single tag declares the language of the document. */
  readonly contentLanguage?: string;
  /** `Content-Location`, possibly relative to `url`. */
  readonly contentLocation?: string;
  /** `Link`, all of them. */
  readonly links?: string;
}

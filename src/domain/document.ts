/**
 * Defines a document as a server sent it: its bytes, its validators, and the defects that reading it finds.
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

/**
 * What a server gave us for conditional requests: opaque, sent back byte for byte.
 *
 * @see RFC 9110 section 8.8 (validators) and section 13.1 (conditional requests)
 */
export interface Validators {
  /** The `ETag` field value as received, quotes and `W/` included. */
  readonly etag?: string;
  /** The `Last-Modified` field value as received, however odd the date. */
  readonly lastModified?: string;
}

/** A fault of a document that we could read past. The owner sees it. */
export interface Defect {
  /** A stable kebab-case name, e.g. `bare-ampersand`, `wrong-charset`, `unparsable-date`. */
  readonly kind: string;
  /** What was found and what was done about it, one sentence, at most about 200 characters. */
  readonly detail: string;
  /** 1-based line in the document, when known. */
  readonly line?: number;
  /** 0-based position of the entry in the document, when the fault is an entry's. */
  readonly entryIndex?: number;
}

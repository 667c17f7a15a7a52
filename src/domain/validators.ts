/**
 * Defines what a server gave us to ask "has it changed?" with: opaque, sent back byte for byte.
 *
 * @see RFC 9110 section 8.8 (validators) and section 13.1 (conditional requests)
 */
export interface Validators {
  /** The `ETag` field value as received, quotes and `W/` included. */
  readonly etag?: string;
  /** The `Last-Modified` field value as received, however odd the date. */
  readonly lastModified?: string;
}

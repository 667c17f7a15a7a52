/**
 * Keeps HTML before and after the sanitizer apart, by type.
 *
 * Only `feed/sanitize` makes `SafeHtml`, and only `SafeHtml` can be recorded, rendered or shown. HTML from storage was safe
 * when it was stored; `restoreSafeHtml` types it again, in a few files that tests/support/floor-rules.ts lists.
 */
import type { HttpUrl } from './http-url.ts';

declare const safe: unique symbol;

/** HTML as a publisher sent it: its markup may run, its URLs are relative to `base`. */
export interface UntrustedHtml {
  readonly markup: string;
  /** What relative URLs in the markup resolve against; without it they are dropped. */
  readonly base?: HttpUrl;
  /** The page of the markup. Links to an anchor that the markup does not hold lead there. */
  readonly page?: HttpUrl;
}

/** Bytes of UTF-8 of the content of one entry. Guards a SQLite row of 2 MB and an answer of many entries; a long book chapter has 100 KB. */
export const maxContentBytes = 1_000_000;

/** HTML that follows the sanitizer's policy: well-formed, absolute http(s) URLs, nothing that runs. */
export type SafeHtml = string & { readonly [safe]: true };

/** Types HTML as safe that the sanitizer wrote and storage or a build step kept. */
export function restoreSafeHtml(text: string): SafeHtml {
  return text as SafeHtml;
}

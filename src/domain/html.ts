/**
 * Keeps HTML before and after the sanitizer apart, by type.
 *
 * Only `feed/sanitize` makes `SafeHtml`; only `SafeHtml` can be recorded, rendered or shown. What comes back out of
 * storage was safe when it went in, and is restored with `restoreSafeHtml` at few doors (tests/floors.test.ts lists them).
 */
import type { HttpUrl } from './http-url.ts';

declare const safe: unique symbol;

/** HTML as a publisher sent it: its markup may run, its URLs are relative to `base`. */
export interface UntrustedHtml {
  readonly markup: string;
  /** What relative URLs in the markup resolve against; without it they are dropped. */
  readonly base?: HttpUrl;
  /** The page the markup is of: where links to a place inside it lead when the place is not in the markup. */
  readonly page?: HttpUrl;
}

/** Bytes of UTF-8 of the content of one entry. Guards a SQLite row of 2 MB and an answer of many entries; a long book chapter has 100 KB. */
export const maxContentBytes = 1_000_000;

/** HTML that went through the sanitizer's policy: well-formed, absolute http(s) URLs, nothing that runs. */
export type SafeHtml = string & { readonly [safe]: true };

/** Takes back HTML that the sanitizer wrote and storage or a build step kept. */
export function restoreSafeHtml(text: string): SafeHtml {
  return text as SafeHtml;
}

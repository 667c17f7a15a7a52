/**
 * Makes addresses absolute, in the spellings that publishers use.
 */
import type { Document } from '../../domain/document.ts';
import { type HttpUrl, parseHttpUrl, withoutCaller } from '../../domain/http-url.ts';

/** Resolves an address; forgives a missing scheme before `www.`, and `feed:` in front. */
export function resolveUrl(text: string, base: string): HttpUrl | undefined {
  let href = text.trim();
  if (href === '') return undefined;
  const called = withoutCaller(href);
  if (called !== href) href = /^(?:https?:|\/\/)/i.test(called) ? called : `//${called}`;
  else if (/^www\.[^/\s]+\.[a-z]/i.test(href)) href = `http://${href}`;
  return parseHttpUrl(href, base);
}

/** The address without ampersands that were escaped once too often: no parameter is really called `amp;b`. */
export function withoutEscapes(url: HttpUrl): HttpUrl {
  return url.includes('&amp;') ? (parseHttpUrl(url.replaceAll('&amp;', '&')) ?? url) : url;
}

/** Whether a name in the form of an address would run a program, or open a file of the reader's own machine. */
export function isActing(address: string): boolean {
  return /^\s*(?:javascript|vbscript|data|file):/i.test(address);
}

/** The base of relative URLs before any `xml:base`: Content-Location where the server sent one, else the address the bytes came from. @see RFC 3986 section 5.1 */
export function documentBase(document: Document): HttpUrl {
  const location = document.contentLocation?.trim();
  if (location === undefined || location === '') return document.url;
  return parseHttpUrl(location, document.url) ?? document.url;
}

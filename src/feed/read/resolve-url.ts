/**
 * Makes addresses absolute as publishers write them.
 */
import type { Document } from '../../domain/document.ts';
import { type HttpUrl, parseHttpUrl } from '../../domain/http-url.ts';

/** Resolves an address; forgives a missing scheme before `www.` and the `feed:` that some put in front. */
export function resolveUrl(text: string, base: string): HttpUrl | undefined {
  let href = text.trim();
  if (href === '') return undefined;
  if (/^feed:/i.test(href)) href = href.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:/i, 'http:');
  else if (/^www\.[^/\s]+\.[a-z]/i.test(href)) href = `http://${href}`;
  return parseHttpUrl(href, base);
}

/** The base of relative URLs before any `xml:base`: Content-Location where the server sent one, else the address the bytes came from. @see RFC 3986 section 5.1 */
export function documentBase(document: Document): HttpUrl {
  const location = document.contentLocation?.trim();
  if (location === undefined || location === '') return document.url;
  return parseHttpUrl(location, document.url) ?? document.url;
}

/**
 * The address relative URLs of a document resolve against before any `xml:base` says otherwise.
 */
import type { Document } from '../../domain/document.ts';
import { type HttpUrl, parseHttpUrl } from '../../domain/http-url.ts';

/** Content-Location where the server sent one, else the address the bytes came from. @see RFC 3986 section 5.1 */
export function documentBase(document: Document): HttpUrl {
  const location = document.contentLocation?.trim();
  if (location === undefined || location === '') return document.url;
  return parseHttpUrl(location, document.url) ?? document.url;
}

/**
 * Checks and converts single values to what the formats allow: addresses, identifiers, language tags, text that looks
 * like HTML.
 *
 * WHATWG URLs allow more than RFC 3986: a browser keeps `|` or `{` in a query, but a strict feed parser calls the link
 * invalid. Percent-encoded they name the same resource for every server.
 * @see RFC 3986 appendix A, RFC 3987 section 2.2
 */
import type { HttpUrl } from '../../domain/http-url.ts';

const uri = /^(?:[\w\-.~:/?@!$&'()*+,;=]|%[\dA-Fa-f]{2})*(?:#(?:[\w\-.~:/?@!$&'()*+,;=]|%[\dA-Fa-f]{2})*)?$/;
const notInUri = /%(?![\dA-Fa-f]{2})|[^\w\-.~:/?@!$&'()*+,;=%]/gu;
const ipv6Origin = /^https?:\/\/(?:[^@/?#[\]]*@)?\[[\da-f:.]+\](?::\d+)?/;

// Scheme, then at least one character; any Unicode above ASCII (RFC 3987 `ucschar`), no spaces, no delimiters of text.
const absoluteIri =
  /^[A-Za-z][A-Za-z\d+.-]*:(?:[\w\-.~:/?@!$&'()*+,;=[\]]|%[\dA-Fa-f]{2}|[\u00a1-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd]|[\u{10000}-\u{e0fff}])+(?:#(?:[\w\-.~:/?@!$&'()*+,;=]|%[\dA-Fa-f]{2}|[\u00a1-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd]|[\u{10000}-\u{e0fff}])*)?$/u;

function encode(character: string): string {
  return character === '%' ? '%25' : encodeURIComponent(character);
}

/** The URL with everything percent-encoded that RFC 3986 does not allow where it stands; nearly always itself. */
export function toUri(url: HttpUrl): string {
  if (uri.test(url)) return url;
  const origin = ipv6Origin.exec(url)?.[0] ?? '';
  const hash = url.indexOf('#');
  const end = hash === -1 ? url.length : hash;
  const encoded = origin + url.slice(origin.length, end).replace(notInUri, encode);
  return hash === -1 ? encoded : `${encoded}#${url.slice(hash + 1).replace(notInUri, encode)}`;
}

/** Whether `text` may stand as an Atom id: an absolute IRI, whatever its scheme (RFC 4287 section 4.2.6). */
export function isAbsoluteIri(text: string): boolean {
  return absoluteIri.test(text);
}

const email = /^[\w.%+'-]+@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+$/;

/** Whether `text` is an e-mail address in the form that every reader takes. */
export function isEmail(text: string): boolean {
  return email.test(text);
}

// RFC 5646 section 2.1 without the grandfathered forms: a language of two or three letters, then subtags.
const languageTag = /^[A-Za-z]{2,3}(?:-[A-Za-z\d]{1,8})*$/;

/** The tag when its form is that of BCP 47 (`zh-Hant-TW`), else undefined (`english`, `x-none`, empty). */
export function toLanguageTag(language: string | undefined): string | undefined {
  return language !== undefined && languageTag.test(language) ? language : undefined;
}

// A tag, comment or declaration could begin, or a character reference is complete. `AT&T` and `1 < 2` are neither.
const markup = /<[a-z!/?]|&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);/i;

/** Whether an HTML parser would change `text`. */
export function looksLikeMarkup(text: string): boolean {
  return markup.test(text);
}

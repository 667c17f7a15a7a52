/**
 * Follows one redirect: whether an answer is one, where it leads, and whether for good.
 *
 * @see RFC 9110 section 15.4
 */
import type { RetrieveFailure } from '../../domain/failure.ts';
import { type HttpUrl, parseHttpUrl } from '../../domain/http-url.ts';
import { fail, ok, type Result } from '../../domain/result.ts';

/** Whether an answer is a redirect. 300 offers a choice, 304 is none, 305 and 306 are obsolete. */
export function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

/** Whether the redirect is permanent. One that gives up encryption is followed, but never counts as permanent. */
export function isPermanent(status: number, from: HttpUrl, to: HttpUrl): boolean {
  return (status === 301 || status === 308) && !(from.startsWith('https:') && to.startsWith('http:'));
}

/** The URL a redirect leads to, without a fragment. Fails with `bad-redirect`. */
export function followRedirect(response: Response, from: HttpUrl): Result<HttpUrl, RetrieveFailure> {
  const location = response.headers.get('location');
  if (location === null) return fail({ kind: 'bad-redirect', detail: `${response.status} without a Location` });
  const url = parseHttpUrl(decodeUtf8(location), from);
  if (url !== undefined) return ok(withoutFragment(url));
  return fail({ kind: 'bad-redirect', detail: `${response.status} to ${JSON.stringify(location.slice(0, 100))}` });
}

/** The URL as it is asked: fragments never travel. */
export function withoutFragment(url: HttpUrl): HttpUrl {
  const mark = url.indexOf('#');
  return mark < 0 ? url : (url.slice(0, mark) as HttpUrl);
}

/** Servers write raw UTF-8 into Location; header values come as Latin-1. Other bytes stay as they are. */
function decodeUtf8(value: string): string {
  const codes = Array.from(value, (character) => character.charCodeAt(0));
  if (!codes.some((code) => code > 127) || codes.some((code) => code > 255)) return value;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(codes));
  } catch {
    return value;
  }
}

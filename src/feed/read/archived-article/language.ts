/**
 * Reads the language from the path of an address: `/zh/...`, `/pt-br/...`.
 *
 * Only the first segment counts, and only codes that hardly mean anything else: `/to/`, `/as/`, `/is/` and the like are
 * left to detection.
 */
import type { HttpUrl } from '../../../domain/http-url.ts';

const languages = new Set(
  (
    'af am ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu ha he hi hr hu hy id it ja ka kk km kn ko ku ' +
    'ky lb lo lt lv mk ml mn mr ms mt my nb ne nl nn no pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tr uk ur uz vi yo zh zu'
  ).split(' '),
);

/** Returns the BCP 47 tag of the first path segment, or `undefined` when that is no language. */
export function languageOfPath(url: HttpUrl): string | undefined {
  const [first = '', second = ''] = new URL(url).pathname.slice(1).split('/');
  // `/id/123` is a number, not Indonesian.
  if (/^\d+$/.test(second)) return undefined;
  return toLanguage(first);
}

/** Returns the BCP 47 tag that a short code means (`zh`, `pt-br`, `zh_Hant`), or `undefined` when it is no known language. */
export function toLanguage(code: string): string | undefined {
  const match = /^([a-z]{2})(?:[-_](?:(hans|hant|latn|cyrl|arab)|([a-z]{2}|\d{3})))?$/i.exec(code.trim());
  const language = match?.[1]?.toLowerCase();
  if (language === undefined || !languages.has(language)) return undefined;
  const script = match?.[2];
  if (script !== undefined) return `${language}-${script[0]?.toUpperCase()}${script.slice(1).toLowerCase()}`;
  const region = match?.[3];
  return region === undefined ? language : `${language}-${region.toUpperCase()}`;
}

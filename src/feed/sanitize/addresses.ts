/**
 * Resolves addresses in attributes against the base, and keeps those that are http(s) (or mailto, in links).
 */
import { type HttpUrl, parseHttpUrl } from '../../domain/http-url.ts';
import { maxAttributeLength } from './policy.ts';

/** Most candidates of a `srcset` that are kept. */
const maxCandidates = 40;

/** Longest mail address with its subject and body, as given and as encoded. */
const maxMailtoLength = 2_000;

/** An absolute http(s) address, or `undefined`. Relative ones need a base. */
export function resolveAddress(value: string | undefined, base: string | undefined): HttpUrl | undefined {
  if (value === undefined || value.trim() === '') return undefined;
  const address = parseHttpUrl(value, base);
  // Percent-encoding makes an address up to nine times as long.
  return address === undefined || !fitsAttribute(address) ? undefined : address;
}

/** An address for a link: http(s) or mailto. */
export function resolveLink(value: string | undefined, base: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const trimmed = value.trim();
  if (!/^mailto:/i.test(trimmed)) return resolveAddress(value, base);
  const url = trimmed.length > maxMailtoLength ? null : URL.parse(trimmed);
  if (url?.protocol !== 'mailto:' || url.pathname === '') return undefined;
  return url.href.length > maxMailtoLength ? undefined : url.href;
}

/** One candidate of a `srcset`. */
export interface ImageCandidate {
  readonly address: string;
  /** `480w`, `2x`, or empty. */
  readonly descriptor: string;
}

/**
 * Reads a `srcset` into absolute candidates, in order; unusable ones are left out.
 *
 * @see https://html.spec.whatwg.org/multipage/images.html#parse-a-srcset-attribute
 */
export function resolveSourceSet(value: string | undefined, base: string | undefined): ImageCandidate[] {
  const candidates: ImageCandidate[] = [];
  if (value === undefined) return candidates;
  // An address runs to white space; commas at its end belong to the list, commas inside to the address.
  const pattern = /[\s,]*([^\s,]\S*)([^,]*)/y;
  while (pattern.lastIndex < value.length && candidates.length < maxCandidates) {
    const read = pattern.exec(value);
    if (read === null) break;
    let [, address = '', descriptor = ''] = read;
    if (address.endsWith(',')) {
      pattern.lastIndex -= descriptor.length;
      address = address.replace(/,{1,9}$/, '');
      descriptor = '';
    }
    descriptor = descriptor.trim();
    const absolute = resolveAddress(address, base);
    if (absolute === undefined || /[\s,]$/.test(absolute)) continue;
    if (descriptor === '' || /^\d{1,5}w$|^\d{1,2}(?:\.\d{1,3})?x$/.test(descriptor)) {
      candidates.push({ address: absolute, descriptor });
    }
  }
  return candidates;
}

/** Writes a `srcset`; a comma at either end of an address is escaped, or it would end the candidate. */
export function renderSourceSet(candidates: readonly ImageCandidate[]): string {
  let rendered = '';
  for (const { address, descriptor } of candidates) {
    const safe = address.replace(/,$/, '%2C');
    const more = `${rendered === '' ? '' : `${rendered}, `}${safe}${descriptor === '' ? '' : ` ${descriptor}`}`;
    if (fitsAttribute(more)) rendered = more;
  }
  return rendered;
}

/** Tells whether the escaped value is within `maxAttributeLength`: a longer one would go when its markup is sanitized again. */
export function fitsAttribute(value: string): boolean {
  // `&quot;` is the longest escape.
  if (value.length * 6 <= maxAttributeLength) return true;
  let length = value.length;
  for (const special of value.match(/[&<>"]/g) ?? []) length += special === '"' ? 5 : special === '&' ? 4 : 3;
  return length <= maxAttributeLength;
}

/**
 * The W3C feed validator's rules for single values: addresses, dates, languages, media types, text that holds markup.
 *
 * Facts of the validator, words and code ours. Left out is what depends on the day it is asked or on a registry
 * (implausible dates, unregistered URI schemes and languages) and what only a publisher can cure (an entry without text).
 */

/** Called with a rule that a document breaks and where. */
export type Report = (rule: string, where: string) => void;

const iriCharacters = String.raw`[\w\-.~:/?@!$&'()*+,;=[\]%\u00a1-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{e0fff}]`;
const iri = new RegExp(`^[A-Za-z][A-Za-z\\d+.-]*:${iriCharacters}+(?:#${iriCharacters}*)?$`, 'u');
const urn = /^urn:[a-z\d][a-z\d-]{1,31}:(?:[\w()+,.:=@;$!*'/?#~&-]|%[\da-f]{2}|[^\0-\x7f])+$/i;
const uuid = /^urn:uuid:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const tagUri = /^tag:(?:[\w.-]+@)?[\w.-]+,\d{4}(?:-\d\d(?:-\d\d)?)?:\S*$/i;

/** An address or identifier that stands alone. */
export function checkIri(value: string | undefined, where: string, report: Report): void {
  if (value === undefined || !iri.test(value) || /%(?![\dA-Fa-f]{2})/.test(value)) return report('invalid-iri', where);
  if (/^urn:uuid:/i.test(value) && !uuid.test(value)) return report('invalid-uuid', where);
  if (/^urn:/i.test(value) && !urn.test(value)) return report('invalid-urn', where);
  if (/^tag:/i.test(value) && !tagUri.test(value)) report('invalid-tag-uri', where);
}

/** A web address: http(s), only the characters of RFC 3986. */
export function checkWebAddress(value: string | undefined, where: string, report: Report): void {
  checkIri(value, where, report);
  // The validator's own list: brackets only around an IPv6 address.
  if (
    value !== undefined &&
    !/^https?:\/\/(?:\[[\da-f:]+\])?[\w\-.~:/?@!$&'()*+,;=%]*(?:#[\w\-.~:/?@!$&'()*+,;=%]*)?$/.test(value)
  ) {
    report('invalid-uri-character', where);
  }
}

const rfc822 = /^(\w{3}), \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/;
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** An RFC 822 date in the one form that nobody finds problematical. */
export function checkRfc822(value: string, where: string, report: Report): void {
  const weekday = rfc822.exec(value)?.[1];
  if (weekday === undefined || Number.isNaN(Date.parse(value))) return report('invalid-rfc822-date', where);
  if (new Date(value).toUTCString().slice(0, 3) !== weekday) report('incorrect-day-of-week', where);
}

/** An RFC 3339 date and time with a zone. */
export function checkRfc3339(value: unknown, where: string, report: Report): void {
  if (typeof value !== 'string' || !rfc3339.test(value) || Number.isNaN(Date.parse(value))) {
    report('invalid-rfc3339-date', where);
  }
}

/** A language tag by form. */
export function checkLanguage(value: unknown, where: string, report: Report): void {
  if (typeof value !== 'string' || !/^[A-Za-z]{2,3}(?:-[A-Za-z\d]{1,8})*$/.test(value))
    report('invalid-language', where);
}

/** A media type with its parameters. */
export function checkMediaType(value: unknown, where: string, report: Report): void {
  const token = String.raw`[^\s()<>,;:\\"/[\]?=]+`;
  if (
    typeof value !== 'string' ||
    !new RegExp(`^${token}/${token}(\\s*;\\s*${token}=("[^"]*"|${token}))*$`).test(value)
  ) {
    report('invalid-media-type', where);
  }
}

/** A whole number that is not negative. */
export function checkCount(value: string | undefined, where: string, report: Report): void {
  if (value === undefined || !/^\d+$/.test(value)) report('invalid-integer', where);
}

/** Text that is there and more than white space. */
export function checkNotBlank(value: string | undefined, where: string, report: Report): void {
  if (value === undefined || value.trim() === '') report('blank', where);
}

/** Plain text that a reader would take for HTML. */
export function checkNoMarkup(value: string, where: string, report: Report): void {
  if (/<\/\w+>|<(?:a|b|i|p|br|img|div|em|strong|script)\b/i.test(value)) report('contains-undeclared-html', where);
  if (/&(?:#\d+|#x[\da-f]+|amp|lt|gt|quot|apos|nbsp|copy|eacute);/i.test(value))
    report('contains-undeclared-html', where);
}

/** HTML that every reader can show: absolute references, nothing that runs. */
export function checkContent(html: string, where: string, report: Report): void {
  for (const [, , reference = ''] of html.matchAll(
    /<(?:a|img|audio|video|source)\s[^>]*?(href|src|poster)="([^"]*)"/gi,
  )) {
    if (!/^\w+:/.test(reference)) report('relative-reference', where);
  }
  if (/<(?:script|style|object|embed|form|base|meta|link|frame)\b/i.test(html)) report('security-risk', where);
  if (/<[a-z][^>]*\son\w+=/i.test(html)) report('security-risk', where);
}

/** C1 controls: bytes of windows-1252 that were taken for Latin-1. */
export function checkCharacters(document: string, report: Report): void {
  if (/[\x80-\x9f]/.test(document)) report('bad-characters', 'document');
}

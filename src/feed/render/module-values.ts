/**
 * Checks the values of carried modules before they are written: what a vocabulary does not allow is put right or left out.
 *
 * Publishers write `<itunes:episodeType>Full` and `<thr:total>many`. A strict reader blames the feed that repeats it.
 * @see https://www.w3.org/TR/NOTE-datetime for the dates of dcterms
 */
import type { HttpUrl } from '../../domain/http-url.ts';
import { isMediaType } from '../../domain/media-type.ts';
import { type ModuleElement, type ModuleField, moduleFieldsByKey } from '../../domain/modules.ts';
import { isAbsoluteIri, isEmail, toLanguageTag, toUri } from './format-rules.ts';

/** Gives the value as it may be written; `undefined` where it may not. */
type Check = (value: string) => string | undefined;

function matching(pattern: RegExp): Check {
  return (value) => (pattern.test(value) ? value : undefined);
}

function oneOf(...words: string[]): Check {
  return (value) => words.find((word) => word === value.toLowerCase());
}

function within(limit: number): Check {
  return (value) => (/^[-+]?\d+(?:\.\d*)?$/.test(value) && Math.abs(Number(value)) <= limit ? value : undefined);
}

/** Pairs of numbers with spaces between them; many publishers write commas. */
function pairs(least: number, most = Number.POSITIVE_INFINITY): Check {
  return (value) => {
    const numbers = value.split(/[\s,]+/);
    const isPairs = numbers.length % 2 === 0 && numbers.length >= 2 * least && numbers.length <= 2 * most;
    return isPairs && numbers.every((number) => /^[-+]?\d+(?:\.\d*)?$/.test(number)) ? numbers.join(' ') : undefined;
  };
}

const count = matching(/^\d+$/);
const size = matching(/^0*[1-9]\d*$/);
const iri: Check = (value) => (isAbsoluteIri(value) ? value : undefined);
const mediaType: Check = (value) => (isMediaType(value) ? value : undefined);
const emailAddress: Check = (value) => (isEmail(value) ? value : undefined);
// Apple's elements of people and subtitles hold 255 characters.
const short: Check = (value) => (value.length > 255 ? `${value.slice(0, 254).toWellFormed().trimEnd()}…` : value);

/** Apple's words were `yes`, `no` and `clean` before they were `true` and `false`. */
const truth: Check = (value) => {
  const word = value.toLowerCase();
  if (/^(?:true|yes|explicit)$/.test(word)) return 'true';
  return /^(?:false|no|clean)$/.test(word) ? 'false' : undefined;
};

/** `3723`, `62:03` or `1:02:03`; a fraction of a second is rounded. */
const duration: Check = (value) =>
  /^\d+\.\d+$/.test(value) ? String(Math.ceil(Number(value))) : matching(/^\d+(?::[0-5]\d){0,2}$/)(value);

/** A date of the calendar, with a time only where that has a zone. */
const w3cDate: Check = (value) => {
  if (/^\d{4}(?:-(?:0[1-9]|1[0-2]))?$/.test(value)) return value;
  const day = /^\d{4}-\d\d-\d\d(?=$|T)/.exec(value)?.[0] ?? '';
  const at = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day) return undefined;
  return /^.{10}T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.test(value) ? value : day;
};

/** Rules by element, for its text. */
const texts: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['itunes:author', short],
  ['itunes:block', oneOf('yes', 'no', 'clean')],
  ['itunes:duration', duration],
  ['itunes:email', emailAddress],
  ['itunes:episode', count],
  ['itunes:episodeType', oneOf('full', 'trailer', 'bonus')],
  ['itunes:explicit', truth],
  ['itunes:season', count],
  ['itunes:subtitle', short],
  ['itunes:type', oneOf('episodic', 'serial')],
  ['geo:lat', within(90)],
  ['geo:long', within(180)],
  ['georss:point', pairs(1, 1)],
  ['georss:line', pairs(2)],
  ['georss:polygon', pairs(4)],
  ['georss:box', pairs(2, 2)],
  ['slash:comments', count],
  ['thr:total', count],
  ['dcterms:created', w3cDate],
  ['dcterms:issued', w3cDate],
  ['dcterms:modified', w3cDate],
  ['atom:email', emailAddress],
  ['atom:id', iri],
  ['atom:updated', (value) => (value.includes('T') && w3cDate(value) === value ? value : undefined)],
]);

/** Rules by element and attribute. */
const attributes: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['atom:link hreflang', toLanguageTag],
  ['atom:link length', count],
  ['atom:link type', mediaType],
  ['thr:in-reply-to ref', iri],
  ['thr:in-reply-to type', mediaType],
  ['media:thumbnail height', size],
  ['media:thumbnail width', size],
  ['media:credit role', (value) => value.toLowerCase()],
  // Written as the plain text that it is kept as.
  ['media:description type', oneOf('plain')],
]);

/** An element without this attribute or child says nothing. */
const needed: ReadonlyMap<string, string> = new Map([
  ['media:thumbnail', 'url'],
  ['itunes:image', 'href'],
  ['atom:contributor', 'atom:name'],
]);

/** The elements that may be written, with the values that they may have. */
export function toWritableModules(modules: readonly ModuleElement[]): readonly ModuleElement[] {
  return modules.length === 0 ? modules : modules.flatMap((element) => toWritable(element, fieldOf(element)) ?? []);
}

function fieldOf({ name }: ModuleElement): ModuleField | undefined {
  return moduleFieldsByKey.get(name.toLowerCase());
}

function toWritable(element: ModuleElement, field: ModuleField | undefined): ModuleElement | undefined {
  const { name } = element;
  const text = element.text === undefined ? undefined : checkText(element.text, element, field);
  const kept = Object.entries(element.attributes ?? {}).flatMap(([attribute, value]) => {
    const checked = (attributes.get(`${name} ${attribute}`) ?? String)(value);
    if (checked === undefined) return [];
    return [[attribute, field?.attributes.get(attribute) === true ? toUri(checked as HttpUrl) : checked] as const];
  });
  const children = (element.children ?? []).flatMap(
    (child) =>
      toWritable(
        child,
        field?.children.find((one) => one.name === child.name),
      ) ?? [],
  );
  if (text === undefined && kept.length === 0 && children.length === 0) return undefined;
  const must = needed.get(name);
  const has = must === undefined || kept.some(([key]) => key === must) || children.some((child) => child.name === must);
  if (!has || (element.text !== undefined && text === undefined && children.length === 0)) return undefined;
  return {
    name,
    ...(text === undefined ? {} : { text }),
    ...(kept.length === 0 ? {} : { attributes: Object.fromEntries(kept) }),
    ...(children.length === 0 ? {} : { children }),
  };
}

function checkText(text: string, element: ModuleElement, field: ModuleField | undefined): string | undefined {
  if (field?.isAddress === true) return toUri(text as HttpUrl);
  if (element.name === 'media:rating' && (element.attributes?.['scheme'] ?? 'urn:simple') === 'urn:simple') {
    return oneOf('adult', 'nonadult')(text);
  }
  return (texts.get(element.name) ?? String)(text);
}

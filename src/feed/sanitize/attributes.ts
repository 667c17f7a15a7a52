/**
 * Cleans the attributes of each element by the policy: checks values, makes addresses absolute, adds protective
 * attributes.
 *
 * An element that is useless without a missing attribute (an image without an address) becomes a mark, which the last
 * step removes. (Renaming it to a disallowed name makes sanitize-html 2.18 misname a later end tag.)
 */

import { isInvisible } from '../../domain/trackers.ts';
import { fitsAttribute, renderSourceSet, resolveAddress, resolveLink, resolveSourceSet } from './addresses.ts';
import { type Attributes, cleanImage, firstAddress, type ImageMemory, present } from './clean-images.ts';
import { describeFrame, playerSandbox, toPlayer } from './embeds.ts';
import {
  attributeValues,
  booleanAttributes,
  droppedElement,
  elementAttributes,
  fragmentMark,
  frameText,
  globalAttributes,
  idPrefix,
  inLinkMark,
  lazySources,
  mathAttributes,
  mathElements,
  unwrappedElement,
  voidElements,
} from './policy.ts';

/** The cleaned element. */
export interface CleanElement {
  readonly tagName: string;
  readonly attribs: Attributes;
}

/** Anchors inside the markup: existing ones, and the targets of links. Without the prefix. */
export interface Places {
  readonly ids: Set<string>;
  readonly wanted: Set<string>;
}

/** The name of an anchor in `id`, `name` or behind `#`, without the prefix of a text that was sanitized before. */
function toPlace(name: string | undefined): string | undefined {
  const bare = name?.trim();
  if (bare === undefined || !/^[^\s"'<>&`=]{1,200}$/.test(bare)) return undefined;
  return (bare.startsWith(idPrefix) ? bare.slice(idPrefix.length) : bare) || undefined;
}

/** The state of cleaning one document. */
export interface CleaningContext {
  readonly base: string | undefined;
  /** The page the markup is of. */
  readonly page: string | undefined;
  readonly places: Places;
  /**
   * UTF-16 units that resolved addresses may still add: a long base and many links would make a small document a large
   * one.
   */
  room: number;
  readonly images: ImageMemory;
}

/** Applies the policy to one element. */
export function cleanElement(tagName: string, given: Attributes, context: CleaningContext): CleanElement {
  const specific = cleanSpecific(tagName, given, context);
  if (specific === undefined || !fits(given, specific.attribs, context))
    return { tagName: voidElements.has(tagName) ? droppedElement : unwrappedElement, attribs: {} };
  if (specific.tagName !== tagName) return specific;
  const attribs: Attributes = {};
  for (const name of elementAttributes[tagName] ?? []) keep(attribs, name, specific.attribs[name]);
  if (mathElements.has(tagName)) for (const name of mathAttributes) keep(attribs, name, given[name]);
  for (const name of globalAttributes) keep(attribs, name, specific.attribs[name] ?? given[name]);
  const place = specific.attribs[fragmentMark];
  if (place !== undefined) attribs[fragmentMark] = place;
  if (!withoutPlace.has(tagName)) keepPlace(attribs, given, context.places);
  return { ...specific, attribs };
}

/** Elements that may be removed, or load something: links do not lead to them. */
const withoutPlace: ReadonlySet<string> = new Set(['audio', 'iframe', 'img', 'source', 'track', 'video']);

function keepPlace(attribs: Attributes, given: Attributes, places: Places): void {
  const place = toPlace(given['id'] ?? given['name']);
  if (place === undefined || places.ids.has(place)) return;
  places.ids.add(place);
  attribs['id'] = `${idPrefix}${place}`;
}

/** Whether the growth of an element's addresses still fits. */
function fits(before: Attributes, after: Attributes, context: CleaningContext): boolean {
  context.room -= Math.max(0, lengthOfAddresses(after) - lengthOfAddresses(before));
  return context.room >= 0;
}

function lengthOfAddresses({ href = '', src = '', srcset = '', poster = '', cite = '' }: Attributes): number {
  return href.length + src.length + srcset.length + poster.length + cite.length;
}

function keep(attribs: Attributes, name: string, value: string | undefined): void {
  if (value === undefined || !fitsAttribute(value)) return;
  if (booleanAttributes.has(name)) attribs[name] = '';
  else if (name === 'alt' || (value !== '' && (attributeValues[name]?.test(value) ?? true))) attribs[name] = value;
}

function cleanSpecific(tagName: string, given: Attributes, context: CleaningContext): CleanElement | undefined {
  switch (tagName) {
    case 'a':
      return cleanLink(given, context);
    case 'img':
      return wrap(tagName, cleanImage(given, context.base, context.images));
    case 'iframe':
      return cleanFrame(given, context);
    case 'source':
      return cleanSource(given, context.base);
    case 'track':
      return requireAddress(tagName, given, context.base);
    case 'audio':
    case 'video':
      return cleanMedia(tagName, given, context.base);
    case 'blockquote':
    case 'q':
    case 'ins':
    case 'del':
      return { tagName, attribs: withAddress(given, 'cite', resolveAddress(given['cite'], context.base)) };
    default:
      return { tagName, attribs: given };
  }
}

/** A link. One to an anchor in the same text is marked, because only the last step knows whether the anchor exists. */
function cleanLink(given: Attributes, { base, page, places }: CleaningContext): CleanElement | undefined {
  const text = given['href']?.trim();
  const isBare = text?.startsWith('#') === true;
  const href = isBare ? resolveLink(text, page ?? base) : resolveLink(text, base);
  const address = isBare ? text : page !== undefined && href?.startsWith(`${page}#`) === true ? href : undefined;
  const place = address === undefined ? undefined : toPlace(decodeFragment(address.slice(address.indexOf('#') + 1)));
  if (place !== undefined) {
    places.wanted.add(place);
    return wrap('a', { ...given, href: href ?? `#${idPrefix}${place}`, [fragmentMark]: place });
  }
  if (href !== undefined) return wrap('a', { ...given, href });
  const name = toPlace(given['id'] ?? given['name']);
  if (name === undefined || places.ids.has(name)) return undefined;
  places.ids.add(name);
  return { tagName: 'span', attribs: { id: `${idPrefix}${name}` } };
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** Where frames and players have their address: scripts that load them late keep it like that of pictures. */
const sourceNames: readonly string[] = ['src', ...lazySources];

function cleanFrame(given: Attributes, context: CleaningContext): CleanElement | undefined {
  const address = firstAddress(given, sourceNames, context.base);
  if (address === undefined || isInvisible(given)) return undefined;
  const player = toPlayer(address);
  if (player === undefined) {
    const text = describeFrame(address, given['title']);
    if (text === undefined) return undefined;
    if (given[inLinkMark] !== undefined) return undefined;
    return { tagName: 'a', attribs: { href: address, [frameText]: text } };
  }
  const attribs: Attributes = {
    ...given,
    src: player,
    title: given['title']?.trim() || 'Video',
    allowfullscreen: '',
    loading: 'lazy',
    // YouTube's player needs an origin: without one it shows error 153.
    referrerpolicy: 'strict-origin-when-cross-origin',
    sandbox: playerSandbox,
  };
  return { tagName: 'iframe', attribs };
}

function cleanSource(given: Attributes, base: string | undefined): CleanElement | undefined {
  const src = resolveAddress(given['src'] ?? given['data-src'], base);
  const set = resolveSourceSet(given['srcset'] ?? given['data-srcset'], base);
  if (src === undefined && set.length === 0) return undefined;
  const { sizes, media: condition, type, width, height } = given;
  return wrap('source', {
    ...present({ sizes, media: condition, type, width, height }),
    ...(src === undefined ? {} : { src }),
    ...(set.length === 0 ? {} : { srcset: renderSourceSet(set) }),
  });
}

/** Gives a player its controls, and lets it fetch nothing before it is started. */
function cleanMedia(tagName: string, given: Attributes, base: string | undefined): CleanElement {
  const addressed = withAddress(
    withAddress(given, 'src', firstAddress(given, sourceNames, base)),
    'poster',
    resolveAddress(given['poster'], base),
  );
  return {
    tagName,
    attribs: { ...addressed, controls: '', preload: given['preload'] === 'metadata' ? 'metadata' : 'none' },
  };
}

function requireAddress(tagName: string, given: Attributes, base: string | undefined): CleanElement | undefined {
  const src = resolveAddress(given['src'], base);
  return src === undefined ? undefined : { tagName, attribs: { ...given, src } };
}

function withAddress(given: Attributes, name: string, address: string | undefined): Attributes {
  const kept = { ...given };
  delete kept[name];
  if (address !== undefined) kept[name] = address;
  return kept;
}

function wrap(tagName: string, attribs: Attributes | undefined): CleanElement | undefined {
  return attribs === undefined ? undefined : { tagName, attribs };
}

/**
 * Attributes of each element under the policy: values checked, addresses made absolute, what protects added.
 *
 * An element that means nothing without an attribute it lacks (an image without an address) becomes a mark,
 * which the last step takes out. (To rename it to a disallowed name makes sanitize-html 2.18 misname a later end tag.)
 */

import { isInvisible } from '../../domain/trackers.ts';
import { fitsAttribute, renderSourceSet, resolveAddress, resolveLink, resolveSourceSet } from './addresses.ts';
import { type Attributes, cleanImage, type ImageMemory } from './clean-images.ts';
import { describeFrame, playerSandbox, toPlayer } from './embeds.ts';
import {
  attributeValues,
  booleanAttributes,
  droppedElement,
  elementAttributes,
  frameText,
  globalAttributes,
  inLinkMark,
  unwrappedElement,
  voidElements,
} from './policy.ts';

/** What an element becomes. */
export interface CleanElement {
  readonly tagName: string;
  readonly attribs: Attributes;
}

/** What is known while one document is cleaned. */
export interface CleaningContext {
  readonly base: string | undefined;
  readonly images: ImageMemory;
}

/** Applies the policy to one element. */
export function cleanElement(tagName: string, given: Attributes, context: CleaningContext): CleanElement {
  const specific = cleanSpecific(tagName, given, context);
  if (specific === undefined)
    return { tagName: voidElements.has(tagName) ? droppedElement : unwrappedElement, attribs: {} };
  if (specific.tagName !== tagName) return specific;
  const attribs: Attributes = {};
  for (const name of elementAttributes[tagName] ?? []) keep(attribs, name, specific.attribs[name]);
  for (const name of globalAttributes) keep(attribs, name, specific.attribs[name] ?? given[name]);
  return { ...specific, attribs };
}

function keep(attribs: Attributes, name: string, value: string | undefined): void {
  if (value === undefined || !fitsAttribute(value)) return;
  if (booleanAttributes.has(name)) attribs[name] = '';
  else if (name === 'alt' || (value !== '' && (attributeValues[name]?.test(value) ?? true))) attribs[name] = value;
}

function cleanSpecific(tagName: string, given: Attributes, context: CleaningContext): CleanElement | undefined {
  switch (tagName) {
    case 'a':
      return cleanLink(given, context.base);
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

function cleanLink(given: Attributes, base: string | undefined): CleanElement | undefined {
  const href = resolveLink(given['href'], base);
  return href === undefined ? undefined : wrap('a', { ...given, href });
}

function cleanFrame(given: Attributes, context: CleaningContext): CleanElement | undefined {
  const address = resolveAddress(given['src'], context.base) ?? resolveAddress(given['data-src'], context.base);
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
    // Players refuse to play for nobody: YouTube answers error 153 without an origin.
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
    ...pick({ sizes, media: condition, type, width, height }),
    ...(src === undefined ? {} : { src }),
    ...(set.length === 0 ? {} : { srcset: renderSourceSet(set) }),
  });
}

/** A player shows its controls and fetches nothing before it is asked to. */
function cleanMedia(tagName: string, given: Attributes, base: string | undefined): CleanElement {
  const addressed = withAddress(
    withAddress(given, 'src', resolveAddress(given['src'], base)),
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

function pick(values: Readonly<Record<string, string | undefined>>): Attributes {
  const present: Attributes = {};
  for (const [name, value] of Object.entries(values)) if (value !== undefined) present[name] = value;
  return present;
}

function wrap(tagName: string, attribs: Attributes | undefined): CleanElement | undefined {
  return attribs === undefined ? undefined : { tagName, attribs };
}

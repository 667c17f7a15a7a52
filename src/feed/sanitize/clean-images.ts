/**
 * Cleans images: lazy-loaded ones get their real address, invisible ones and trackers are removed.
 */

import type { HttpUrl } from '../../domain/http-url.ts';
import { widestUseful } from '../../domain/picture.ts';
import { isInvisible, isKnownTracker } from '../../domain/trackers.ts';
import { type ImageCandidate, renderSourceSet, resolveAddress, resolveSourceSet } from './addresses.ts';
import { lazySourceSets, lazySources, noscriptBeside, noscriptMark } from './policy.ts';

/** Attributes of an element, decoded. */
export type Attributes = Record<string, string>;

/** The attributes that have a value. */
export function present(values: Readonly<Record<string, string | undefined>>): Attributes {
  const kept: Attributes = {};
  for (const [name, value] of Object.entries(values)) if (value !== undefined) kept[name] = value;
  return kept;
}

/** Placeholder addresses for images that a script was to load. */
const placeholder =
  /(?:^|\/)(?=(?:[a-z\d]+[_.-])*(?:blank|spacer|placeholder|transparent|pixel|loading|loader|lazy(?:load)?|grey|gray|spinner|preload|1x1)[_.-])(?:(?:blank|spacer|placeholder|transparent|trans|pixel|loading|loader|lazy(?:load)?|grey|gray|white|black|empty|dummy|default|img|image|bg|clear|anim(?:ated)?|spinner|preload|fallback|px|v?\d+(?:x\d+|px)?)[_.-])+(?:gif|png|svg|jpe?g|webp)(?:$|[?#])|\/t\.gif(?:$|[?#])/i;

/** Remembers the images of a document, to tell a `noscript` fallback from an image of its own. */
export interface ImageMemory {
  readonly seen: Set<string>;
  wasRepaired: boolean;
}

/** An image's attributes under the policy, or `undefined` when it is not to be shown. */
export function cleanImage(given: Attributes, base: string | undefined, memory: ImageMemory): Attributes | undefined {
  if (isInvisible(given)) return undefined;
  const { src, srcset, isRepaired } = chooseSource(given, base);
  if (src === undefined || isKnownTracker(src)) return undefined;
  const isFallback =
    given[noscriptMark] !== undefined &&
    (memory.seen.has(src) || (memory.wasRepaired && given[noscriptMark] === noscriptBeside));
  if (isFallback) return undefined;
  memory.seen.add(src);
  memory.wasRepaired = isRepaired;
  // Images far down an article are loaded when the reader gets there.
  const kept: Attributes = { src, loading: 'lazy' };
  if (srcset !== '') kept['srcset'] = srcset;
  if (given['sizes'] !== undefined && srcset !== '') kept['sizes'] = given['sizes'];
  if (given['alt'] !== undefined) kept['alt'] = given['alt'];
  const sizes = present({ width: toSize(given['width']), height: toSize(given['height']) });
  // A tiny size that remains alone would make an image invisible that is not: the other one was in a style, or unreadable.
  return isInvisible(sizes) ? kept : { ...kept, ...sizes };
}

function toSize(value: string | undefined): string | undefined {
  return /^\s*(\d{1,5}%?)(?:\.\d{1,9})?(?:px)?\s*$/i.exec(value ?? '')?.[1];
}

function chooseSource(given: Attributes, base: string | undefined) {
  const lazy = firstAddress(given, lazySources, base);
  const plain = resolveAddress(given['src'], base);
  const lazySet = firstSet(given, lazySourceSets, base);
  const set = lazySet.length > 0 ? lazySet : resolveSourceSet(given['srcset'], base);
  const isStandIn = plain !== undefined && placeholder.test(plain) && (lazy !== undefined || set.length > 0);
  const src = lazy ?? (isStandIn ? undefined : plain) ?? largestUseful(set)?.address;
  return { src, srcset: renderSourceSet(set), isRepaired: lazy !== undefined || lazySet.length > 0 };
}

/** The widest candidate of a set that is not wider than useful; without widths the first. */
function largestUseful(set: readonly ImageCandidate[]): ImageCandidate | undefined {
  let best: ImageCandidate | undefined;
  for (const candidate of set) {
    const [width, most] = [widthIn(candidate), best === undefined ? 0 : widthIn(best)];
    if (best === undefined || (width <= widestUseful ? width > most || most > widestUseful : width < most))
      best = candidate;
  }
  return best;
}

function widthIn({ descriptor }: ImageCandidate): number {
  return descriptor.endsWith('w') ? Number(descriptor.slice(0, -1)) : 0;
}

/** The first of the attributes that holds an address. */
export function firstAddress(
  given: Attributes,
  names: readonly string[],
  base: string | undefined,
): HttpUrl | undefined {
  for (const name of names) {
    const address = resolveAddress(given[name], base);
    if (address !== undefined) return address;
  }
  return undefined;
}

function firstSet(given: Attributes, names: readonly string[], base: string | undefined) {
  for (const name of names) {
    const set = resolveSourceSet(given[name], base);
    if (set.length > 0) return set;
  }
  return [];
}

/**
 * Parses a page whose list of entries is read: bounded, with the base of its addresses.
 */
import type { Document } from '../../../domain/document.ts';
import type { ReadFailure } from '../../../domain/failure.ts';
import type { HttpUrl } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { decodeDocument } from '../charset/decode.ts';
import { descendants, type HtmlDocument, isElement, parsePage } from '../page/dom.ts';
import { baseOf } from '../page/page-feeds.ts';
import { documentBase } from '../resolve-url.ts';
import type { SelectorPrice } from './css-selector.ts';

/** A parsed page. */
export interface ListPage {
  readonly document: HtmlDocument;
  /** The address of the page itself. */
  readonly url: HttpUrl;
  readonly base: HttpUrl;
  /** When it was asked: the start of relative dates. */
  readonly now: Instant;
  /** Writes `03/11/2026` as `3.11.2026`, in the order that other dates of the page or its language tell. */
  readonly inOrder: (date: string) => string;
  /** The cost of a positional selector here: the sum of the squares of the lengths of all lists of siblings. */
  readonly siblingPairs: number;
  /** The cost of `:has` here: the sum of the depths of all elements. */
  readonly depths: number;
}

/** The bounds of `readWebPage`: a page is parsed within them in about a second. UTF-16 units, `<` and `&`, elements. */
const maxPageLength = 3_000_000;
const maxMarks = 60_000;
const maxPageElements = 15_000;

/** Pairs and depths that selecting may look at: 0.2 s each on the machine that measured `css-selector.ts`. */
const maxSiblingPairs = 4_000_000;
const maxDepths = 300_000;

/** Text or markup, and where it came from. */
export function decodeText(document: Document): string {
  return decodeDocument(document).text;
}

/** Parses a page. Fails with `no-items` when it is too large to look for entries in it. */
export function parseListPage(text: string, document: Document, now: Instant): Result<ListPage, ReadFailure> {
  if (text.length > maxPageLength) return tooLarge(`it is longer than ${maxPageLength} characters`);
  if (count(text, '<') > maxMarks || count(text, '&') > maxMarks) return tooLarge('it has too much markup');
  const page = parsePage(text);
  let [elements, siblingPairs, depths] = [0, 0, 0];
  const depthOf = new Map<unknown, number>([[page.documentElement, 0]]);
  for (const node of descendants(page.documentElement)) {
    if (!isElement(node)) continue;
    elements += 1;
    if (elements > maxPageElements) return tooLarge(`it has more than ${maxPageElements} elements`);
    const depth = (depthOf.get(node.parentNode) ?? 0) + 1;
    depthOf.set(node, depth);
    depths += depth;
    siblingPairs += node.childNodes.length ** 2;
  }
  const base = baseOf(page, documentBase(document));
  return ok({ document: page, url: document.url, base, now, inOrder: findOrder(text), siblingPairs, depths });
}

const slashed = /\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/g;

/** A number above 12 is a day. A page without one is read by its language; English alone says nothing. */
function findOrder(text: string): ListPage['inOrder'] {
  const dates = [...text.matchAll(slashed)].slice(0, 500);
  const isDayFirst = dates.some(([, first]) => Number(first) > 12);
  const isMonthFirst = dates.some(([, , second]) => Number(second) > 12);
  const language = /<html\b[^>]*\blang=["']?([a-z-]+)/i.exec(text)?.[1]?.toLowerCase() ?? 'en';
  const isKnown = isDayFirst !== isMonthFirst || (!isDayFirst && language !== 'en');
  if (!isKnown) return (date) => date;
  const order = isMonthFirst || (!isDayFirst && language === 'en-us') ? '$2.$1.$3' : '$1.$2.$3';
  return (date) => date.replace(slashed, order);
}

/** Why a selector of this price is not used on a page; `undefined` when it may be used. */
export function refusePrice(
  { siblingPairs, depths }: ListPage,
  { siblings, below }: SelectorPrice,
): string | undefined {
  // Each further part that looks at siblings looks at them for each element that the next one tries.
  const isDear = siblings > 0 && siblingPairs * (2 ** siblings - 1) > maxSiblingPairs;
  if (!isDear && depths * below <= maxDepths) return undefined;
  return 'is too costly on a page of this size: use classes instead of positions and :has';
}

function tooLarge(detail: string): Result<never, ReadFailure> {
  return fail({ kind: 'no-items', detail });
}

function count(text: string, mark: string): number {
  let found = 0;
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) found += 1;
  return found;
}

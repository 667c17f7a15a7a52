/**
 * Finds the fields of an item by common patterns of pages, when no selector is given.
 */
import type { HtmlElement } from '../page/dom.ts';
import { dateOf, elementsOf, lineOf, shortTextOf, toDate } from './item-values.ts';
import type { ListPage } from './list-page.ts';
import { type Found, findElement, openers, type Scope } from './scope.ts';

/** Elements of one item that are tried for a field without a selector. */
const maxTried = 100;

export function findUsual(scope: Scope, selector: string): Found | undefined {
  const element = findElement(scope, selector);
  return element === undefined ? undefined : { element };
}

export const usualAuthor = '[rel~="author"], [itemprop~="author"], .p-author, .author, .byline';

const headings = 'h1, h2, h3, h4, h5, h6';

/** The first heading that is no date: some pages head each entry with its day. */
export function findHeading(scope: Scope, page: ListPage): HtmlElement | undefined {
  const found = scope.flatMap((root) => (root.matches(headings) ? [root] : [...root.querySelectorAll(headings)]));
  return found.slice(0, 10).find((one) => {
    const line = lineOf(one);
    return line !== '' && (line.length > 40 || toDate(line, page) === undefined);
  });
}

/** The link in the heading, else the one with the most words. */
export function findLink(scope: Scope, heading: HtmlElement | undefined): Found | undefined {
  const inHeading = heading?.querySelector('a[href]');
  if (inHeading != null) return { element: inHeading };
  let best: HtmlElement | undefined;
  let [longest, links] = [-1, 0];
  for (const element of elementsOf(scope)) {
    if (element.localName !== 'a' || element.getAttribute('href') === null) continue;
    const { length } = lineOf(element);
    if (length > longest) [best, longest] = [element, length];
    links += 1;
    if (links === maxTried) break;
  }
  const around = scope[0]?.closest('a[href]');
  return best === undefined ? (around == null ? undefined : { element: around }) : { element: best };
}

/** A heading, else the link's own words. */
export function titleFrom(heading: HtmlElement | undefined, link: HtmlElement | undefined): Found | undefined {
  const element = heading ?? link;
  return element === undefined ? undefined : { element };
}

/** The day that heads several entries: before the item, or before what is around it. */
export function dateAbove([item]: Scope, page: ListPage): ReturnType<typeof dateOf> {
  let around: HtmlElement | null = item ?? null;
  for (let level = 0; level < 3 && around !== null; level += 1) {
    let before = around.previousElementSibling;
    for (let steps = 0; steps < maxTried && before !== null; steps += 1) {
      const text = openers.has(before.localName) ? shortTextOf(before) : undefined;
      const at = text === undefined ? undefined : toDate(text, page);
      // A heading that is no date begins another part of the page.
      if (text !== undefined) return at;
      before = before.previousElementSibling;
    }
    around = around.parentElement;
  }
  return undefined;
}

/** An element that is marked as a date, else a short text that is one. */
export function findDate(scope: Scope, page: ListPage): ReturnType<typeof dateOf> {
  const declared = findElement(
    scope,
    'time, [datetime], [itemprop~="datePublished"], .dt-published, .published, .date',
  );
  const at = declared === undefined ? undefined : dateOf(declared, page);
  if (at !== undefined) return at;
  let tried = 0;
  for (const element of elementsOf(scope)) {
    const text = shortTextOf(element);
    if (text === undefined) continue;
    const found = toDate(text, page);
    tried += 1;
    if (found !== undefined || tried === maxTried) return found;
  }
  return undefined;
}

/** The first paragraph with more than a few words that is not the title. */
export function findSummary(scope: Scope, title: string): Found | undefined {
  let tried = 0;
  for (const element of elementsOf(scope)) {
    if (element.localName !== 'p') continue;
    const line = lineOf(element);
    tried += 1;
    if (line.length >= 30 && line !== title) return { element };
    if (tried === maxTried) break;
  }
  return undefined;
}

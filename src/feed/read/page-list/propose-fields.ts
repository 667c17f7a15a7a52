/**
 * Proposes the selectors of an item's fields: those that find something in nearly all items.
 */
import type { PageField } from '../../../domain/page-selectors.ts';
import { type HtmlElement, isElement } from '../page/dom.ts';
import { addressOf, dateOf, elementsOf, holdsElement, lineOf, pictureOf, shortTextOf } from './item-values.ts';
import type { ListPage } from './list-page.ts';
import { toScope } from './scope.ts';

/** Items that are looked at. */
const looked = 12;

/** Elements of one item that are looked at. */
const maxElements = 200;

/** A field's selector has to find something in so many of them. */
const leastShare = 0.6;

type Proposed = { readonly [Field in PageField]?: string };

/** Selectors for the fields of these items; a field that is not found gets none. */
export function fieldSelectors(page: ListPage, items: readonly HtmlElement[]): Proposed {
  const isItem = new Set<unknown>(items);
  const scopes = items.slice(0, looked).map((item) => toScope(item, isItem));
  const choose: Choose = (accepts) => {
    const counts = new Map<string, number>();
    for (const scope of scopes) {
      const own = new Set<string>();
      // A selector names the first element that it matches: another one of the same name does not count.
      const taken = new Set<string>();
      let seen = 0;
      for (const element of elementsOf(scope)) {
        seen += 1;
        if (seen > maxElements) break;
        const names = nameWithin(element, scope).filter((name) => !taken.has(name));
        for (const name of names) taken.add(name);
        if (names.length > 0 && accepts(element, scope)) for (const name of names) own.add(name);
      }
      for (const name of own) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const [best] = [...counts]
      .filter(([, count]) => count >= leastShare * scopes.length)
      .toSorted((left, right) => right[1] - left[1] || specificity(right[0]) - specificity(left[0]));
    return best?.[0];
  };
  const date = choose((element) => isDate(element, page)) ?? dateOfNext(page, items, isItem);
  const title = choose((element) => isTitle(element, page)) ?? titleInLink(page, items, choose);
  const link = choose(
    (element) => element.localName === 'a' && addressOf(element, page) !== undefined && lineOf(element).length > 3,
  );
  const summary = choose((element, scope) => isSummary(element, scope));
  const image = choose((element) => element.localName === 'img' && pictureOf(element) !== undefined);
  const author = choose((element) =>
    /\b(?:author|byline)\b/i.test(`${element.getAttribute('class') ?? ''} ${element.getAttribute('rel') ?? ''}`),
  );
  return {
    ...(title === undefined ? {} : { title }),
    // A title that is or holds a link leads to its entry; without one the usual search finds it.
    ...(title !== undefined || link === undefined ? {} : { link }),
    ...(date === undefined ? {} : { date }),
    ...(summary === undefined ? {} : { summary }),
    ...(image === undefined ? {} : { image }),
    ...(author === undefined ? {} : { author }),
  };
}

type Choose = (accepts: (element: HtmlElement, scope: readonly HtmlElement[]) => boolean) => string | undefined;

/** A link around everything: its title is the first text in it that is no date and has no other elements. */
function titleInLink(page: ListPage, items: readonly HtmlElement[], choose: Choose): string | undefined {
  if (!items.slice(0, looked).every(({ localName }) => localName === 'a')) return undefined;
  return choose((element, scope) => {
    const isLeaf = element !== scope[0] && ![...element.childNodes].some(isElement);
    return isLeaf && lineOf(element).length >= 4 && !isDate(element, page);
  });
}

/** Tables give some entries two rows: the date is in the row after the item. */
function dateOfNext(page: ListPage, items: readonly HtmlElement[], isItem: ReadonlySet<unknown>): string | undefined {
  const counts = new Map<string, number>();
  for (const { nextElementSibling: next } of items.slice(0, looked)) {
    if (next === null || isItem.has(next)) continue;
    for (const element of elementsOf([next])) {
      const [name] = isDate(element, page) ? nameWithin(element, [next]) : [];
      if (name !== undefined && name !== '.') {
        counts.set(`+ ${next.localName} ${name}`, (counts.get(`+ ${next.localName} ${name}`) ?? 0) + 1);
        break;
      }
    }
  }
  const least = leastShare * Math.min(looked, items.length);
  return [...counts].find(([, count]) => count >= least)?.[0];
}

/** The names of an element below an item: by class, or by a meaningful tag. `.` is the item itself. */
function nameWithin(element: HtmlElement, scope: readonly HtmlElement[]): readonly string[] {
  if (element === scope[0]) return ['.'];
  const names = (element.getAttribute('class') ?? '')
    .split(/\s+/)
    .filter((name) => /^[a-z_][a-z0-9_-]{1,40}$/i.test(name))
    .slice(0, 2)
    .map((name) => `.${name}`);
  const tag = element.localName;
  if (/^(?:h[1-6]|time|p|img|a|small|dd|dt|td|span|i|em)$/.test(tag)) names.push(tag);
  // What has no name is known by its place.
  if (names.length === 0 && tag === 'div' && element.parentElement?.localName === 'div') {
    if (element.previousElementSibling === null) names.push('div > div:first-child');
    else if (element.nextElementSibling === null) names.push('div > div:last-child');
  }
  return names;
}

/** Of selectors that find equally many, a more meaningful one wins: a heading, a class, then other tags. */
function specificity(selector: string): number {
  if (selector === '.') return 0;
  if (/^h[1-6]$|^time$/.test(selector)) return 3;
  return selector.startsWith('.') ? 2 : 1;
}

function isDate(element: HtmlElement, page: ListPage): boolean {
  if (element.localName === 'time' || element.getAttribute('datetime') !== null)
    return dateOf(element, page) !== undefined;
  return shortTextOf(element) !== undefined && dateOf(element, page) !== undefined;
}

function isTitle(element: HtmlElement, page: ListPage): boolean {
  const line = lineOf(element);
  if (line.length < 4 || line.length > 300) return false;
  if (/^h[1-6]$/.test(element.localName)) return !isDate(element, page);
  return (
    /\b(?:title|headline|heading|entry-title|post-title)\b/i.test(element.getAttribute('class') ?? '') &&
    !isDate(element, page)
  );
}

const blocks: ReadonlySet<string> = new Set(['h1', 'h2', 'h3', 'h4', 'p']);

function isSummary(element: HtmlElement, scope: readonly HtmlElement[]): boolean {
  if (element === scope[0] || lineOf(element).length < 40 || holdsElement(element, blocks)) return false;
  return (
    element.localName === 'p' ||
    element.localName === 'dd' ||
    /summary|excerpt|desc|intro|lead|teaser|abstract/i.test(element.getAttribute('class') ?? '')
  );
}

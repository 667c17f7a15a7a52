/**
 * Reads the items of a page by selectors; a field without a selector is found by what pages usually have.
 */
import type { PageField, PageSelectors } from '../../../domain/page-selectors.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { HtmlElement } from '../page/dom.ts';
import { createRawNode, type RawEntry } from '../raw-feed.ts';
import { judgeSelector, splitAttribute, splitLead } from './css-selector.ts';
import {
  addressOf,
  authorOf,
  dateOf,
  elementsOf,
  lineOf,
  markupOf,
  pictureOf,
  shortTextOf,
  toDate,
  toEntryAddress,
  writeDate,
} from './item-values.ts';
import { type ListPage, refusePrice } from './list-page.ts';

/** Items of one page; the newest come first on all that have so many. */
export const maxItems = 500;

/** An item, and where its fields are looked for. */
type Scope = readonly HtmlElement[];

/** Elements of one item that are tried for a field without a selector. */
const maxTried = 100;

/** Elements whose text is what follows them, up to the next item: there is no element around both. */
const openers = new Set(['dt', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);

/** Reads all items; a text says why a selector cannot be used on this page. */
export function readItems(page: ListPage, selectors: PageSelectors): Result<readonly RawEntry[], string> {
  for (const text of Object.values(selectors)) {
    if (text === undefined) continue;
    const { rest } = splitLead(splitAttribute(text).selector);
    const price = rest === '' || rest === '.' ? { siblings: 0, below: 0 } : judgeSelector(rest);
    const refusal = typeof price === 'string' ? price : refusePrice(page, price);
    if (refusal !== undefined) return fail(`"${text.slice(0, 80)}" ${refusal}`);
  }
  const items = selectItems(page, selectors.item);
  const isItem = new Set(items);
  return ok(items.map((item) => readItem(page, toScope(item, isItem), selectors)));
}

/** The elements that are items; an item inside another one is a part of that. */
export function selectItems({ document }: ListPage, selector: string): readonly HtmlElement[] {
  const found = document.querySelectorAll(selector);
  const chosen = new Set<unknown>();
  const items: HtmlElement[] = [];
  for (const element of found) {
    if (isInside(element, chosen)) continue;
    chosen.add(element);
    items.push(element);
    if (items.length === maxItems) break;
  }
  return items;
}

function isInside(element: HtmlElement, chosen: ReadonlySet<unknown>): boolean {
  for (let up = element.parentElement; up !== null; up = up.parentElement) if (chosen.has(up)) return true;
  return false;
}

/** What belongs to an item: what follows a heading or a term, the term before a definition, else the item alone. */
export function toScope(item: HtmlElement, isItem: ReadonlySet<unknown>): Scope {
  if (item.localName === 'dd') {
    let term = item.previousElementSibling;
    while (term !== null && term.localName === 'dd') term = term.previousElementSibling;
    return term === null ? [item] : [item, term];
  }
  if (!openers.has(item.localName)) return [item];
  const scope = [item];
  for (let next = item.nextElementSibling; next !== null; next = next.nextElementSibling) {
    if (isItem.has(next) || next.localName === item.localName) break;
    scope.push(next);
  }
  return scope;
}

function readItem(page: ListPage, scope: Scope, selectors: PageSelectors): RawEntry {
  const entry: RawEntry = createRawNode();
  const found = (field: PageField): Found | undefined =>
    selectors[field] === undefined ? undefined : findField(scope, selectors[field]);
  const own = (field: PageField): boolean => selectors[field] !== undefined;

  const linked = own('link') ? found('link') : findLink(scope);
  const link =
    linked?.value === undefined ? linked && addressOf(linked.element, page) : toEntryAddress(linked.value, page);
  const anchor = scope[0]?.getAttribute('id') ?? scope[0]?.querySelector('[id]')?.getAttribute('id');
  const href = link ?? (anchor == null ? undefined : `${page.url.replace(/#.*/, '')}#${encodeURIComponent(anchor)}`);
  if (href !== undefined) entry.links.push({ from: 'link', href, rel: 'alternate' });

  const titled = own('title') ? found('title') : findTitle(scope, linked?.element);
  const title = titled?.value ?? (titled === undefined ? '' : lineOf(titled.element));
  if (title !== '') entry.texts.push({ from: 'title', text: title, kind: 'text' });

  const dated = found('date');
  const at = own('date')
    ? dated && (dated.value === undefined ? dateOf(dated.element, page) : toDate(dated.value, page))
    : findDate(scope, page);
  if (at !== undefined) entry.values.push({ from: 'page:date', text: writeDate(at) });

  const summed = own('summary') ? found('summary') : findSummary(scope, title);
  if (summed?.value !== undefined) entry.texts.push({ from: 'description', text: summed.value, kind: 'text' });
  else if (summed !== undefined) {
    entry.texts.push({ from: 'description', text: markupOf(summed.element), kind: 'html', base: page.base });
  }

  const pictured = own('image') ? found('image') : undefined;
  const picture = own('image')
    ? (pictured?.value ?? (pictured && pictureOf(pictured.element)))
    : scope.map(pictureOf).find((address) => address !== undefined);
  if (picture !== undefined) entry.values.push({ from: 'image', text: picture, base: page.base });

  const authored = own('author') ? found('author') : findUsual(scope, usualAuthor);
  const author = authored?.value ?? (authored === undefined ? '' : authorOf(authored.element));
  if (author !== '') entry.people.push({ from: 'author', name: author });
  return entry;
}

/** The element of a field; `value` where an attribute of it was asked for. */
interface Found {
  readonly element: HtmlElement;
  readonly value?: string;
}

function findField(scope: Scope, text: string): Found | undefined {
  const { selector, attribute } = splitAttribute(text);
  const element = findElement(scope, selector);
  if (element === undefined) return undefined;
  if (attribute === undefined) return { element };
  const value = element.getAttribute(attribute)?.replace(/\s+/g, ' ').trim();
  return value === undefined || value === '' ? undefined : { element, value };
}

function findElement(scope: Scope, selector: string): HtmlElement | undefined {
  const { lead, rest } = splitLead(selector);
  const [item] = scope;
  if (item === undefined || rest === '' || rest === '.') return item;
  if (lead === '>')
    return (
      [...item.children].find((child) => child.matches(rest)) ?? item.querySelector(`:scope > ${rest}`) ?? undefined
    );
  // `+ tr .date`: the next sibling has to be a `tr`, and what is left is looked for in it.
  if (lead === '+') {
    const [, first = '', below = ''] = /^((?:\[[^\]]*\]|[^\s>[])+)\s*(.*)$/s.exec(rest) ?? [];
    const next = item.nextElementSibling;
    if (next?.matches(first) !== true) return undefined;
    return below === '' ? next : (next.querySelector(below.startsWith('>') ? `:scope ${below}` : below) ?? undefined);
  }
  for (const root of scope) {
    const element = root.matches(rest) ? root : root.querySelector(rest);
    if (element !== null) return element;
  }
  return undefined;
}

function findUsual(scope: Scope, selector: string): Found | undefined {
  const element = findElement(scope, selector);
  return element === undefined ? undefined : { element };
}

const usualAuthor = '[rel~="author"], [itemprop~="author"], .p-author, .author, .byline';

const headings = 'h1, h2, h3, h4, h5, h6';

/** The link in a heading, else the one with the most words. */
function findLink(scope: Scope): Found | undefined {
  const inHeading = findElement(scope, headings)?.querySelector('a[href]');
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
function findTitle(scope: Scope, link: HtmlElement | undefined): Found | undefined {
  const heading = findElement(scope, headings);
  if (heading !== undefined && lineOf(heading) !== '') return { element: heading };
  return link === undefined ? undefined : { element: link };
}

/** What says that it is a date, else a short text that is one. */
function findDate(scope: Scope, page: ListPage): ReturnType<typeof dateOf> {
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
function findSummary(scope: Scope, title: string): Found | undefined {
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

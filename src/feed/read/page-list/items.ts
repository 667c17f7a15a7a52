/**
 * Reads the items of a page by selectors; a field without a selector is found by common patterns.
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
  markupOf,
  pictureOf,
  titleOf,
  toDate,
  toEntryAddress,
  writeDate,
} from './item-values.ts';
import { type ListPage, refusePrice } from './list-page.ts';
import { type Found, findField, type Scope, toScope } from './scope.ts';
import {
  dateAbove,
  findDate,
  findHeading,
  findLink,
  findSummary,
  findUsual,
  titleFrom,
  usualAuthor,
} from './usual-fields.ts';

/** Most items of one page; pages with more list the newest first. */
export const maxItems = 500;

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

/** The elements that are items; an item inside another is a part of it. */
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

function readItem(page: ListPage, scope: Scope, selectors: PageSelectors): RawEntry {
  const entry: RawEntry = createRawNode();
  const found = (field: PageField): Found | undefined =>
    selectors[field] === undefined ? undefined : findField(scope, selectors[field]);
  const own = (field: PageField): boolean => selectors[field] !== undefined;

  const heading = findHeading(scope, page);
  const linked = own('link') ? found('link') : findLink(scope, heading);
  const link =
    linked?.value === undefined ? linked && addressOf(linked.element, page) : toEntryAddress(linked.value, page);
  const anchor = scope[0]?.getAttribute('id') ?? scope[0]?.querySelector('[id]')?.getAttribute('id');
  const href = link ?? (anchor == null ? undefined : `${page.url.replace(/#.*/, '')}#${encodeURIComponent(anchor)}`);
  if (href !== undefined) entry.links.push({ from: 'link', href, rel: 'alternate' });

  const titled = own('title') ? found('title') : titleFrom(heading, linked?.element);
  const title = titled?.value ?? (titled === undefined ? '' : titleOf(titled.element));
  if (title !== '') entry.texts.push({ from: 'title', text: title, kind: 'text' });

  const dated = found('date');
  const at = own('date')
    ? dated && (dated.value === undefined ? dateOf(dated.element, page) : toDate(dated.value, page))
    : (findDate(scope, page) ?? dateAbove(scope, page));
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

/**
 * Finds the element of a field, starting at an item.
 */
import type { HtmlElement } from '../page/dom.ts';
import { splitAttribute, splitLead } from './css-selector.ts';

/** An item, and where its fields are looked for. */
export type Scope = readonly HtmlElement[];

/** Elements whose text follows them, up to the next item: no element is around both. */
export const openers = new Set(['dt', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);

/** The scope of an item: the elements after a heading or a term, the term before a definition, else the item alone. */
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

/** The element of a field; `value` where an attribute of it was asked for. */
export interface Found {
  readonly element: HtmlElement;
  readonly value?: string;
}

/** The element that a selector names. */
export function findField(scope: Scope, text: string): Found | undefined {
  const { selector, attribute } = splitAttribute(text);
  const element = findElement(scope, selector);
  if (element === undefined) return undefined;
  if (attribute === undefined) return { element };
  const value = element.getAttribute(attribute)?.replace(/\s+/g, ' ').trim();
  return value === undefined || value === '' ? undefined : { element, value };
}

/** The first element in the scope that a selector without an attribute names. */
export function findElement(scope: Scope, selector: string): HtmlElement | undefined {
  const { lead, rest } = splitLead(selector);
  const [item] = scope;
  if (item === undefined || rest === '' || rest === '.') return item;
  if (lead === '>')
    return (
      [...item.children].find((child) => child.matches(rest)) ?? item.querySelector(`:scope > ${rest}`) ?? undefined
    );
  // `+ tr .date`: the next sibling must be a `tr`, and the rest of the selector applies inside it.
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

/**
 * Parses HTML text into a document. Only this file imports linkedom.
 *
 * linkedom never fetches, runs or styles anything. Its types need TypeScript's DOM library, which a Worker does not have,
 * so the part of the DOM that the readers use is typed here.
 * @see https://dom.spec.whatwg.org/
 */
import { parseHTML } from 'linkedom';
import { boundNesting, boundStrays } from './html-bounds.ts';

/** What elements, texts and comments share. Lists of nodes are snapshots: they may be walked while the tree changes. */
export interface HtmlNode {
  /** 1 element, 3 text, 8 comment. */
  readonly nodeType: number;
  readonly parentNode: HtmlNode | null;
  readonly firstChild: HtmlNode | null;
  readonly previousSibling: HtmlNode | null;
  readonly nextSibling: HtmlNode | null;
  readonly childNodes: ArrayLike<HtmlNode> & Iterable<HtmlNode>;
  textContent: string | null;
  remove(): void;
  before(...nodes: HtmlNode[]): void;
  replaceWith(...nodes: (HtmlNode | string)[]): void;
}

/** An element of an HTML document. */
export interface HtmlElement extends HtmlNode {
  /** Lower case for HTML elements. */
  readonly localName: string;
  innerHTML: string;
  readonly outerHTML: string;
  append(...nodes: (HtmlNode | string)[]): void;
  getAttribute(name: string): string | null;
  getAttributeNames(): string[];
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  closest(selector: string): HtmlElement | null;
  matches(selector: string): boolean;
  readonly nextElementSibling: HtmlElement | null;
  readonly previousElementSibling: HtmlElement | null;
  readonly parentElement: HtmlElement | null;
  readonly children: ArrayLike<HtmlElement> & Iterable<HtmlElement>;
  querySelector(selector: string): HtmlElement | null;
  querySelectorAll(selector: string): ArrayLike<HtmlElement> & Iterable<HtmlElement>;
}

/** A parsed page. */
export interface HtmlDocument {
  readonly documentElement: HtmlElement;
  readonly head: HtmlElement;
  readonly body: HtmlElement;
  readonly title: string;
  createElement(name: string): HtmlElement;
  querySelector(selector: string): HtmlElement | null;
  querySelectorAll(selector: string): ArrayLike<HtmlElement> & Iterable<HtmlElement>;
}

/** Parses a whole page. A fragment must come inside `<html><body>`: linkedom does not invent them. */
export function parseHtmlDocument(text: string): HtmlDocument {
  const document: HtmlDocument | { documentElement: null } = parseHTML(text).document;
  // A text without a single element has no root, and then asking for the body throws.
  if (document.documentElement !== null) {
    if (upperCaseName.test(text)) lowerNames(document);
    return document;
  }
  return parseHtmlDocument('<!doctype html><html><head></head><body></body></html>');
}

/** Parses the text of a page of somebody else: bounded, because linkedom works by recursion and is slow at siblings. */
export function parsePage(text: string): HtmlDocument {
  return parseHtmlDocument(boundNesting(boundStrays(text)));
}

/** Something that may be an attribute with a capital letter. */
const upperCaseName = /[\s"'][a-z-]{0,20}[A-Z][\w-]{0,40}\s{0,9}=/;

/** HTML's attributes are case-insensitive, linkedom's are not: `SRC` and `dateTime` must be found as `src` and `datetime`. */
function lowerNames(document: HtmlDocument): void {
  // A page without <html> has several roots.
  for (const element of document.querySelectorAll('*')) {
    for (const name of element.getAttributeNames()) {
      const lower = name.toLowerCase();
      if (lower === name) continue;
      const value = element.getAttribute(name) ?? '';
      element.removeAttribute(name);
      // Of two spellings of one name the first counts, as in a browser.
      if (element.getAttribute(lower) === null) element.setAttribute(lower, value);
    }
  }
}

/** The nodes under `root` in document order, without `root`; a node removed on the way must already be behind. */
export function* descendants(root: HtmlNode): Generator<HtmlNode> {
  let node = root.firstChild;
  while (node !== null) {
    yield node;
    if (node.firstChild !== null) {
      node = node.firstChild;
      continue;
    }
    let up: HtmlNode | null = node;
    while (up !== null && up !== root && up.nextSibling === null) up = up.parentNode;
    node = up === null || up === root ? null : up.nextSibling;
  }
}

/** Whether a node is an element. */
export function isElement(node: HtmlNode | null | undefined): node is HtmlElement {
  return node?.nodeType === 1;
}

/**
 * Cleans an archived body: removes paragraphs without words, and puts loose words into paragraphs.
 */

import { type HtmlDocument, type HtmlElement, type HtmlNode, isElement } from '../page/dom.ts';
import { elementsNamed, hasText, isBlock, visibleElements } from './text.ts';

// Scripts and styles would be counted as words.
const unread = new Set(['script', 'style', 'template', 'title']);
const emptied = new Set(
  'p div section article center header footer figure figcaption blockquote h1 h2 h3 h4 h5 h6 ul ol li'.split(' '),
);

/** Removes comments and elements that are never text. */
export function removeUnread(document: HtmlDocument): void {
  for (const element of elementsNamed(document.documentElement, unread)) element.remove();
  for (const node of commentsOf(document.body)) node.remove();
}

/** Removes blocks without a visible part: no letter, no image, only spaces and line breaks. */
export function removeEmptyBlocks(body: HtmlElement): void {
  const visible = visibleElements(body);
  for (const element of elementsNamed(body, emptied)) {
    if (!visible.has(element)) element.remove();
  }
}

/** Puts loose words beside the blocks of the body into paragraphs and drops the line breaks between blocks. */
export function wrapLooseText(document: HtmlDocument): void {
  let run: HtmlNode[] = [];
  const close = (): void => {
    while (isBreak(run[0])) run.shift()?.remove();
    while (isBreak(run.at(-1)) || isBlank(run.at(-1))) run.pop()?.remove();
    const [first] = run;
    if (first !== undefined && run.some((node) => hasText(node.textContent))) {
      const paragraph = document.createElement('p');
      first.before(paragraph);
      paragraph.append(...run);
    }
    run = [];
  };
  for (const node of innermostWrapper(document.body).childNodes) {
    const breaks = isBreak(node) && isBreak(lastSeen(run));
    if (run.length === 0 && isBlank(node)) continue;
    if (isBlock(node) || isMedia(node) || breaks) {
      close();
      if (breaks) node.remove();
    } else {
      run.push(node);
    }
  }
  close();
}

/** How many wrappers around the whole body are opened. */
const maxWrappers = 5;

/** The element that holds the blocks of a body: archives wrap them in a `div` or more. */
function innermostWrapper(body: HtmlElement): HtmlElement {
  let holder = body;
  for (let wrappers = 0; wrappers < maxWrappers; wrappers += 1) {
    const [only, ...others] = [...holder.childNodes].filter((node) => !isBlank(node));
    if (others.length > 0 || !isElement(only) || !/^(?:div|article|section)$/.test(only.localName)) return holder;
    holder = only;
  }
  return holder;
}

function isBreak(node: HtmlNode | undefined): boolean {
  return isElement(node) && node.localName === 'br';
}

function isBlank(node: HtmlNode | undefined): boolean {
  return node?.nodeType === 3 && !hasText(node.textContent);
}

function lastSeen(run: readonly HtmlNode[]): HtmlNode | undefined {
  return run.findLast((node) => node.nodeType !== 3 || hasText(node.textContent));
}

function isMedia(node: HtmlNode): boolean {
  return isElement(node) && /^(?:img|picture|video|audio|iframe)$/.test(node.localName);
}

function commentsOf(body: HtmlElement): HtmlNode[] {
  const found: HtmlNode[] = [];
  const stack: HtmlNode[] = [body];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.nodeType === 8) found.push(node);
    for (const child of node.childNodes) stack.push(child);
  }
  return found;
}

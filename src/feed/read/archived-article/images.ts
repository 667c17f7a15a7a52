/**
 * Images of an archived body: their own addresses instead of a proxy's, and the caption below each one bound to it.
 *
 * `<img ...><div><small>caption</small></div>` becomes `<figure><img ...><figcaption>caption</figcaption></figure>`.
 */
import type { Defect } from '../../../domain/defect.ts';
import type { HttpUrl } from '../../../domain/http-url.ts';
import { type HtmlDocument, type HtmlElement, type HtmlNode, isElement } from '../page/dom.ts';
import { unwrapImageUrl } from './proxy.ts';
import { descendants, elementsNamed, hasText, isBlock, isInside } from './text.ts';

const images = new Set(['img']);
const figures = new Set(['figure']);

/** Gives every image its own absolute address, removes those that have none, and returns the addresses in order. */
export function unwrapImages(body: HtmlElement, base: HttpUrl, defects: Defect[]): HttpUrl[] {
  const found: HttpUrl[] = [];
  for (const image of elementsNamed(body, images)) {
    const declared = image.getAttribute('src') ?? '';
    const address = declared === '' || declared.startsWith('data:') ? image.getAttribute('data-src') : declared;
    const url = address === null ? undefined : unwrapImageUrl(address, base);
    if (url === undefined) {
      defects.push({ kind: 'image-without-address', detail: `An image was left out: ${declared.slice(0, 100)}` });
      image.remove();
      continue;
    }
    image.setAttribute('src', url);
    // Candidates of a proxied image lead through the proxy too; the original is the largest of them.
    if (url !== address) image.removeAttribute('srcset');
    for (const size of ['width', 'height']) {
      if (!/^\d+$/.test(image.getAttribute(size) ?? '0')) image.removeAttribute(size);
    }
    found.push(url);
  }
  return found;
}

/** Turns every image that a caption follows into a figure. */
export function bindCaptions(document: HtmlDocument): void {
  for (const image of elementsNamed(document.body, images)) {
    if (isInside(image, figures)) continue;
    const unit = widestWrapper(image, document.body);
    const caption = captionAfter(unit);
    if (caption === undefined || !mayHoldFigure(unit.parentNode)) continue;
    const figure = document.createElement('figure');
    const legend = document.createElement('figcaption');
    unit.replaceWith(figure);
    // A paragraph or division around the image alone was only its line on the page; a link or picture means something.
    figure.append(...(isBlock(unit) ? [...unit.childNodes] : [unit]), legend);
    legend.append(...caption.text.childNodes);
    caption.outer.remove();
  }
}

/** The outermost element around an image that holds nothing else. */
function widestWrapper(image: HtmlElement, body: HtmlElement): HtmlElement {
  let unit = image;
  for (;;) {
    const parent = unit.parentNode;
    if (!isElement(parent) || parent === body || !wrappers.has(parent.localName)) return unit;
    const alone = previousSeen(unit) === null && nextSeen(unit) === null;
    if (!alone && parent.localName !== 'picture') return unit;
    unit = parent;
  }
}

/** More nodes than this in small print are an article in small print. */
const maxCaptionNodes = 200;

const wrappers = new Set(['a', 'p', 'div', 'center', 'span', 'picture']);

interface Caption {
  readonly outer: HtmlElement;
  readonly text: HtmlElement;
}

/** The caption right after a unit: `<small>`, alone or as all there is in a block. */
function captionAfter(unit: HtmlElement): Caption | undefined {
  const next = nextSeen(unit);
  if (!isElement(next)) return undefined;
  let text = next;
  while (text.localName !== 'small') {
    if (!wrappers.has(text.localName)) return undefined;
    const first = text.firstChild === null || isSeen(text.firstChild) ? text.firstChild : nextSeen(text.firstChild);
    if (!isElement(first) || nextSeen(first) !== null) return undefined;
    text = first;
  }
  return isCaptionText(text) ? { outer: next, text } : undefined;
}

/** Words, not too many, and no picture: a picture in small print is not the caption of the one before it. */
function isCaptionText(text: HtmlElement): boolean {
  let words = false;
  let nodes = 0;
  for (const node of descendants(text)) {
    nodes += 1;
    if (nodes > maxCaptionNodes || (isElement(node) && node.localName === 'img')) return false;
    words ||= node.nodeType === 3 && hasText(node.textContent);
  }
  return words;
}

function nextSeen(node: HtmlNode): HtmlNode | null {
  let next = node.nextSibling;
  while (next !== null && !isSeen(next)) next = next.nextSibling;
  return next;
}

function previousSeen(node: HtmlNode): HtmlNode | null {
  let previous = node.previousSibling;
  while (previous !== null && !isSeen(previous)) previous = previous.previousSibling;
  return previous;
}

function isSeen(node: HtmlNode): boolean {
  if (node.nodeType === 3) return hasText(node.textContent);
  return isElement(node) && node.localName !== 'br';
}

/** A figure inside a paragraph would end the paragraph. */
function mayHoldFigure(parent: HtmlNode | null): boolean {
  return isElement(parent) && isBlock(parent) && !/^(?:p|h[1-6]|pre|ul|ol|dl|table|tr)$/.test(parent.localName);
}

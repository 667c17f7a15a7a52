/**
 * Binds the captions of an archived body to their pictures: each picture with its caption becomes a `figure`.
 *
 * A caption is small print below the picture, an element whose class says so, or the words beside the picture in a box
 * whose class says `figure`.
 */
import { descendants, type HtmlDocument, type HtmlElement, type HtmlNode, isElement } from '../page/dom.ts';
import { elementsNamed, hasText, isBlock, isInside, textBlocks } from './text.ts';

const media = new Set(['img', 'video', 'audio', 'iframe']);
const images = new Set(['img']);
const figures = new Set(['figure']);
const legends = new Set(['figcaption']);
const unscripted = new Set(['noscript']);
const wrappers = new Set(['a', 'p', 'div', 'center', 'span', 'picture', 'noscript']);

const captionClass = /(?:^|[\s_-])(?:caption|legend|pic-?info)(?:$|[\s_-])/i;
const figureClass = /(?:^|\s)(?:figure|media-box|photo-box|image-box)(?:$|[\s_-])/i;
const buttonFile = /(?:^|[-_.])(?:icon|zoom|magnif\w*|enlarge|loupe|lupe|button|btn)(?:[-_.]|$)/i;
/** Small print with more nodes than this is no caption. */
const maxCaptionNodes = 200;
/** A box around a picture and its caption has few blocks and nodes; more are an article. */
const maxBoxBlocks = 4;
const maxBoxNodes = 100;
/** How many levels above a picture its box is looked for. */
const maxLevels = 8;

/** Whether a picture is a button, such as a magnifying glass, by its file name. */
export function isButton(address: string): boolean {
  const path = address.replace(/[?#].*$/, '');
  return buttonFile.test(path.slice(path.lastIndexOf('/') + 1));
}

/** Turns every picture, video or frame with a caption into a figure; button pictures beside captions go. */
export function bindCaptions(document: HtmlDocument): void {
  const { body } = document;
  removeButtons(body);
  for (const medium of elementsNamed(body, media)) {
    const box = boxOf(medium, body);
    if (box !== undefined) {
      toFigure(document, box, medium);
      continue;
    }
    if (isInside(medium, figures)) continue;
    const unit = widestWrapper(medium, body);
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

/**
 * Turns a box that has a picture and a caption into a figure; completes a figure without a caption element. A table of one
 * picture and one cell with words is such a box.
 */
function boxOf(medium: HtmlElement, body: HtmlElement): HtmlElement | undefined {
  let up = medium.parentNode;
  for (let level = 0; isElement(up) && up !== body && level < maxLevels; level += 1, up = up.parentNode) {
    const isFigure = up.localName === 'figure';
    const isTable = up.localName === 'table';
    if (!isFigure && !isTable && !(up.localName === 'div' && figureClass.test(up.getAttribute('class') ?? '')))
      continue;
    if (isLarge(up) || elementsNamed(up, legends).length > 0) return undefined;
    const blocks = textBlocks(up).filter((block) => !isInside(block, unscripted));
    const isBox = blocks.length > 0 && blocks.length <= maxBoxBlocks && blocks.every(isCaptionText);
    if (isTable) return isBox && blocks.length === 1 && elementsNamed(up, media).length === 1 ? up : undefined;
    return isBox && blocks.every((block) => /^(?:p|div|small)$/.test(block.localName)) ? up : undefined;
  }
  return undefined;
}

function isLarge(box: HtmlElement): boolean {
  let nodes = 0;
  for (const _ of descendants(box)) if ((nodes += 1) > maxBoxNodes) return true;
  return false;
}

function toFigure(document: HtmlDocument, box: HtmlElement, medium: HtmlElement): void {
  const figure = document.createElement('figure');
  const legend = document.createElement('figcaption');
  const blocks = textBlocks(box).filter((block) => !isInside(block, unscripted));
  for (const block of blocks) {
    if (legend.firstChild !== null) legend.append(document.createElement('br'));
    legend.append(...block.childNodes);
    block.remove();
  }
  const shown = elementsNamed(box, media).filter((other) => other === medium || !isInside(other, media));
  box.replaceWith(figure);
  figure.append(...shown, legend);
}

/** Removes magnifying glasses: they do nothing without their script. */
function removeButtons(body: HtmlElement): void {
  for (const image of elementsNamed(body, images)) {
    if (!isButton(image.getAttribute('src') ?? '')) continue;
    const unit = widestWrapper(image, body);
    const before = previousSeen(unit);
    const box = unit.parentNode;
    const isBeside = [before, isElement(box) && box !== body ? box : null].some(
      (place) => isElement(place) && holdsCaption(place),
    );
    if (isBeside) unit.remove();
  }
}

function holdsCaption(place: HtmlElement): boolean {
  let looked = 0;
  if (isCaptionElement(place)) return true;
  for (const node of descendants(place)) {
    if (isElement(node) && isCaptionElement(node)) return true;
    if ((looked += 1) > maxCaptionNodes) return false;
  }
  return false;
}

/** The outermost element around a medium that holds nothing else. */
export function widestWrapper(medium: HtmlElement, body: HtmlElement): HtmlElement {
  let unit = medium;
  for (;;) {
    const parent = unit.parentNode;
    if (!isElement(parent) || parent === body || !wrappers.has(parent.localName)) return unit;
    const alone = previousSeen(unit) === null && nextSeen(unit) === null;
    if (!alone && parent.localName !== 'picture') return unit;
    unit = parent;
  }
}

interface Caption {
  readonly outer: HtmlElement;
  readonly text: HtmlElement;
}

/** The caption right after a medium, alone or as all of a block. */
export function captionAfter(unit: HtmlElement): Caption | undefined {
  const next = nextSeen(unit);
  if (!isElement(next)) return undefined;
  let text = next;
  while (!isCaptionElement(text)) {
    if (!wrappers.has(text.localName)) return undefined;
    const first = text.firstChild === null || isSeen(text.firstChild) ? text.firstChild : nextSeen(text.firstChild);
    if (!isElement(first) || nextSeen(first) !== null) return undefined;
    text = first;
  }
  return isCaptionText(text) ? { outer: next, text } : undefined;
}

function isCaptionElement(element: HtmlElement): boolean {
  if (element.localName === 'small' || element.localName === 'figcaption') return true;
  return /^(?:p|div|span)$/.test(element.localName) && captionClass.test(element.getAttribute('class') ?? '');
}

/**
 * Whether a node can be a caption: few words and no picture. A picture in small print is not the caption of the one
 * before it.
 */
function isCaptionText(text: HtmlElement): boolean {
  let words = false;
  let nodes = 0;
  for (const node of descendants(text)) {
    nodes += 1;
    if (nodes > maxCaptionNodes || (isElement(node) && media.has(node.localName))) return false;
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

/**
 * Reads a parsed body: its text in lines, its blocks, its visible parts.
 *
 * Every walk is a loop: outside HTML may be nested to any depth.
 */
import { descendants, type HtmlElement, type HtmlNode, isElement } from '../page/dom.ts';

const blocks = new Set(
  (
    'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 ' +
    'h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
);

// Visible without any text.
const media = new Set('img picture video audio iframe embed object canvas svg math input hr table'.split(' '));

/** Whether an element starts a new line of text. */
export function isBlock(node: HtmlNode): boolean {
  return isElement(node) && blocks.has(node.localName);
}

/** Whether a text has a visible character: whitespace of any width, soft hyphens and joiners have none. */
export function hasText(text: string | null): boolean {
  return text !== null && /[^\s\u00ad\u200b-\u200f\u2060]/u.test(text);
}

/** The elements of these names under `root`, in document order, as a list that stays when the tree changes. */
export function elementsNamed(root: HtmlNode, names: ReadonlySet<string>): HtmlElement[] {
  // A hand-written walk: parsing and compiling a CSS selector costs more than looking at every node of an article.
  const found: HtmlElement[] = [];
  for (const node of descendants(root)) if (isElement(node) && names.has(node.localName)) found.push(node);
  return found;
}

/** Whether a node stands inside an element of one of these names. */
export function isInside(node: HtmlNode, names: ReadonlySet<string>): boolean {
  let up = node.parentNode;
  while (up !== null && !(isElement(up) && names.has(up.localName))) up = up.parentNode;
  return up !== null;
}

/** The text of a node as lines: broken at `<br>` and at blocks, white space collapsed, empty lines left out. */
export function toLines(root: HtmlNode): string[] {
  let text = root.nodeType === 3 ? (root.textContent ?? '') : '';
  let node = root.firstChild;
  while (node !== null) {
    if (node.nodeType === 3) text += (node.textContent ?? '').replaceAll(/\s+/g, ' ');
    else if (isBreaking(node)) text += '\n';
    if (node.firstChild !== null) {
      node = node.firstChild;
      continue;
    }
    let up: HtmlNode | null = node;
    while (up !== null && up !== root && up.nextSibling === null) {
      up = up.parentNode;
      // The end of a block ends its last line.
      if (up !== null && isBreaking(up)) text += '\n';
    }
    node = up === null || up === root ? null : up.nextSibling;
  }
  return text
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => hasText(line));
}

/** The text of a node on one line. */
export function toWords(root: HtmlNode): string {
  return toLines(root).join(' ');
}

/** The elements that have a visible part, themselves or further down, and `root` when any has. */
export function visibleElements(root: HtmlElement): ReadonlySet<HtmlNode> {
  const visible = new Set<HtmlNode>();
  for (const node of descendants(root)) {
    const seen = node.nodeType === 3 ? hasText(node.textContent) : isElement(node) && media.has(node.localName);
    if (!seen) continue;
    for (let up: HtmlNode | null = node; up !== null && !visible.has(up); up = up === root ? null : up.parentNode) {
      visible.add(up);
    }
  }
  return visible;
}

/** The blocks that hold text of their own rather than further blocks, in document order. */
export function textBlocks(root: HtmlElement): HtmlElement[] {
  const outer = new Set<HtmlNode>();
  const found: HtmlElement[] = [];
  for (const node of descendants(root)) {
    if (!isElement(node) || !blocks.has(node.localName)) continue;
    found.push(node);
    for (let up = node.parentNode; up !== null && !outer.has(up); up = up === root ? null : up.parentNode)
      outer.add(up);
  }
  return found.filter((block) => !outer.has(block) && hasText(block.textContent));
}

function isBreaking(node: HtmlNode): boolean {
  return isElement(node) && (node.localName === 'br' || blocks.has(node.localName));
}

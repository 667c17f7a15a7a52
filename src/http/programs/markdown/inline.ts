/**
 * Renders the text of one block as Markdown (CommonMark with GFM's strikethrough): emphasis, links, images, code.
 */
import { descendants, type HtmlElement, type HtmlNode, isElement } from '../../../feed/read/page/dom.ts';

/** Renders nodes as one line; a line break is a backslash and a newline. */
function renderInline(nodes: Iterable<HtmlNode>): string {
  let line = '';
  let words = '';
  const append = (text: string): void => {
    // Whitespace becomes one space, also at the borders of elements.
    line += /\s$/.test(line) ? text.replace(/^ +/, '') : text;
  };
  const endWords = (): void => {
    append(escapeText(words.replace(/\s+/g, ' ')));
    words = '';
  };
  for (const node of nodes) {
    // A reference such as `&amp;` is a text of its own.
    if (node.nodeType === 3) words += node.textContent ?? '';
    if (!isElement(node)) continue;
    endWords();
    append(renderElement(node, line));
  }
  endWords();
  return line;
}

/** The same without spaces at its ends. */
export function renderLine(nodes: Iterable<HtmlNode>): string {
  return renderInline(nodes)
    .replace(/^(?:\\\n|\s)+|(?:\\\n|\s)+$/g, '')
    .replace(/ +\\\n */g, '\\\n');
}

const emphasis: Readonly<Record<string, readonly [mark: string, element: string]>> = {
  b: ['**', 'strong'],
  strong: ['**', 'strong'],
  em: ['*', 'em'],
  i: ['*', 'em'],
  del: ['~~', 'del'],
  s: ['~~', 'del'],
  strike: ['~~', 'del'],
};

/** Elements without Markdown syntax stay HTML, which Markdown allows. */
const keptElements: ReadonlySet<string> = new Set(['sub', 'sup', 'mark', 'kbd']);

function renderElement(node: HtmlElement, before: string): string {
  const name = node.localName;
  const marks = Object.hasOwn(emphasis, name) ? emphasis[name] : undefined;
  if (marks !== undefined) return renderEmphasis(node, marks, before);
  if (keptElements.has(name)) return wrap(renderInline(node.childNodes), `<${name}>`, `</${name}>`);
  switch (name) {
    case 'br':
      return '\\\n';
    case 'wbr':
      return '';
    case 'code':
    case 'samp':
    case 'tt':
      return renderCode(node.textContent ?? '');
    case 'a':
      return renderLink(node);
    case 'img':
      return renderImage(node);
    case 'audio':
    case 'video':
    case 'iframe':
      return renderMedia(node);
    case 'q':
      return wrap(renderInline(node.childNodes), '“', '”');
    case 'rt':
      return node.parentNode !== null && hasParentheses(node.parentNode)
        ? renderInline(node.childNodes)
        : wrap(renderInline(node.childNodes), '(', ')');
    default:
      return isBlockName(name) ? ` ${renderInline(node.childNodes)} ` : renderInline(node.childNodes);
  }
}

const blockNames: ReadonlySet<string> = new Set(
  'address article aside blockquote dd details dir div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);

/** Whether an element begins on a line of its own. */
export function isBlockName(name: string): boolean {
  return blockNames.has(name);
}

function hasParentheses(ruby: HtmlNode): boolean {
  return [...ruby.childNodes].some((node) => isElement(node) && node.localName === 'rp');
}

/** Puts marks around text; spaces at its ends stay outside. */
function wrap(text: string, open: string, close: string): string {
  const inner = text.trim();
  if (inner === '') return text;
  return text.replace(inner, () => `${open}${inner}${close}`);
}

const punctuation = /[\p{P}\p{S}]/u;
const separator = /[\s\p{P}\p{S}]/u;

/**
 * Marks beside punctuation count only when their other side is no letter (CommonMark section 6.2). Chinese and Japanese
 * have no spaces between words, so there the HTML element is written.
 */
function renderEmphasis(element: HtmlElement, [mark, name]: readonly [string, string], before: string): string {
  const text = renderInline(element.childNodes);
  const inner = text.trim();
  if (inner === '') return text;
  const last = text.startsWith(' ') ? ' ' : (before.at(-1) ?? ' ');
  const next = text.endsWith(' ') ? ' ' : nextCharacter(element);
  const opens = !punctuation.test(inner[0] ?? '') || separator.test(last);
  const closes = !punctuation.test(inner.at(-1) ?? '') || separator.test(next);
  const isApart = last !== mark[0] && inner[0] !== mark[0] && inner.at(-1) !== mark[0];
  return opens && closes && isApart ? wrap(text, mark, mark) : wrap(text, `<${name}>`, `</${name}>`);
}

/** The first character of the text after an element; a space at the end of a block. */
function nextCharacter(element: HtmlElement): string {
  let node: HtmlNode = element;
  while (node.nextSibling === null) {
    const parent = node.parentNode;
    if (!isElement(parent) || isBlockName(parent.localName)) return ' ';
    node = parent;
  }
  if (isElement(node.nextSibling) && isBlockName(node.nextSibling.localName)) return ' ';
  return node.nextSibling.textContent?.[0] ?? ' ';
}

/** Puts code between more backticks than it has in a row. */
function renderCode(text: string): string {
  const code = text.replace(/\s+/g, ' ');
  if (code.trim() === '') return code;
  const fence = fenceFor(code, 1);
  const space = /^`|`$|^ .* $/.test(code) ? ' ' : '';
  return `${fence}${space}${code}${space}${fence}`;
}

/** More backticks than a text has in a row, at least as many as given. */
export function fenceFor(text: string, least: number): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  return '`'.repeat(Math.max(least, longest + 1));
}

function renderLink(element: HtmlElement): string {
  const text = renderInline(element.childNodes);
  const address = element.getAttribute('href');
  // A link to an anchor of the same text leads nowhere outside of the page.
  if (address === null || address.startsWith('#')) return text;
  return text.trim() === '' ? text : wrap(text, '[', `](${toTarget(address)})`);
}

function renderImage(element: HtmlElement): string {
  const address = element.getAttribute('src');
  const text = (element.getAttribute('alt') ?? '').replace(/\s+/g, ' ').trim();
  return address === null ? escapeText(text) : `![${escapeText(text)}](${toTarget(address)})`;
}

/** Recordings and frames become links; their text is the title or the file name. */
function renderMedia(element: HtmlElement): string {
  const sources = [element, ...[...descendants(element)].filter(isElement)];
  const address = sources.map((each) => each.getAttribute('src')).find((src) => src !== null);
  if (address == null) return renderInline(element.childNodes);
  const title = element.getAttribute('title')?.trim() || address.replace(/[?#].*$/, '').replace(/^.*\/(?=.)/, '');
  return `[${escapeText(title)}](${toTarget(address)})`;
}

/** Escapes an address: Markdown ends it at a space or a bracket. */
function toTarget(address: string): string {
  const escaped: Readonly<Record<string, string>> = { '(': '%28', ')': '%29', '<': '%3C', '>': '%3E', '\\': '%5C' };
  return address.trim().replace(/[()<>\\]|\s/g, (character) => escaped[character] ?? encodeURIComponent(character));
}

/** Puts a backslash before characters that Markdown would read as syntax. */
export function escapeText(text: string): string {
  return text
    .replace(/[\\`*[\]<~]/g, '\\$&')
    .replace(/&(?=#?\w{1,32};)/g, '\\&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_');
}

/** Puts a backslash before a line that would begin a heading, list, quote, rule or code. */
export function escapeLineStart(line: string): string {
  return line
    .replace(/^(\s{0,3})([#>+=-])/, (all, space: string, mark: string) =>
      mark === '#' && !/^\s{0,3}#{1,6}(?:\s|$)/.test(line) ? all : `${space}\\${mark}`,
    )
    .replace(/^(\s{0,3}\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}

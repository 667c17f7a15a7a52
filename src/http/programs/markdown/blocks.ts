/**
 * Turns an entry's sanitized HTML into Markdown (CommonMark with GFM's tables), for programs that read text.
 *
 * HTML that Markdown cannot express becomes plain text or stays HTML, so that no text is lost.
 * @see https://spec.commonmark.org/ and https://github.github.com/gfm/
 */
import type { SafeHtml } from '../../../domain/html.ts';
import {
  descendants,
  type HtmlElement,
  type HtmlNode,
  isElement,
  parseHtmlDocument,
} from '../../../feed/read/page/dom.ts';
import { escapeLineStart, fenceFor, isBlockName, renderLine } from './inline.ts';
import { renderTable } from './table.ts';

/** Deeper lists and quotes are not indented further: the indents of each line would outgrow its text. */
const deepest = 12;

/** The Markdown of an entry's content, without a newline at its end. */
export function toMarkdown(content: SafeHtml): string {
  return renderBlocks(parseHtmlDocument(`<html><body>${content}</body></html>`).body.childNodes, 0).join('\n\n');
}

/** Renders nodes as blocks; neighbours that are not blocks become one paragraph. */
function renderBlocks(nodes: Iterable<HtmlNode>, depth: number): readonly string[] {
  const blocks: string[] = [];
  let line: HtmlNode[] = [];
  const endLine = (): void => {
    const text = renderLine(line);
    if (text !== '') blocks.push(text.split('\n').map(escapeLineStart).join('\n'));
    line = [];
  };
  for (const node of nodes) {
    if (!isElement(node) || !holdsBlocks(node)) {
      line.push(node);
      continue;
    }
    endLine();
    blocks.push(...renderBlock(node, depth));
  }
  endLine();
  return blocks;
}

/** Renders a block, or an element such as `span` around blocks, which has no meaning in Markdown. */
function holdsBlocks(element: HtmlElement): boolean {
  if (isBlockName(element.localName)) return true;
  if (element.localName === 'a' || element.localName === 'math') return false;
  return [...descendants(element)].some((node) => isElement(node) && isBlockName(node.localName));
}

function renderBlock(element: HtmlElement, depth: number): readonly string[] {
  const { localName: name, childNodes } = element;
  const level = /^h([1-6])$/.exec(name)?.[1];
  if (level !== undefined) {
    const text = renderLine(childNodes).replaceAll('\\\n', ' ');
    return text === '' ? [] : [`${'#'.repeat(Number(level))} ${text}`];
  }
  switch (name) {
    case 'hr':
      return ['---'];
    case 'pre':
      return [renderPreformatted(element)];
    case 'blockquote':
      return quote(renderBlocks(childNodes, depth + 1), depth);
    case 'ul':
    case 'ol':
    case 'menu':
    case 'dir':
      return renderList(element, depth);
    case 'table':
      return renderTable(element, (cell) => renderBlocks(cell.childNodes, depth));
    case 'dt':
    case 'summary': {
      const text = renderLine(childNodes);
      return text === '' ? [] : [/[*_]/.test(text) ? text : `**${text}**`];
    }
    default:
      return renderBlocks(childNodes, depth);
  }
}

/** Puts unchanged text between fences. */
function renderPreformatted(element: HtmlElement): string {
  for (const lineBreak of element.querySelectorAll('br')) lineBreak.replaceWith('\n');
  const text = (element.textContent ?? '').replace(/^\n|\n+$/g, '');
  const fence = fenceFor(text, 3);
  return `${fence}\n${text}\n${fence}`;
}

function quote(blocks: readonly string[], depth: number): readonly string[] {
  if (blocks.length === 0 || depth >= deepest) return blocks;
  const lines = blocks.join('\n\n').split('\n');
  return [lines.map((line) => (line === '' ? '>' : `> ${line}`)).join('\n')];
}

function renderList(list: HtmlElement, depth: number): readonly string[] {
  const items: { readonly mark: string; readonly blocks: readonly string[] }[] = [];
  let number = Number(list.getAttribute('start') ?? 1);
  for (const node of list.childNodes) {
    if (!isElement(node)) continue;
    const value = Number(node.getAttribute('value') ?? Number.NaN);
    if (Number.isInteger(value) && value >= 0) number = value;
    const blocks = renderBlocks(node.localName === 'li' ? node.childNodes : [node], depth + 1);
    if (blocks.length === 0) continue;
    items.push({ mark: list.localName === 'ol' ? `${Math.max(0, number)}. ` : '- ', blocks });
    number += 1;
  }
  if (items.length === 0) return [];
  if (depth >= deepest) return items.flatMap(({ blocks }) => blocks);
  // A list whose items are single lines has no blank lines.
  const isTight = items.every(({ blocks }) => blocks.length === 1 || blocks.slice(1).every(isList));
  const texts = items.map(({ mark, blocks }) => {
    const indent = ' '.repeat(mark.length);
    const text = blocks.join(isTight ? '\n' : '\n\n');
    return mark + text.replace(/\n(?=[^\n])/g, `\n${indent}`);
  });
  return [texts.join(isTight ? '\n' : '\n\n')];
}

function isList(block: string): boolean {
  return /^(?:- |\d+\. )/.test(block);
}

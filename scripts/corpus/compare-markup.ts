/**
 * Normalizes HTML for comparison: equal pages become equal trees, however they are written.
 */
import { parseDocument } from 'htmlparser2';

interface HtmlNode {
  readonly type: string;
  readonly name?: string;
  readonly data?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  readonly children?: readonly HtmlNode[];
}

/** Attributes that a careful aggregator adds to links and images. */
const added = new Set(['rel', 'target', 'loading', 'referrerpolicy', 'decoding']);

/** Text with white space folded and characters composed. */
export function fold(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

function parse(html: string): readonly HtmlNode[] {
  return parseDocument(html, { decodeEntities: true }).children;
}

function write(nodes: readonly HtmlNode[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'text') return (node.data ?? '').normalize('NFC').replace(/\s+/g, ' ').replaceAll('<', '&lt;');
      if (node.name === undefined || node.children === undefined) return '';
      const attributes = Object.entries(node.attribs ?? {}).filter(([name]) => !added.has(name));
      const written = attributes.map(([name, value]) => ` ${name}="${fold(value)}"`).toSorted();
      return `<${node.name}${written.join('')}>${write(node.children)}</${node.name}>`;
    })
    .join('');
}

/** A canonical writing of the markup, without a sole wrapping `div`. */
export function canonical(html: string): string {
  let nodes = parse(html);
  for (;;) {
    const shown = nodes.filter(
      (node) => node.type !== 'comment' && !(node.type === 'text' && (node.data ?? '').trim() === ''),
    );
    const [only] = shown;
    if (shown.length !== 1 || only?.name !== 'div') break;
    nodes = only.children ?? [];
  }
  return write(nodes)
    .replace(/\s+/g, ' ')
    .replace(/> | </g, (edge) => edge.trim())
    .trim();
}

/** The text of the markup, scripts and styles left out. */
export function textOf(html: string): string {
  let out = '';
  const walk = (nodes: readonly HtmlNode[]): void => {
    for (const node of nodes) {
      if (node.type === 'text') out += node.data ?? '';
      else if (node.type !== 'script' && node.type !== 'style' && node.children !== undefined) walk(node.children);
    }
  };
  walk(parse(html));
  return fold(out);
}

/** Every element and attribute: `img`, `img src=...`. */
export function inventory(html: string): Set<string> {
  const found = new Set<string>();
  const walk = (nodes: readonly HtmlNode[]): void => {
    for (const node of nodes) {
      if (node.name === undefined || node.children === undefined) continue;
      if (!['p', 'div', 'br'].includes(node.name)) found.add(node.name);
      for (const [name, value] of Object.entries(node.attribs ?? {}))
        if (!added.has(name)) found.add(`${node.name} ${name}=${fold(value)}`);
      walk(node.children);
    }
  };
  walk(parse(html));
  return found;
}

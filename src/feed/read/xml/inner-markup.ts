/**
 * Writes the children of an element as HTML, for xhtml constructs and for undeclared markup.
 *
 * Prefixes of namespaces are dropped (`<xhtml:p>` is `<p>`), URLs are made absolute where an inner `xml:base` says so,
 * void elements get no end tag. The result is as untrusted as the source. Does not recurse.
 */
import type { XmlElement } from './element.ts';

const voidElements = new Set('area base br col embed frame hr img input link meta param source track wbr'.split(' '));
const urlAttributes = new Set(['href', 'src', 'cite', 'poster', 'longdesc', 'action', 'background', 'data']);

/** Escapes text so that it means itself in HTML. */
export function escapeHtmlText(text: string): string {
  if (!/[&<>]/.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function escapeAttribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

function startTag(element: XmlElement, base: string | undefined): string {
  let out = `<${element.name}`;
  const { attributes } = element;
  for (let i = 0; i < attributes.length; i += 2) {
    const name = attributes[i] ?? '';
    let value = attributes[i + 1] ?? '';
    if (element.base !== undefined && element.base !== base && urlAttributes.has(name)) {
      value = URL.parse(value, element.base)?.href ?? value;
    }
    out += ` ${name}="${escapeAttribute(value)}"`;
  }
  return `${out}>`;
}

/** The children of `element` as HTML. `escape`: text inside is characters (XML); otherwise it is HTML already. */
export function innerMarkup(element: XmlElement, escape: boolean): string {
  let out = '';
  const { base } = element;
  /** The stack of remaining output: an element's children, then its end tag as a ready string. */
  const pending: ({ readonly tag: string } | XmlElement | string)[] = [];
  const push = (children: readonly (XmlElement | string)[]): void => {
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child !== undefined) pending.push(child);
    }
  };
  push(element.children);
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (typeof node === 'string') out += escape ? escapeHtmlText(node) : node;
    else if ('tag' in node) out += node.tag;
    else {
      out += startTag(node, base);
      const isVoid = voidElements.has(node.name.toLowerCase());
      if (!isVoid) pending.push({ tag: `</${node.name}>` });
      push(node.children);
    }
  }
  return out;
}

/**
 * Defines elements as plain data, with the few functions that formats need. Nothing here recurses.
 */

/** One element of a feed document. */
export interface XmlElement {
  /** Our name for it, lower case, e.g. `dc:creator`, `atom:link`; RSS's own names have no prefix. */
  readonly key: string;
  /** Local name as written, for markup that is passed on. */
  readonly name: string;
  /** Name (lower case, prefix kept), value, name, value ...; references decoded. */
  readonly attributes: readonly string[];
  readonly children: (XmlElement | string)[];
  /** `xml:base` in force, absolute; `undefined` when there is none. */
  readonly base: string | undefined;
  /** `xml:lang` in force; empty when it was set to nothing, `undefined` when there is none. */
  readonly language: string | undefined;
}

/** The value of an attribute by its lower-case name, trimmed; `undefined` when absent or empty. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  const { attributes } = element;
  for (let i = 0; i < attributes.length; i += 2) {
    if (attributes[i] === name) return attributes[i + 1]?.trim() || undefined;
  }
  return undefined;
}

/** The value of an RDF attribute (`about`, `resource`), whatever its prefix. */
export function rdfAttributeOf(element: XmlElement, name: string): string | undefined {
  const { attributes } = element;
  for (let i = 0; i < attributes.length; i += 2) {
    const written = attributes[i] ?? '';
    if (written === name || written.endsWith(`:${name}`)) return attributes[i + 1]?.trim() || undefined;
  }
  return undefined;
}

/** The first child element with this key. */
export function childOf(element: XmlElement, key: string): XmlElement | undefined {
  for (const child of element.children) if (typeof child !== 'string' && child.key === key) return child;
  return undefined;
}

/** Every child element, in order. */
export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

/** Tells whether there is any element inside. */
export function hasElements(element: XmlElement): boolean {
  return element.children.some((child) => typeof child !== 'string');
}

/** All text inside, in document order, untrimmed. */
export function textOf(element: XmlElement): string {
  const [only] = element.children;
  if (element.children.length === 0) return '';
  if (element.children.length === 1 && typeof only === 'string')
    return beginsCdata.test(only) ? unwrapCdata(only) : only;
  let out = '';
  const open: (XmlElement | string)[] = [element];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node === 'string') out += node;
    else for (let i = node.children.length - 1; i >= 0; i--) open.push(node.children[i] ?? '');
  }
  return out;
}

const beginsCdata = /^\s*<!\[CDATA\[/;

/** Removes the marks of a CDATA section around the whole text: some publishers wrap twice. */
function unwrapCdata(text: string): string {
  return text.replace(/^\s*<!\[CDATA\[([^]*?)(?:\]\]>\s*)?$/, '$1');
}

/** The text of the first child with this key, trimmed; `undefined` when absent or blank. */
export function childTextOf(element: XmlElement, key: string): string | undefined {
  const child = childOf(element, key);
  return child === undefined ? undefined : textOf(child).trim() || undefined;
}

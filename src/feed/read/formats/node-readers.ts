/**
 * Defines the small readers that the tables of all formats and modules are made of: how one element adds to a node.
 *
 * A table maps an element's key to a reader; elements that no table names are left out.
 */
import { moduleFieldsByKey } from '../../../domain/modules.ts';
import type { Defects } from '../defects.ts';
import type { RawNode } from '../raw-feed.ts';
import { maxValues } from '../reading-limits.ts';
import { attributeOf, childTextOf, rdfAttributeOf, textOf, type XmlElement } from '../xml/element.ts';
import { type Dialect, readText } from './text-construct.ts';

/** The state that the readers of one document share. */
export interface Reading {
  readonly dialect: Dialect;
  readonly defects: Defects;
}

/** Adds the content of an element to a node. */
export type ElementReader = (element: XmlElement, node: RawNode, reading: Reading) => void;

/** Readers by element key. */
export type ReaderTable = ReadonlyMap<string, ElementReader>;

/** Adds to a list unless it is full: the limit of every list of a node. */
export function addTo<T>(list: T[], item: T): void {
  if (list.length < maxValues) list.push(item);
}

/** A text construct: title, summary, content, rights. */
export const text: ElementReader = (element, node, { dialect, defects }) => {
  const read = readText(element, dialect, defects);
  if (read !== undefined) addTo(node.texts, read);
};

/** A plain string: the element's text. */
export const value: ElementReader = (element, node) => {
  const found = textOf(element).trim();
  if (found !== '') addTo(node.values, { from: element.key, text: found, base: element.base });
};

/** A plain string: one attribute (of RDF with any prefix), known under the element's key. */
export function valueOfAttribute(...names: readonly string[]): ElementReader {
  return (element, node) => {
    for (const name of names) {
      const found = attributeOf(element, name) ?? rdfAttributeOf(element, name);
      if (found !== undefined) {
        addTo(node.values, { from: element.key, text: found, base: element.base });
        return;
      }
    }
  };
}

/** Somebody: name, e-mail and address as child elements, else one string for all. */
export const person: ElementReader = (element, node) => {
  const name = childTextOf(element, 'atom:name') ?? childTextOf(element, 'name') ?? childTextOf(element, 'itunes:name');
  const email =
    childTextOf(element, 'atom:email') ?? childTextOf(element, 'email') ?? childTextOf(element, 'itunes:email');
  const url =
    childTextOf(element, 'atom:uri') ??
    childTextOf(element, 'atom:url') ??
    childTextOf(element, 'atom:homepage') ??
    childTextOf(element, 'uri') ??
    childTextOf(element, 'url');
  const structured = name !== undefined || email !== undefined || url !== undefined;
  const whole = structured ? undefined : textOf(element).trim() || undefined;
  if (!structured && whole === undefined) return;
  addTo(node.people, { from: element.key, text: whole, name, email, url, base: element.base });
};

/** Whether a category only names a kind of thing for Google's servers: every entry of Blogger has one. */
const kindScheme = 'http://schemas.google.com/g/2005#kind';

/** A classification as text or, as Atom has it, in attributes; its scheme in an attribute. @see RFC 4287 section 4.2.2 */
export function category(schemeAttribute: string): ElementReader {
  return (element, node) => {
    const label = attributeOf(element, 'label');
    const term = attributeOf(element, 'term') ?? (textOf(element).trim() || label);
    const scheme = attributeOf(element, schemeAttribute);
    if (term === undefined || term === '' || scheme === kindScheme) return;
    addTo(node.categories, { from: element.key, term, scheme, label });
  };
}

/** Several classifications in one string, separated by commas. */
export const keywords: ElementReader = (element, node) => {
  for (const term of textOf(element).split(',')) {
    if (term.trim() !== '') addTo(node.categories, { from: element.key, term: term.trim() });
  }
};

/** A link as Atom writes it; the text stands in where the address is missing. @see RFC 4287 section 4.2.7 */
export const atomLink: ElementReader = (element, node) => {
  const href = attributeOf(element, 'href') ?? (textOf(element).trim() || undefined);
  if (href === undefined) return;
  const rel = (attributeOf(element, 'rel') ?? 'alternate')
    .toLowerCase()
    .replace('http://www.iana.org/assignments/relation/', '');
  addTo(node.links, {
    from: element.key,
    href,
    rel,
    type: attributeOf(element, 'type')?.toLowerCase(),
    length: attributeOf(element, 'length'),
    title: attributeOf(element, 'title'),
    base: element.base,
  });
};

/** A link as RSS writes it: the address is the text, the relation is always `alternate`. */
export const rssLink: ElementReader = (element, node, reading) => {
  if (attributeOf(element, 'href') !== undefined) {
    atomLink(element, node, reading);
    return;
  }
  const href = textOf(element).trim() || rdfAttributeOf(element, 'resource');
  if (href !== undefined) addTo(node.links, { from: element.key, href, rel: 'alternate', base: element.base });
};

/** Keeps an element that the table of modules names. */
export function readModule(element: XmlElement, node: RawNode): void {
  if (moduleFieldsByKey.has(element.key)) addTo(node.modules, element);
}

/** Lets every child element add to the node: the first table that names it reads it. */
export function readChildren(
  element: XmlElement,
  node: RawNode,
  reading: Reading,
  tables: readonly ReaderTable[],
): void {
  if (element.base !== undefined) node.base = element.base;
  if (element.language !== undefined) node.language = element.language;
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    readModule(child, node);
    for (const table of tables) {
      const reader = table.get(child.key);
      if (reader !== undefined) {
        reader(child, node, reading);
        break;
      }
    }
  }
}

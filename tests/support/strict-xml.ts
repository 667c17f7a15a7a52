/**
 * XML read as strictly as the specification allows: namespaces resolved, nothing forgiven.
 *
 * Saxes refuses what XML 1.0 and Namespaces in XML refuse; on top of it come the checks of a document that travels as
 * UTF-8. The result is a plain tree for tests to look at.
 */

import { SaxesParser } from 'saxes';
import { moduleNamespaces } from '../../src/domain/modules.ts';

/** One element. */
export interface XmlElement {
  /** Namespace URI, empty when it has none. */
  readonly namespace: string;
  readonly name: string;
  /** By local name; those in a namespace as `{uri}name`. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own character data, CDATA included, children's not. */
  readonly text: string;
}

/** Namespaces that feeds use, by their customary prefix. */
export const namespaces = {
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  fh: 'http://purl.org/syndication/history/1.0',
  ...moduleNamespaces,
  media: moduleNamespaces['media'] ?? '',
  xml: 'http://www.w3.org/XML/1998/namespace',
} as const;

type Growing = XmlElement & { attributes: Map<string, string>; children: XmlElement[]; text: string };

/** Parses a document or throws what is wrong with it. */
export function parseStrictXml(document: string): XmlElement {
  if (!document.isWellFormed()) throw new Error('a lone surrogate cannot be sent as UTF-8');
  if (!document.startsWith('<?xml version="1.0" encoding="utf-8"?>\n')) throw new Error('no XML declaration');
  const parser = new SaxesParser({ xmlns: true });
  const open: Growing[] = [];
  let root: XmlElement | undefined;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const attributes = new Map<string, string>();
    for (const { uri, local, prefix, value } of Object.values(tag.attributes)) {
      if (prefix !== 'xmlns' && local !== 'xmlns') attributes.set(uri === '' ? local : `{${uri}}${local}`, value);
    }
    const element: Growing = { namespace: tag.uri, name: tag.local, attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
    root ??= element;
  });
  const addText = (text: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(document).close();
  if (root === undefined) throw new Error('no root element');
  return root;
}

/** Children called `name`, in the namespace given or in none. */
export function childrenOf(element: XmlElement, name: string, namespace = ''): XmlElement[] {
  return element.children.filter((child) => child.name === name && child.namespace === namespace);
}

/** The text of the first child called `name`, undefined when there is none. */
export function textOf(element: XmlElement, name: string, namespace = ''): string | undefined {
  return childrenOf(element, name, namespace)[0]?.text;
}

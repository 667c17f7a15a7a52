/**
 * Reads Channel Definition Format (1997): a channel of items whose facts are attributes, in capitals.
 *
 * @see https://www.w3.org/TR/NOTE-CDFsubmit.html
 */

import { createRawNode, type RawEntry, type RawFeed, type RawNode, type RawValue } from '../raw-feed.ts';
import { maxEntries } from '../reading-limits.ts';
import { attributeOf, elementsOf, type XmlElement } from '../xml/element.ts';
import {
  addTo,
  type ElementReader,
  type ReaderTable,
  type Reading,
  readChildren,
  rssLink,
  text,
  valueOfAttribute,
} from './node-readers.ts';

/** `<A HREF>`: the older way to link an item. */
const anchor: ElementReader = (element, node, reading) => {
  if (attributeOf(element, 'href') !== undefined) rssLink(element, node, reading);
};

const cdfReaders: ReaderTable = new Map<string, ElementReader>([
  ['title', text],
  ['abstract', text],
  ['description', text],
  ['a', anchor],
  ['link', rssLink],
  ['logo', valueOfAttribute('href')],
]);

function readAttributes(element: XmlElement, node: RawNode): void {
  const href = attributeOf(element, 'href');
  if (href !== undefined) addTo(node.links, { from: 'href', href, rel: 'alternate', base: element.base });
  const changed = attributeOf(element, 'lastmod');
  if (changed !== undefined) addTo(node.values, { from: 'lastmod', text: changed } satisfies RawValue);
  const self = attributeOf(element, 'self');
  if (self !== undefined) addTo(node.links, { from: 'self', href: self, rel: 'self', base: element.base });
}

/** Reads a CDF document from its root element; items of nested channels count too, in document order. */
export function readCdf(root: XmlElement, reading: Reading): RawFeed {
  const feed: RawFeed = { ...createRawNode(), format: 'cdf', entries: [] };
  readChildren(root, feed, reading, [cdfReaders]);
  readAttributes(root, feed);
  const open: XmlElement[] = elementsOf(root).toReversed();
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    if (element.key === 'channel') open.push(...elementsOf(element).toReversed());
    else if (element.key === 'item' && feed.entries.length < maxEntries) {
      const entry: RawEntry = createRawNode();
      readChildren(element, entry, reading, [cdfReaders]);
      readAttributes(element, entry);
      feed.entries.push(entry);
    }
  }
  return feed;
}

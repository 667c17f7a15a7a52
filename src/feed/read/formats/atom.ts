/**
 * Reads Atom 1.0 and 0.3, as written. Both share a namespace key here; they differ in how text constructs are declared
 * (text-construct.ts) and in a few names, which are side by side in the table.
 *
 * @see RFC 4287; https://www.ietf.org/archive/id/draft-ietf-atompub-format-00.txt descends from 0.3
 */

import { createRawNode, type RawEntry, type RawFeed } from '../raw-feed.ts';
import { maxEntries } from '../reading-limits.ts';
import { attributeOf, elementsOf, type XmlElement } from '../xml/element.ts';
import { moduleReaders } from './module-readers.ts';
import {
  addTo,
  atomLink,
  category,
  type ElementReader,
  person,
  type ReaderTable,
  type Reading,
  readChildren,
  text,
  value,
} from './node-readers.ts';

/** RFC 4287 section 4.1.3.2: content with `src` is elsewhere; what stands inside is then empty. */
const content: ElementReader = (element, node, reading) => {
  const src = attributeOf(element, 'src');
  if (src === undefined) {
    text(element, node, reading);
    return;
  }
  const type = attributeOf(element, 'type')?.toLowerCase();
  addTo(node.links, { from: element.key, href: src, rel: 'content', type, base: element.base });
};

const source: ElementReader = (element, node, reading) => {
  const via = createRawNode();
  readChildren(element, via, reading, tables);
  (node as RawEntry).source = via;
};

/** An element of a feed or an entry; Atom 0.3's name beside the one that replaced it. */
const atomReaders: ReaderTable = new Map<string, ElementReader>([
  ['atom:id', value],
  ['atom:title', text],
  ['atom:subtitle', text],
  ['atom:tagline', text],
  ['atom:info', text],
  ['atom:summary', text],
  ['atom:content', content],
  ['atom:rights', text],
  ['atom:copyright', text],
  ['atom:link', atomLink],
  ['atom:author', person],
  ['atom:category', category('scheme')],
  ['atom:published', value],
  ['atom:issued', value],
  ['atom:created', value],
  ['atom:updated', value],
  ['atom:modified', value],
  ['atom:generator', value],
  ['atom:icon', value],
  ['atom:logo', value],
  ['atom:source', source],
  // No elements of Atom, but found in Atom feeds.
  ['atom:description', text],
  ['atom:language', value],
  ['atom:pubdate', value],
]);

const tables: readonly ReaderTable[] = [atomReaders, moduleReaders];

function readEntry(element: XmlElement, reading: Reading): RawEntry {
  const entry: RawEntry = createRawNode();
  readChildren(element, entry, reading, tables);
  return entry;
}

/** Reads an Atom document from its root element: a feed, or an entry on its own (RFC 4287 section 2). */
export function readAtom(root: XmlElement, reading: Reading): RawFeed {
  const format = reading.dialect === 'atom-0.3' ? 'atom-0.3' : 'atom-1.0';
  if (root.key === 'atom:entry') return { ...createRawNode(), format, entries: [readEntry(root, reading)] };
  const feed: RawFeed = { ...createRawNode(), format, entries: [] };
  readChildren(root, feed, reading, tables);
  for (const element of elementsOf(root)) {
    if (!/^(?:atom:)?(?:entry|item)$/.test(element.key)) continue;
    if (feed.entries.length < maxEntries) feed.entries.push(readEntry(element, reading));
    else reading.defects.add('too-many-entries', `Only the first ${maxEntries} entries were read.`);
  }
  return feed;
}

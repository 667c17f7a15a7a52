/**
 * Reads RSS in all its versions, as written: 0.90 to 0.94 and 2.0 (`rss`), 1.0 and 0.90 (`rdf:RDF`), 1.1 (`Channel`).
 *
 * They differ in where entries are (in the channel, beside it, in `items`) and hardly in the elements of an entry, so
 * entries are read wherever they are.
 * @see https://www.rssboard.org/rss-specification and https://web.resource.org/rss/1.0/spec
 */

import { createRawNode, type RawEntry, type RawFeed, type RawFormat } from '../raw-feed.ts';
import { maxEntries } from '../reading-limits.ts';
import {
  attributeOf,
  childOf,
  childTextOf,
  elementsOf,
  rdfAttributeOf,
  textOf,
  type XmlElement,
} from '../xml/element.ts';
import { moduleReaders } from './module-readers.ts';
import {
  addTo,
  category,
  type ElementReader,
  person,
  type ReaderTable,
  type Reading,
  readChildren,
  rssLink,
  text,
  value,
} from './node-readers.ts';

/** A picture: `image` has a `url` child in RSS, a resource in RDF (and is then described beside the channel). */
const image: ElementReader = (element, node) => {
  const url =
    childTextOf(element, 'url') ??
    attributeOf(element, 'url') ??
    attributeOf(element, 'href') ??
    rdfAttributeOf(element, 'resource');
  const found = url ?? (elementsOf(element).length === 0 ? textOf(element).trim() || undefined : undefined);
  if (found !== undefined) addTo(node.values, { from: element.key, text: found, base: element.base });
};

const enclosure: ElementReader = (element, node) => {
  const url = attributeOf(element, 'url') ?? attributeOf(element, 'href') ?? (textOf(element).trim() || undefined);
  if (url === undefined) return;
  const { base } = element;
  const media = {
    from: element.key,
    url,
    type: attributeOf(element, 'type'),
    length: attributeOf(element, 'length'),
    base,
  };
  addTo(node.media, media);
};

/** RSS 2.0: "If the guid element has an attribute named isPermaLink with a value of true", which is its default. */
const guid: ElementReader = (element, node) => {
  const id = textOf(element).trim();
  if (id === '') return;
  const isPermalink = attributeOf(element, 'ispermalink')?.toLowerCase() !== 'false';
  addTo(node.values, { from: isPermalink ? 'guid' : 'guid:opaque', text: id, base: element.base });
};

const source: ElementReader = (element, node) => {
  const via = createRawNode();
  const url = attributeOf(element, 'url');
  if (url !== undefined) via.links.push({ from: element.key, href: url, rel: 'self', base: element.base });
  const title = textOf(element).trim();
  if (title !== '') via.texts.push({ from: 'title', text: title, kind: 'unknown' });
  if (url !== undefined || title !== '') (node as RawEntry).source = via;
};

/** Of no specification: categories in a wrapper. */
const categories: ElementReader = (element, node, reading) => {
  for (const child of elementsOf(element)) if (child.key === 'category') category('domain')(child, node, reading);
};

/** `skipHours` and `skipDays` hold one element for each. */
const eachChild: ElementReader = (element, node) => {
  for (const child of elementsOf(element)) {
    const found = textOf(child).trim();
    if (found !== '') addTo(node.values, { from: element.key, text: found });
  }
};

/** An element of the channel or of an item, as the specification names it (in lower case). */
const rssReaders: ReaderTable = new Map<string, ElementReader>([
  ['title', text],
  ['link', rssLink],
  ['description', text],
  ['author', person],
  ['managingeditor', person],
  ['webmaster', person],
  ['category', category('domain')],
  ['categories', categories],
  ['comments', value],
  ['enclosure', enclosure],
  ['guid', guid],
  ['pubdate', value],
  ['lastbuilddate', value],
  ['source', source],
  ['language', value],
  ['copyright', text],
  ['generator', value],
  ['image', image],
  ['ttl', value],
  ['skiphours', eachChild],
  ['skipdays', eachChild],
  // In no specification, but found in feeds: borrowed from Atom, Netscape, HTML and one another.
  ['subtitle', text],
  ['tagline', text],
  ['summary', text],
  ['abstract', text],
  ['content', text],
  ['fullitem', text],
  ['body', text],
  ['id', value],
  ['date', value],
  ['published', value],
  ['created', value],
  ['updated', value],
  ['modified', value],
  ['creator', person],
  ['icon', value],
  ['logo', value],
  ['rights', text],
]);

const tables: readonly ReaderTable[] = [rssReaders, moduleReaders];

function readItem(element: XmlElement, reading: Reading): RawEntry {
  const entry: RawEntry = createRawNode();
  readChildren(element, entry, reading, tables);
  const about = rdfAttributeOf(element, 'about');
  if (about !== undefined) entry.values.push({ from: 'rdf:about', text: about, base: element.base });
  return entry;
}

/** Reads an RSS document from its root element. */
export function readRss(root: XmlElement, format: RawFormat, reading: Reading): RawFeed {
  const feed: RawFeed = { ...createRawNode(), format, entries: [] };
  const channel = root.key === 'channel' ? root : (childOf(root, 'channel') ?? root);
  const add = (item: XmlElement): void => {
    if (feed.entries.length < maxEntries) feed.entries.push(readItem(item, reading));
    else reading.defects.add('too-many-entries', `Only the first ${maxEntries} entries were read.`);
  };
  readChildren(channel, feed, reading, tables);
  const about = rdfAttributeOf(channel, 'about');
  if (about !== undefined) feed.values.push({ from: 'rdf:about', text: about, base: channel.base });
  // The picture of RSS 1.0 and 0.90 stands beside the channel; what the channel says itself counts first.
  if (channel !== root) {
    const beside = childOf(root, 'image');
    if (beside !== undefined) image(beside, feed, reading);
  }
  for (const child of elementsOf(root)) {
    if (isItem(child)) add(child);
    else if (child.key === 'channel' || child === channel) itemsOf(child).forEach(add);
    else if (child.key === 'items' && channel === root) itemsOf(child).forEach(add);
  }
  return feed;
}

/** Some call their items what Atom calls them. */
function isItem({ key }: XmlElement): boolean {
  return key === 'item' || key === 'entry';
}

function itemsOf(element: XmlElement): XmlElement[] {
  const items: XmlElement[] = [];
  for (const child of elementsOf(element)) {
    if (isItem(child)) items.push(child);
    else if (child.key === 'items') items.push(...elementsOf(child).filter(isItem));
  }
  return items;
}

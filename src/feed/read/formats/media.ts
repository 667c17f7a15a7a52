/**
 * Reads Media RSS: files, groups of files that are versions of one another, thumbnails, and what is said about them.
 *
 * A group's files are all kept: readers choose among them. Titles and descriptions inside a file speak of the file.
 * @see https://www.rssboard.org/media-rss
 */

import type { RawMedia } from '../raw-feed.ts';
import { attributeOf, childTextOf, elementsOf, textOf, type XmlElement } from '../xml/element.ts';
import { addTo, category, type ElementReader, keywords, person, readModule, text } from './node-readers.ts';

function readContent(element: XmlElement): RawMedia | undefined {
  // A media:player inside is a page that plays the file, not the file.
  const url = attributeOf(element, 'url');
  if (url === undefined) return undefined;
  return {
    from: element.key,
    url,
    type: attributeOf(element, 'type'),
    medium: attributeOf(element, 'medium')?.toLowerCase(),
    length: attributeOf(element, 'filesize'),
    duration: attributeOf(element, 'duration'),
    width: attributeOf(element, 'width'),
    height: attributeOf(element, 'height'),
    title: childTextOf(element, 'media:title'),
    base: element.base,
  };
}

/** media:credit names people by role; only the ones who wrote are authors. */
const credit: ElementReader = (element, node, reading) => {
  if (attributeOf(element, 'role')?.toLowerCase() === 'author') person(element, node, reading);
};

const content: ElementReader = (element, node, reading) => {
  const media = readContent(element);
  if (media !== undefined) addTo(node.media, media);
  for (const child of elementsOf(element)) {
    // The file's own title is on the file; its picture and description are the best the entry may have.
    readModule(child, node);
    if (child.key !== 'media:title') ofFile.get(child.key)?.(child, node, reading);
  }
};

/** media:peerLink: the same file by another road, most often a torrent. */
const peerLink: ElementReader = (element, node) => {
  const url = attributeOf(element, 'href');
  if (url !== undefined)
    addTo(node.media, { from: element.key, url, type: attributeOf(element, 'type'), base: element.base });
};

const thumbnail: ElementReader = (element, node) => {
  const address = attributeOf(element, 'url') ?? (textOf(element).trim() || undefined);
  if (address === undefined) return;
  const [width, height] = [attributeOf(element, 'width'), attributeOf(element, 'height')];
  addTo(node.values, { from: element.key, text: address, base: element.base, width, height });
};

const ofFile: ReadonlyMap<string, ElementReader> = new Map<string, ElementReader>([
  ['media:thumbnail', thumbnail],
  ['media:title', text],
  ['media:description', text],
  ['media:text', text],
  ['media:category', category('scheme')],
  ['media:keywords', keywords],
  ['media:peerlink', peerLink],
  ['media:credit', credit],
  ['media:copyright', text],
]);

const group: ElementReader = (element, node, reading) => {
  for (const child of elementsOf(element)) {
    readModule(child, node);
    if (child.key === 'media:content') content(child, node, reading);
    else ofFile.get(child.key)?.(child, node, reading);
  }
};

/** Readers for what may stand directly in an entry or a feed. */
export const mediaReaders: readonly (readonly [string, ElementReader])[] = [
  ['media:content', content],
  ['media:group', group],
  ...ofFile,
];

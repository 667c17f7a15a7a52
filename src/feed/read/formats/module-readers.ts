/**
 * Reads the modules that any feed may use, RSS or Atom: Dublin Core, content, iTunes, Podcasting 2.0 and the small ones.
 *
 * georss, slash counters and wfw are listed although our entries have no field for them, so that nobody adds them twice.
 * @see https://www.rssboard.org/media-rss for media, which has a file of its own
 */

import type { RawCategory } from '../raw-feed.ts';
import { attributeOf, elementsOf, type XmlElement } from '../xml/element.ts';
import { mediaReaders } from './media.ts';
import {
  addTo,
  atomLink,
  category,
  type ElementReader,
  keywords,
  person,
  type ReaderTable,
  text,
  value,
  valueOfAttribute,
} from './node-readers.ts';

/** itunes:category nests: each level is a category of its own. Two levels are specified, so two are read. */
const itunesCategory: ElementReader = (element, node) => {
  for (const level of [element, ...elementsOf(element)]) {
    const term = level.key === 'itunes:category' ? attributeOf(level, 'text') : undefined;
    if (term !== undefined)
      addTo(node.categories, { from: level.key, term, scheme: 'http://www.itunes.com/' } satisfies RawCategory);
  }
};

/** Before itunes:image there was itunes:link rel=image. */
const itunesLink: ElementReader = (element, node, reading) => {
  if (attributeOf(element, 'rel')?.toLowerCase() === 'image') valueOfAttribute('href')(element, node, reading);
};

/** itunes:image has the address in an attribute; some publishers write it as text, as in other images of RSS. */
const itunesImage: ElementReader = (element, node, reading) => {
  const isText = attributeOf(element, 'href') === undefined && attributeOf(element, 'url') === undefined;
  (isText ? value : valueOfAttribute('href', 'url'))(element, node, reading);
};

/** creativeCommons:license is a URL as text; cc:license an RDF resource. Both are kept as the rights. */
const license: ElementReader = (element, node, reading) => {
  valueOfAttribute('resource')(element, node, reading);
  value(element, node, reading);
};

/** Podcasting 2.0: the same episode as other files; each source of one is a file. */
const alternateEnclosure: ElementReader = (element, node) => {
  for (const source of elementsOf(element)) {
    const url = source.key === 'podcast:source' ? attributeOf(source, 'uri') : undefined;
    if (url === undefined) continue;
    addTo(node.media, {
      from: element.key,
      url,
      type: attributeOf(source, 'contenttype') ?? attributeOf(element, 'type'),
      length: attributeOf(element, 'length'),
      title: attributeOf(element, 'title'),
      base: element.base,
    });
  }
};

const hub: ElementReader = (element: XmlElement, node) => {
  const href = attributeOf(element, 'href');
  if (href !== undefined) addTo(node.links, { from: element.key, href, rel: 'hub', base: element.base });
};

/** Readers for the elements of every module. */
export const moduleReaders: ReaderTable = new Map<string, ElementReader>([
  // Atom inside RSS (and the other way round nothing): its own table is asked before this one in Atom documents.
  ['atom:link', atomLink],
  ['atom:id', value],
  ['atom:title', text],
  ['atom:subtitle', text],
  ['atom:summary', text],
  ['atom:content', text],
  ['atom:published', value],
  ['atom:updated', value],
  ['atom:author', person],
  ['atom:category', category('scheme')],
  ['atom:rights', text],
  ['atom:logo', value],
  ['atom:icon', value],

  ['content:encoded', text],
  ['yandex:full-text', text],
  ['turbo:content', text],
  ['xhtml:body', text],
  ['xhtml:div', text],

  ['dc:title', text],
  ['dc:description', text],
  ['dc:creator', person],
  ['dc:author', person],
  ['dc:publisher', person],
  ['dc:subject', category('scheme')],
  ['dc:date', value],
  ['dc:language', value],
  ['dc:rights', text],
  ['dc:identifier', value],
  ['dcterms:abstract', text],
  ['dcterms:creator', person],
  ['dcterms:subject', category('scheme')],
  ['dcterms:date', value],
  ['dcterms:created', value],
  ['dcterms:issued', value],
  ['dcterms:available', value],
  ['dcterms:modified', value],
  ['dcterms:language', value],
  ['dcterms:rights', text],
  ['prism:publicationdate', value],

  ['itunes:title', text],
  ['itunes:subtitle', text],
  ['itunes:summary', text],
  ['itunes:author', person],
  ['itunes:owner', person],
  ['itunes:category', itunesCategory],
  ['itunes:keywords', keywords],
  ['itunes:image', itunesImage],
  ['itunes:link', itunesLink],
  ['itunes:duration', value],

  ['googleplay:author', person],
  ['googleplay:description', text],
  ['googleplay:image', valueOfAttribute('href')],
  ['googleplay:category', itunesCategory],

  ['podcast:person', person],
  ['podcast:alternateenclosure', alternateEnclosure],
  ['podcast:license', text],

  ['cc:license', license],
  ['feedburner:origlink', value],
  ['webfeeds:icon', value],
  ['webfeeds:cover', valueOfAttribute('image')],
  ['webfeeds:logo', value],

  ['sy:updateperiod', value],
  ['sy:updatefrequency', value],

  ['slash:section', category('domain')],
  ['yt:videoid', value],
  ['wfw:comment', value],
  ['hub', hub],
  ...mediaReaders,
]);

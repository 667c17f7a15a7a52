/**
 * The W3C feed validator's rules for RSS 2.0, errors and warnings, and the RSS Advisory Board's profile.
 */

import { moduleFields } from '../../src/domain/modules.ts';
import {
  checkContent,
  checkCount,
  checkIri,
  checkLanguage,
  checkMediaType,
  checkNoMarkup,
  checkNotBlank,
  checkRfc822,
  checkRfc3339,
  checkWebAddress,
  type Report,
} from './feed-rules-values.ts';
import { childrenOf, namespaces, textOf, type XmlElement } from './strict-xml.ts';

const prefixes = new Map<string, string>(Object.entries(namespaces).map(([prefix, uri]) => [uri, prefix]));

function nameOf(element: XmlElement): string {
  return element.namespace === '' ? element.name : `${prefixes.get(element.namespace) ?? '?'}:${element.name}`;
}

function words(...lines: string[]): string[] {
  return lines.join(' ').split(' ');
}

/** Elements at most once, and those any number of times. */
const channelOnce = [
  'title',
  'link',
  'description',
  'lastBuildDate',
  'docs',
  'generator',
  'language',
  'ttl',
  'copyright',
  'image',
  'fh:archive',
];
const ofChannel = moduleFields.filter((field) => field.of !== 'entry').map(({ name }) => name);
const channelMany = ['atom:link', 'category', 'dc:creator', 'item', ...ofChannel];
const itemOnce = words(
  'title link guid pubDate atom:updated description content:encoded',
  'enclosure source comments dc:language dc:rights',
);
const itemMany = ['dc:creator', 'category', 'media:content', 'atom:link', ...moduleFields.map(({ name }) => name)];

const attributesOf: Readonly<Record<string, readonly string[]>> = {
  guid: ['isPermaLink'],
  category: ['domain'],
  enclosure: ['url', 'length', 'type'],
  source: ['url'],
  'atom:link': ['rel', 'type', 'href', 'hreflang', 'title', 'length'],
  ...Object.fromEntries(moduleFields.map(({ name, attributes }) => [name, [...attributes.keys()]])),
  'media:content': ['url', 'type', 'fileSize', 'duration', 'medium', 'width', 'height'],
  'media:thumbnail': ['url', 'width', 'height'],
};

const rfc5005Relations = ['first', 'previous', 'next', 'last', 'current', 'prev-archive', 'next-archive'];
const relations = [...rfc5005Relations, 'alternate', 'self', 'hub', 'via', 'related', 'replies', 'enclosure'];

function checkVocabulary(
  parent: XmlElement,
  once: readonly string[],
  many: readonly string[],
  where: string,
  report: Report,
) {
  const seen = new Set<string>();
  for (const child of parent.children) {
    const name = nameOf(child);
    if (!once.includes(name) && !many.includes(name)) report('undefined-element', `${where}/${name}`);
    if (once.includes(name) && seen.has(name)) report('duplicate-element', `${where}/${name}`);
    seen.add(name);
    for (const attribute of child.attributes.keys()) {
      if (!(attributesOf[name] ?? []).includes(attribute))
        report('unexpected-attribute', `${where}/${name}@${attribute}`);
    }
  }
  if (parent.text.trim() !== '') report('unexpected-text', where);
}

/** Checks an `atom:link`, which Atom feeds call `link`. */
export function checkLink(link: XmlElement, where: string, report: Report): void {
  const rel = link.attributes.get('rel') ?? 'alternate';
  const type = link.attributes.get('type');
  const title = link.attributes.get('title');
  const length = link.attributes.get('length');
  if (!relations.includes(rel)) report('unregistered-link-relation', where);
  checkWebAddress(link.attributes.get('href'), `${where}@href`, report);
  if (type !== undefined) checkMediaType(type, `${where}@type`, report);
  if (title !== undefined) checkNotBlank(title, `${where}@title`, report);
  if (length !== undefined) checkCount(length, `${where}@length`, report);
  if (link.text.trim() !== '' || link.children.length > 0) report('link-not-empty', where);
}

/** Checks the links of a feed or channel: one self, each relation once for a type, archive manners. */
export function checkFeedLinks(links: readonly XmlElement[], isArchive: boolean, report: Report): void {
  const seen = new Set<string>();
  const rels = links.map((link) => link.attributes.get('rel'));
  for (const [index, link] of links.entries()) {
    checkLink(link, 'feed/link', report);
    const key = ['rel', 'type', 'hreflang'].map((name) => link.attributes.get(name) ?? '').join(' ');
    if (seen.has(key) && rels[index] !== 'hub') report('duplicate-link', `feed/link ${key}`);
    seen.add(key);
  }
  if (rels.filter((rel) => rel === 'self').length !== 1) report('missing-self', 'feed');
  if (isArchive && !rels.includes('current')) report('archive-without-current', 'feed');
}

function checkGuid(item: XmlElement, where: string, report: Report): void {
  const guid = childrenOf(item, 'guid')[0];
  if (guid === undefined) return report('missing-guid', where);
  checkNotBlank(guid.text, `${where}/guid`, report);
  if (guid.attributes.get('isPermaLink') === 'false') {
    if (/^\d{0,8}$/.test(guid.text)) report('not-sufficiently-unique', `${where}/guid`);
  } else checkWebAddress(guid.text, `${where}/guid`, report);
}

function checkEnclosures(item: XmlElement, where: string, report: Report): void {
  for (const enclosure of childrenOf(item, 'enclosure')) {
    checkWebAddress(enclosure.attributes.get('url'), `${where}/enclosure@url`, report);
    checkCount(enclosure.attributes.get('length'), `${where}/enclosure@length`, report);
    checkMediaType(enclosure.attributes.get('type'), `${where}/enclosure@type`, report);
  }
}

/** Checks Media RSS elements of an item or entry. */
export function checkMedia(item: XmlElement, where: string, report: Report): void {
  for (const content of childrenOf(item, 'content', namespaces.media)) {
    const type = content.attributes.get('type');
    const size = content.attributes.get('fileSize');
    const duration = content.attributes.get('duration');
    checkWebAddress(content.attributes.get('url'), `${where}/media:content@url`, report);
    if (type !== undefined) checkMediaType(type, `${where}/media:content@type`, report);
    if (size !== undefined && !/^[1-9]\d*$/.test(size)) report('invalid-integer', `${where}/media:content@fileSize`);
    if (duration !== undefined) checkCount(duration, `${where}/media:content@duration`, report);
  }
  for (const thumbnail of childrenOf(item, 'thumbnail', namespaces.media)) {
    checkWebAddress(thumbnail.attributes.get('url'), `${where}/media:thumbnail@url`, report);
  }
}

function checkItem(item: XmlElement, where: string, report: Report): void {
  checkVocabulary(item, itemOnce, itemMany, where, report);
  const title = textOf(item, 'title');
  const description = textOf(item, 'description');
  if (title === undefined && (description ?? '') === '') report('neither-title-nor-description', where);
  if (title !== undefined) {
    checkNotBlank(title, `${where}/title`, report);
    // A title about markup can only be HTML that says so: escaped once more. Unescaped markup would vanish.
    if (/<[a-z/!?]/i.test(title)) report('contains-html', `${where}/title`);
  }
  const names = item.children.map(nameOf);
  const content = textOf(item, 'encoded', namespaces.content);
  if (content !== undefined) {
    if (names.indexOf('description') === -1 || names.indexOf('description') > names.indexOf('content:encoded')) {
      report('content-before-description', where);
    }
    checkContent(content, `${where}/content:encoded`, report);
  }
  checkContent(description ?? '', `${where}/description`, report);
  checkGuid(item, where, report);
  checkEnclosures(item, where, report);
  checkMedia(item, where, report);
  for (const name of ['link', 'comments']) {
    for (const link of childrenOf(item, name)) checkWebAddress(link.text, `${where}/${name}`, report);
  }
  for (const date of childrenOf(item, 'pubDate')) checkRfc822(date.text, `${where}/pubDate`, report);
  for (const date of childrenOf(item, 'updated', namespaces.atom))
    checkRfc3339(date.text, `${where}/atom:updated`, report);
  for (const creator of childrenOf(item, 'creator', namespaces.dc))
    checkNotBlank(creator.text, `${where}/dc:creator`, report);
  for (const language of childrenOf(item, 'language', namespaces.dc)) {
    checkLanguage(language.text, `${where}/dc:language`, report);
  }
  const categories = childrenOf(item, 'category');
  for (const category of categories) checkNotBlank(category.text, `${where}/category`, report);
  const unique = new Set(categories.map((category) => `${category.text}\n${category.attributes.get('domain') ?? ''}`));
  if (unique.size !== categories.length) report('duplicate-category', where);
  for (const source of childrenOf(item, 'source')) {
    checkWebAddress(source.attributes.get('url'), `${where}/source@url`, report);
    checkNotBlank(source.text, `${where}/source`, report);
  }
  for (const link of childrenOf(item, 'link', namespaces.atom)) {
    checkLink(link, `${where}/atom:link`, report);
    if (rfc5005Relations.includes(link.attributes.get('rel') ?? '')) report('paging-in-entry', where);
  }
}

/** Reports every rule that the document breaks. */
export function checkRss(root: XmlElement, report: Report): void {
  if (root.name !== 'rss' || root.namespace !== '' || root.attributes.get('version') !== '2.0')
    report('not-rss-2', 'rss');
  const [channel] = childrenOf(root, 'channel');
  if (channel === undefined || root.children.length !== 1) return report('missing-channel', 'rss');
  checkVocabulary(channel, channelOnce, channelMany, 'channel', report);
  checkNotBlank(textOf(channel, 'title'), 'channel/title', report);
  checkNotBlank(textOf(channel, 'description'), 'channel/description', report);
  checkWebAddress(textOf(channel, 'link'), 'channel/link', report);
  for (const language of childrenOf(channel, 'language')) checkLanguage(language.text, 'channel/language', report);
  checkIri(textOf(channel, 'docs'), 'channel/docs', report);
  for (const date of childrenOf(channel, 'lastBuildDate')) checkRfc822(date.text, 'channel/lastBuildDate', report);
  for (const name of ['title', 'description']) checkNoMarkup(textOf(channel, name) ?? '', `channel/${name}`, report);
  const isArchive = childrenOf(channel, 'archive', namespaces.fh).length > 0;
  checkFeedLinks(childrenOf(channel, 'link', namespaces.atom), isArchive, report);
  const names = channel.children.map(nameOf);
  if (names.includes('item') && names.slice(names.indexOf('item')).some((name) => name !== 'item')) {
    report('misplaced-item', 'channel');
  }
  const items = childrenOf(channel, 'item');
  for (const [index, item] of items.entries()) checkItem(item, `item[${index}]`, report);
  if (new Set(items.map((item) => textOf(item, 'guid'))).size !== items.length) report('duplicate-guid', 'channel');
}

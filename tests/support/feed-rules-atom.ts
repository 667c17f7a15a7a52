/**
 * The W3C feed validator's rules for Atom 1.0, errors and warnings, and the MUSTs of RFC 4287.
 */

import { moduleFields, moduleNamespaces } from '../../src/domain/modules.ts';
import { checkFeedLinks, checkLink, checkMedia } from './feed-rules-rss.ts';
import {
  checkContent,
  checkIri,
  checkLanguage,
  checkNoMarkup,
  checkNotBlank,
  checkRfc3339,
  checkWebAddress,
  type Report,
} from './feed-rules-values.ts';
import { childrenOf, namespaces, textOf, type XmlElement } from './strict-xml.ts';

const { atom, fh, media, xml } = namespaces;
const prefixOf = new Map(Object.entries(moduleNamespaces).map(([prefix, namespace]) => [namespace, prefix]));

const feedOnce = ['id', 'title', 'updated', 'generator', 'subtitle', 'rights', 'icon', 'logo'];
const feedMany = ['author', 'link', 'category', 'contributor', 'entry'];
const entryOnce = ['id', 'title', 'updated', 'published', 'summary', 'content', 'rights', 'source'];
const entryMany = ['author', 'link', 'category', 'contributor'];

function atomOf(element: XmlElement, name: string): XmlElement[] {
  return childrenOf(element, name, atom);
}

function checkVocabulary(
  parent: XmlElement,
  once: readonly string[],
  many: readonly string[],
  where: string,
  report: Report,
) {
  for (const child of parent.children) {
    const isOurs = once.includes(child.name) || many.includes(child.name);
    const isExtension =
      (child.namespace === fh && child.name === 'archive') ||
      (child.namespace === media && child.name === 'content') ||
      moduleFields.some(({ name }) => name === `${prefixOf.get(child.namespace)}:${child.name}`);
    if (child.namespace === atom ? !isOurs : !isExtension) report('undefined-element', `${where}/${child.name}`);
  }
  for (const name of once) if (atomOf(parent, name).length > 1) report('duplicate-element', `${where}/${name}`);
  if (parent.text.trim() !== '') report('unexpected-text', where);
}

function checkTextConstruct(element: XmlElement, where: string, report: Report): void {
  const type = element.attributes.get('type') ?? 'text';
  if (type !== 'text' && type !== 'html') return report('invalid-text-type', where);
  if (element.children.length > 0) report('undefined-element', where);
  checkNotBlank(element.text, where, report);
  if (type === 'text') checkNoMarkup(element.text, where, report);
  else checkContent(element.text, where, report);
}

function checkPerson(person: XmlElement, where: string, report: Report): void {
  checkNotBlank(textOf(person, 'name', atom), `${where}/name`, report);
  for (const uri of atomOf(person, 'uri')) checkWebAddress(uri.text, `${where}/uri`, report);
  for (const email of atomOf(person, 'email')) {
    if (!/^[\w.%+'-]+@(?:[A-Za-z\d-]+\.)+[A-Za-z\d-]+$/.test(email.text)) report('invalid-email', `${where}/email`);
  }
}

function checkMetadata(element: XmlElement, where: string, report: Report): void {
  for (const name of ['id', 'title', 'updated']) {
    if (atomOf(element, name).length !== 1) report('missing-element', `${where}/${name}`);
  }
  for (const id of atomOf(element, 'id')) checkIri(id.text, `${where}/id`, report);
  for (const name of ['title', 'subtitle', 'rights', 'summary']) {
    for (const text of atomOf(element, name)) checkTextConstruct(text, `${where}/${name}`, report);
  }
  for (const name of ['updated', 'published']) {
    for (const date of atomOf(element, name)) checkRfc3339(date.text, `${where}/${name}`, report);
  }
  for (const author of atomOf(element, 'author')) checkPerson(author, `${where}/author`, report);
}

function checkCategories(entry: XmlElement, where: string, report: Report): void {
  const seen = new Set<string>();
  for (const category of atomOf(entry, 'category')) {
    const scheme = category.attributes.get('scheme');
    const label = category.attributes.get('label');
    checkNotBlank(category.attributes.get('term'), `${where}/category@term`, report);
    if (scheme !== undefined) checkIri(scheme, `${where}/category@scheme`, report);
    if (label !== undefined) checkNotBlank(label, `${where}/category@label`, report);
    const key = `${category.attributes.get('term') ?? ''}\n${scheme ?? ''}`;
    if (seen.has(key)) report('duplicate-category', where);
    seen.add(key);
  }
}

function checkEntryLinks(entry: XmlElement, where: string, report: Report): void {
  const links = atomOf(entry, 'link');
  const alternates = links.filter((link) => link.attributes.get('rel') === 'alternate');
  for (const link of links) {
    checkLink(link, `${where}/link`, report);
    if (/^(?:next|previous|first|last|current|(?:prev|next)-archive)$/.test(link.attributes.get('rel') ?? '')) {
      report('paging-in-entry', where);
    }
  }
  const kinds = alternates.map(
    (link) => `${link.attributes.get('type') ?? ''} ${link.attributes.get('hreflang') ?? ''}`,
  );
  if (new Set(kinds).size !== kinds.length) report('duplicate-link', where);
  const content = atomOf(entry, 'content');
  if (content.length === 0 && alternates.length === 0) report('neither-content-nor-alternate', where);
}

function checkSource(source: XmlElement, where: string, report: Report): void {
  checkVocabulary(source, feedOnce, ['author', 'link', 'category', 'contributor'], where, report);
  checkMetadata(source, where, report);
  const links = atomOf(source, 'link');
  for (const link of links) checkLink(link, `${where}/link`, report);
  // A site that is known only by archived articles has no feed to name.
  const isFeed =
    atomOf(source, 'id')[0]?.text !==
    links.find((link) => link.attributes.get('rel') === 'alternate')?.attributes.get('href');
  if (isFeed && links.length > 0 && !links.some((link) => link.attributes.get('rel') === 'self'))
    report('missing-self', where);
}

function checkEntry(entry: XmlElement, where: string, report: Report): void {
  checkVocabulary(entry, entryOnce, entryMany, where, report);
  checkMetadata(entry, where, report);
  checkCategories(entry, where, report);
  checkEntryLinks(entry, where, report);
  if (atomOf(entry, 'author').length === 0) report('missing-author', where);
  for (const content of atomOf(entry, 'content')) checkTextConstruct(content, `${where}/content`, report);
  checkMedia(entry, where, report);
  const language = entry.attributes.get(`{${xml}}lang`);
  if (language !== undefined && language !== '') checkLanguage(language, `${where}@xml:lang`, report);
  const sources = atomOf(entry, 'source');
  if (sources.length !== 1) report('missing-source', where);
  for (const source of sources) checkSource(source, `${where}/source`, report);
}

/** Reports every rule that the document breaks. */
export function checkAtom(root: XmlElement, report: Report): void {
  if (root.name !== 'feed' || root.namespace !== atom) report('not-atom', 'feed');
  checkVocabulary(root, feedOnce, feedMany, 'feed', report);
  checkMetadata(root, 'feed', report);
  checkLanguage(root.attributes.get(`{${xml}}lang`), 'feed@xml:lang', report);
  if (atomOf(root, 'author').length === 0) report('missing-author', 'feed');
  checkFeedLinks(atomOf(root, 'link'), childrenOf(root, 'archive', fh).length > 0, report);
  const names = root.children.map((child) => child.name);
  if (names.includes('entry') && names.slice(names.indexOf('entry')).some((name) => name !== 'entry')) {
    report('misplaced-metadata', 'feed');
  }
  const versions = new Set<string>();
  for (const [index, entry] of atomOf(root, 'entry').entries()) {
    checkEntry(entry, `entry[${index}]`, report);
    // RFC 4287 section 4.1.1: one id twice is one entry twice, and only as two states of it.
    const version = `${textOf(entry, 'id', atom) ?? ''}\n${textOf(entry, 'updated', atom) ?? ''}`;
    if (versions.has(version)) report('duplicate-id', `entry[${index}]`);
    versions.add(version);
  }
}

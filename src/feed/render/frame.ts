/**
 * The frame of an RSS or Atom document, built by the `feed` package: this file is its one door.
 *
 * The package is called without items, because its items are not safe, and with every optional value given, because its
 * defaults are a clock and its own name. What it cannot say (namespaces, paging, alternates, more than one hub) is added
 * to its output.
 *
 * Views of one place differ in their addresses and dates only, so the package's document is kept as a template with
 * those left open: building it anew for each view costs more than joining 250 KB of entries.
 */
import { Feed } from 'feed';
import { renderRfc822, renderRfc3339 } from '../../domain/instant.ts';
import { type FeedFormat, type FeedHead, feedMediaTypes } from '../../domain/view.ts';
import { toLanguageTag } from './language-tag.ts';
import { toUri } from './uri.ts';
import { type Attributes, escapeAttribute, escapeText, renderEmpty, toWritableLine } from './xml-writer.ts';

type XmlFormat = Exclude<FeedFormat, 'json'>;

const generator = 'Tributary';

// The validator knows RSS documents of the Advisory Board by exactly this address.
const rssDocumentation = 'http://www.rssboard.org/rss-specification';

const rootTags: Readonly<Record<XmlFormat, string>> = {
  rss:
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"' +
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:fh="http://purl.org/syndication/history/1.0"' +
    ' xmlns:media="http://search.yahoo.com/mrss/">',
  atom:
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"' +
    ' xmlns:media="http://search.yahoo.com/mrss/">',
};

/** The package takes `&amp;` back to `&` before it escapes; escaping the ampersand alone undoes that exactly. */
function toFeedText(text: string): string {
  return toWritableLine(text).replaceAll('&', '&amp;');
}

function mediaTypeOf(format: FeedFormat): string {
  return feedMediaTypes[format].split(';', 1)[0] ?? feedMediaTypes[format];
}

function extraLinks(format: XmlFormat, head: FeedHead): Attributes[] {
  const type = mediaTypeOf(format);
  // Not in Atom: readers (newsboat, for one) take the last alternate for the page the feed belongs to. HTTP has them all.
  const links: Attributes[] = (format === 'rss' ? head.alternates : [])
    .filter((alternate) => alternate.format !== format)
    .map((alternate) => ({ rel: 'alternate', type: mediaTypeOf(alternate.format), href: toUri(alternate.url) }));
  const paging = {
    first: head.firstUrl,
    previous: head.previousUrl,
    next: head.nextUrl,
    current: head.currentUrl,
    'prev-archive': head.prevArchiveUrl,
    'next-archive': head.nextArchiveUrl,
  };
  for (const [rel, url] of Object.entries(paging)) if (url !== undefined) links.push({ rel, type, href: toUri(url) });
  for (const hub of head.hubs.slice(1)) links.push({ rel: 'hub', href: toUri(hub) });
  return links;
}

/** What differs between views of one place: addresses and the date, each ready to be written. */
interface Filling {
  readonly id: string;
  readonly site: string;
  readonly self: string;
  readonly updated: string;
}

/** A frame with its slots left open: fixed text at even positions, names of slots at odd ones. */
interface Template {
  readonly prefix: readonly string[];
  readonly suffix: string;
}

/** A URL scheme that stands in for addresses while the package writes: one that none of the head's own texts holds. */
function freeScheme(head: FeedHead): string {
  const texts = `${head.title} ${head.description} ${head.language} ${head.hubs[0] ?? ''}`;
  let number = 0;
  while (texts.includes(`slot${number}:`)) number += 1;
  return `slot${number}:`;
}

/** Templates of the places asked for of late; more places than these are built anew. */
const maxTemplates = 200;
const templates = new Map<string, Template>();

function templateOf(format: XmlFormat, head: FeedHead): Template {
  const [hub] = head.hubs;
  const key = JSON.stringify([format, head.title, head.description, head.language, hub]);
  const known = templates.get(key);
  if (known !== undefined) return known;
  const made = makeTemplate(format, head);
  if (templates.size >= maxTemplates) templates.clear();
  templates.set(key, made);
  return made;
}

function makeTemplate(format: XmlFormat, head: FeedHead): Template {
  const scheme = freeScheme(head);
  const built = buildDocument(format, head, scheme);
  const close = built.lastIndexOf(format === 'rss' ? '</channel>' : '</feed>');
  // Nothing in the document before it can hold `<rss` or `<feed`, and no attribute of it a `>`.
  const rootTag = /<(?:rss|feed) [^>]*>/.exec(built);
  if (rootTag === null || close === -1) throw new Error(`feed wrote no ${format} document: ${built}`);
  const language = format === 'atom' ? toLanguageTag(head.language) : undefined;
  const root = language === undefined ? rootTags[format] : rootTags[format].replace('>', ` xml:lang="${language}">`);
  const start = built.slice(0, rootTag.index);
  const metadata = built.slice(rootTag.index + rootTag[0].length, close).trimEnd();
  return { prefix: splitAtSlots(`${start}${root}${metadata}\n`, scheme), suffix: `${built.slice(close)}\n` };
}

function splitAtSlots(text: string, scheme: string): readonly string[] {
  // A `<` in a title is escaped, so only the package writes the elements of dates.
  const slots = new RegExp(`${scheme}(id|site|self)|(?<=<(?:lastBuildDate|updated)>)[^<]+(?=<)`);
  const parts: string[] = [];
  let rest = text;
  for (let found = slots.exec(rest); found !== null; found = slots.exec(rest)) {
    parts.push(rest.slice(0, found.index), found[1] ?? 'updated');
    rest = rest.slice(found.index + found[0].length);
  }
  return [...parts, rest];
}

function buildDocument(format: XmlFormat, head: FeedHead, scheme: string): string {
  const title = toFeedText(head.title) || new URL(head.siteUrl).host;
  const description = toFeedText(head.description);
  const [hub] = head.hubs;
  const language = toLanguageTag(head.language);
  const document = new Feed({
    id: `${scheme}id`,
    title,
    // RSS must have one; Atom's subtitle may be missing.
    description: description === '' && format === 'rss' ? title : description,
    link: `${scheme}site`,
    feed: `${scheme}self`,
    updated: new Date(0),
    generator,
    docs: rssDocumentation,
    // RFC 4287 section 4.1.1: a feed that happens to have no entry needs an author of its own.
    author: { name: title, link: `${scheme}site` },
    ...(language !== undefined && { language }),
    ...(hub !== undefined && { hub: toUri(hub) }),
  });
  return format === 'rss' ? document.rss2() : document.atom1();
}

/** Everything before the first entry and after the last. */
export function renderXmlFrame(format: XmlFormat, head: FeedHead): { prefix: string; suffix: string } {
  const template = templateOf(format, head);
  const filling: Readonly<Record<string, string>> = {
    id: escapeText(toWritableLine(head.id)),
    site: escapeAttribute(toUri(head.siteUrl)),
    self: escapeAttribute(toUri(head.selfUrl)),
    updated: format === 'rss' ? renderRfc822(head.updated) : renderRfc3339(head.updated),
  } satisfies Filling;
  const metadata = template.prefix
    .map((part, position) => (position % 2 === 0 ? part : (filling[part] ?? '')))
    .join('');
  const linkName = format === 'rss' ? 'atom:link' : 'link';
  const indent = format === 'rss' ? '        ' : '    ';
  let extras = head.isArchive === true ? `${indent}<fh:archive/>\n` : '';
  for (const link of extraLinks(format, head)) extras += indent + renderEmpty(linkName, link);
  return { prefix: `${metadata}${extras}`, suffix: template.suffix };
}

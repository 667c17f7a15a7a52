/**
 * The frame of an RSS or Atom document, built by the `feed` package: this file is its one door.
 *
 * The package is called without items, because its items are not safe, and with every optional value given, because its
 * defaults are a clock and its own name. What it cannot say (namespaces, paging, alternates, more than one hub) is added
 * to its output. Nothing is remembered between calls.
 */
import { Feed } from 'feed';
import { type FeedFormat, type FeedHead, feedMediaTypes } from '../../domain/view.ts';
import { toLanguageTag } from './language-tag.ts';
import { toUri } from './uri.ts';
import { type Attributes, renderEmpty, toWritableLine } from './xml-writer.ts';

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
  const links: Attributes[] = head.alternates
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

function buildDocument(format: XmlFormat, head: FeedHead): string {
  const title = toFeedText(head.title) || new URL(head.siteUrl).host;
  const description = toFeedText(head.description);
  const [hub] = head.hubs;
  const language = toLanguageTag(head.language);
  const document = new Feed({
    id: toFeedText(head.id),
    title,
    // RSS must have one; Atom's subtitle may be missing.
    description: description === '' && format === 'rss' ? title : description,
    link: toUri(head.siteUrl),
    feed: toUri(head.selfUrl),
    updated: new Date(head.updated),
    generator,
    docs: rssDocumentation,
    // RFC 4287 section 4.1.1: a feed that happens to have no entry needs an author of its own.
    author: { name: title, link: toUri(head.siteUrl) },
    ...(language !== undefined && { language }),
    ...(hub !== undefined && { hub: toUri(hub) }),
  });
  return format === 'rss' ? document.rss2() : document.atom1();
}

/** Everything before the first entry and after the last. */
export function renderXmlFrame(format: XmlFormat, head: FeedHead): { prefix: string; suffix: string } {
  const built = buildDocument(format, head);
  const close = built.lastIndexOf(format === 'rss' ? '</channel>' : '</feed>');
  // Nothing in the document before it can hold `<rss` or `<feed`, and no attribute of it a `>`.
  const rootTag = /<(?:rss|feed) [^>]*>/.exec(built);
  if (rootTag === null || close === -1) throw new Error(`feed wrote no ${format} document: ${built}`);
  const language = format === 'atom' ? toLanguageTag(head.language) : undefined;
  const root = language === undefined ? rootTags[format] : rootTags[format].replace('>', ` xml:lang="${language}">`);
  const linkName = format === 'rss' ? 'atom:link' : 'link';
  const indent = format === 'rss' ? '        ' : '    ';
  let extras = head.isArchive === true ? `${indent}<fh:archive/>\n` : '';
  for (const link of extraLinks(format, head)) extras += indent + renderEmpty(linkName, link);
  const start = built.slice(0, rootTag.index);
  const metadata = built.slice(rootTag.index + rootTag[0].length, close).trimEnd();
  return { prefix: `${start}${root}${metadata}\n${extras}`, suffix: `${built.slice(close)}\n` };
}

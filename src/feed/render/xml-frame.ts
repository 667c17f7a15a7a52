/**
 * Fills the frame of an RSS or Atom document: puts a view's values into the template, and adds what the template lacks
 * (paging, alternates, more than one hub, archive documents).
 */
import { renderRfc822, renderRfc3339 } from '../../domain/instant.ts';
import { type FeedHead, feedLinkTypes, neverChanged } from '../../domain/view.ts';
import { authorsOf, modulesOf, renderAtomChannel, renderRssChannel } from './channel-writer.ts';
import { looksLikeMarkup, toLanguageTag, toUri } from './format-rules.ts';
import { namespacesOf } from './module-writer.ts';
import type { FrameLine, FrameSlot, FrameTemplates, XmlFormat } from './xml-frame-template.ts';
import {
  type Attributes,
  escapeAttribute,
  escapePlain,
  escapeText,
  renderAttributes,
  renderEmpty,
  toWritableLine,
} from './xml-writer.ts';

/** Values ready to be written; a line whose slot has none is left out. */
type Filling = Readonly<Record<FrameSlot, string | undefined>> & {
  readonly [Name in 'id' | 'title' | 'site' | 'self' | 'author']: string;
};

/** Everything before the first entry and after the last. */
export function renderXmlFrame(
  templates: FrameTemplates,
  format: XmlFormat,
  head: FeedHead,
): { prefix: string; suffix: string; name: readonly string[] } {
  const template = templates[format];
  const filling = toFilling(format, head);
  let prefix = '';
  for (const line of template.prefix) prefix += fill(line, filling);
  const ofRoot = {
    'xml:lang': format === 'atom' ? filling.language : undefined,
    ...namespacesOf(modulesOf(head.channel ?? {})),
  };
  // The first `>` after the root's name ends its tag: no attribute of it holds one. A window of a former release declares all.
  const rootTag = /<(?:rss|feed) [^>]*/.exec(prefix)?.[0] ?? '';
  const missing = Object.entries(ofRoot).filter(([name]) => !rootTag.includes(` ${name}=`));
  prefix = prefix.replace(rootTag, rootTag + renderAttributes(Object.fromEntries(missing)));
  const linkName = format === 'rss' ? 'atom:link' : 'link';
  const indent = format === 'rss' ? '        ' : '    ';
  let extras = head.isArchive === true ? `${indent}<fh:archive/>\n` : '';
  for (const link of extraLinks(format, head)) extras += indent + renderEmpty(linkName, link);
  const { id, title, description = '', site, self, updated = '', hub = '', author, authorUri = '' } = filling;
  if (head.channel !== undefined) {
    extras += format === 'rss' ? renderRssChannel(head.channel, title, head.siteUrl) : renderAtomChannel(head.channel);
  }
  const name = [
    template.digest,
    id,
    title,
    description,
    site,
    self,
    updated,
    filling.language ?? '',
    hub,
    author,
    authorUri,
    extras,
  ];
  return { prefix: prefix + extras, suffix: template.suffix, name };
}

function toFilling(format: XmlFormat, head: FeedHead): Filling {
  const plainTitle = toWritableLine(head.title) || new URL(head.siteUrl).host;
  // As with items: readers take an RSS title or description that looks like HTML for HTML.
  const toText = (plain: string): string =>
    format === 'rss' ? escapePlain(looksLikeMarkup(plain) ? escapeText(plain) : plain) : escapeText(plain);
  const title = toText(plainTitle);
  const description = toText(toWritableLine(head.description));
  const [hub] = head.hubs;
  const site = escapeAttribute(toUri(head.siteUrl));
  const [author] = authorsOf(head.channel ?? {});
  const authorUri = author?.url === undefined ? undefined : escapeAttribute(toUri(author.url));
  return {
    id: escapeText(toWritableLine(head.id)),
    title,
    // RSS requires one; Atom's subtitle may be missing.
    description: description === '' ? (format === 'rss' ? title : undefined) : description,
    site,
    self: escapeAttribute(toUri(head.selfUrl)),
    updated: toUpdated(format, head),
    language: toLanguageTag(format === 'rss' ? head.entryLanguage : head.language),
    hub: hub === undefined ? undefined : escapeAttribute(toUri(hub)),
    author: author === undefined ? title : escapeText(author.name),
    authorUri: author === undefined ? site : authorUri,
  };
}

/** Atom must have a date (RFC 4287 section 4.1.1). */
function toUpdated(format: XmlFormat, { updated }: FeedHead): string | undefined {
  if (format === 'atom') return renderRfc3339(updated ?? neverChanged);
  return updated === undefined ? undefined : renderRfc822(updated);
}

function fill(line: FrameLine, filling: Filling): string {
  let text = line[0] ?? '';
  for (let at = 1; at < line.length; at += 2) {
    const value = filling[line[at] as FrameSlot];
    if (value === undefined) return '';
    text += value + (line[at + 1] ?? '');
  }
  return text;
}

function extraLinks(format: XmlFormat, head: FeedHead): Attributes[] {
  const type = feedLinkTypes[format];
  // Not in Atom: some readers (newsboat) take the last alternate for the page of the feed. HTTP headers have them all.
  const links: Attributes[] = (format === 'rss' ? head.alternates : [])
    .filter((alternate) => alternate.format !== format)
    .map((alternate) => ({ rel: 'alternate', type: feedLinkTypes[alternate.format], href: toUri(alternate.url) }));
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

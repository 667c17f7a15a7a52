/**
 * Makes a feed document with the facts for its HTTP headers.
 */
import type { Instant } from '../domain/instant.ts';
import { type FeedFormat, type FeedHead, feedLinkTypes, neverChanged } from '../domain/view.ts';
import { renderFrame } from '../feed/render/frame.ts';
import type { FrameTemplates } from '../feed/render/xml-frame-template.ts';
import { assemble, type DraftedDocument } from './assemble.ts';
import type { Selection } from './selection.ts';

/** A feed whose bytes are not joined yet. */
export interface DraftedFeed extends DraftedDocument {
  /** Value of the `Link` header field (RFC 8288). */
  readonly links: string;
}

/** Makes the document of a view. @param lastModified when it differs from the date in the document */
export function draftFeed(
  templates: FrameTemplates,
  format: FeedFormat,
  head: FeedHead,
  selection: Selection,
  lastModified: Instant = head.updated ?? neverChanged,
): DraftedFeed {
  return {
    ...assemble(renderFrame(templates, format, head), selection, lastModified),
    links: toLinks(format, head),
  };
}

/** Servers and proxies refuse long header fields; the document has all links, too. Characters. */
const maxLinks = 2000;

/** Fewer links when they would be too long: first without the other formats, then none. */
function toLinks(format: FeedFormat, head: FeedHead): string {
  for (const alternates of [head.alternates, []]) {
    const links = joinLinks(format, { ...head, alternates });
    if (links.length < maxLinks) return links;
  }
  const self = `<${head.selfUrl}>; rel="self"; type="${feedLinkTypes[format]}"`;
  return self.length < maxLinks ? self : '';
}

function joinLinks(format: FeedFormat, head: FeedHead): string {
  let links = `<${head.selfUrl}>; rel="self"; type="${feedLinkTypes[format]}", <${head.siteUrl}>; rel="alternate"; type="text/html"`;
  for (const { format: other, url } of head.alternates) {
    links += `, <${url}>; rel="alternate"; type="${feedLinkTypes[other]}"`;
  }
  for (const hub of head.hubs) links += `, <${hub}>; rel="hub"`;
  links += toLink('next', head.nextUrl) + toLink('previous', head.previousUrl) + toLink('first', head.firstUrl);
  links += toLink('current', head.currentUrl);
  return links + toLink('prev-archive', head.prevArchiveUrl) + toLink('next-archive', head.nextArchiveUrl);
}

function toLink(rel: string, url: string | undefined): string {
  return url === undefined ? '' : `, <${url}>; rel="${rel}"`;
}

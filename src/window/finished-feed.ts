/**
 * A feed document with all that an HTTP response says about it.
 *
 * The default feeds are finished when the window is published, for a site that has an address of its own, so that a cold
 * isolate sends bytes and renders nothing; every other view is finished where it is asked for, by the same function.
 */
import type { PlacedSite } from '../domain/site.ts';
import { type FeedFormat, type FeedHead, feedLinkTypes } from '../domain/view.ts';
import { type Frame, renderFrame } from '../feed/render/frame.ts';
import type { FrameTemplates } from '../feed/render/xml-frame-template.ts';
import { everything } from '../query/language/query.ts';
import { type AssembledDocument, type DraftedDocument, draft } from './assemble.ts';
import type { Selection } from './selection.ts';
import { everywhere } from './view-address.ts';
import { toViewHead } from './view-head.ts';
import type { ArchiveTotals } from './window.ts';

/** A document and the addresses that belong to it. */
export interface FinishedFeed extends AssembledDocument {
  /** Value of the `Link` header field (RFC 8288). */
  readonly links: string;
}

/** The same before its bytes are joined. */
export type DraftedFeed = DraftedDocument & Pick<FinishedFeed, 'links'>;

/** Makes the document of a view, but for the joining. */
export function draftFeed(
  templates: FrameTemplates,
  format: FeedFormat,
  head: FeedHead,
  selection: Selection,
): DraftedFeed {
  return draftWithin(renderFrame(templates, format, head), format, head, selection);
}

/** Makes the document of a view. */
export function finishFeed(
  templates: FrameTemplates,
  format: FeedFormat,
  head: FeedHead,
  selection: Selection,
): FinishedFeed {
  return finish(renderFrame(templates, format, head), format, head, selection);
}

/** Bytes of a document that are no entry's. */
export interface Around {
  readonly prefixLength: number;
  readonly separatorLength: number;
  readonly suffixLength: number;
}

/** Makes the document of the default view of a site, and says where its entries lie. */
export function finishDefaultFeed(
  templates: FrameTemplates,
  format: FeedFormat,
  site: PlacedSite,
  selection: Selection,
  totals: ArchiveTotals,
): FinishedFeed & { readonly around: Around } {
  const head = toViewHead(site, site.origin, everywhere, everything, format, selection, totals);
  const frame = renderFrame(templates, format, head);
  const around = {
    prefixLength: lengthOf(frame.prefix),
    separatorLength: lengthOf(frame.separator),
    suffixLength: lengthOf(frame.suffix),
  };
  return { ...finish(frame, format, head, selection), around };
}

function finish(frame: Frame, format: FeedFormat, head: FeedHead, selection: Selection): FinishedFeed {
  const { join, ...feed } = draftWithin(frame, format, head, selection);
  return { ...feed, body: join() };
}

function draftWithin(frame: Frame, format: FeedFormat, head: FeedHead, selection: Selection): DraftedFeed {
  return { ...draft(frame, selection, head.updated), links: toLinks(format, head) };
}

function lengthOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function toLinks(format: FeedFormat, head: FeedHead): string {
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

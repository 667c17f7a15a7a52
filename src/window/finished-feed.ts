/**
 * A feed document with all that an HTTP response says about it.
 *
 * The default feeds are finished when the window is published, for a site that has an address of its own, so that a cold
 * isolate sends bytes and renders nothing; every other view is finished where it is asked for, by the same function.
 */
import type { PlacedSite } from '../domain/site.ts';
import { type FeedFormat, type FeedHead, feedMediaTypes } from '../domain/view.ts';
import { renderFrame } from '../feed/render/frame.ts';
import type { FrameTemplates } from '../feed/render/xml-frame-template.ts';
import { everything } from '../query/query.ts';
import { type AssembledDocument, assembleFeed } from './assemble.ts';
import type { Selection } from './selection.ts';
import { everywhere } from './view-address.ts';
import { toViewHead } from './view-head.ts';
import type { ArchiveTotals } from './window.ts';

/** A document and the addresses that belong to it. */
export interface FinishedFeed extends AssembledDocument {
  /** Value of the `Link` header field (RFC 8288). */
  readonly links: string;
}

/** Makes the document of a view. */
export function finishFeed(
  templates: FrameTemplates,
  format: FeedFormat,
  head: FeedHead,
  selection: Selection,
): FinishedFeed {
  return { ...assembleFeed(templates, format, head, selection), links: toLinks(format, head) };
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
  const { prefix, separator, suffix } = renderFrame(templates, format, head);
  const around = {
    prefixLength: lengthOf(prefix),
    separatorLength: lengthOf(separator),
    suffixLength: lengthOf(suffix),
  };
  return { ...finishFeed(templates, format, head, selection), around };
}

function lengthOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function toLinks(format: FeedFormat, head: FeedHead): string {
  const links = [
    `<${head.selfUrl}>; rel="self"; type="${typeOf(format)}"`,
    `<${head.siteUrl}>; rel="alternate"; type="text/html"`,
    ...head.alternates.map(({ format: other, url }) => `<${url}>; rel="alternate"; type="${typeOf(other)}"`),
    ...head.hubs.map((hub) => `<${hub}>; rel="hub"`),
  ];
  const further = {
    next: head.nextUrl,
    previous: head.previousUrl,
    first: head.firstUrl,
    current: head.currentUrl,
    'prev-archive': head.prevArchiveUrl,
    'next-archive': head.nextArchiveUrl,
  };
  for (const [rel, url] of Object.entries(further)) if (url !== undefined) links.push(`<${url}>; rel="${rel}"`);
  return links.join(', ');
}

/** A media type without its parameters, as links name it. */
function typeOf(format: FeedFormat): string {
  return feedMediaTypes[format].split(';', 1)[0] ?? feedMediaTypes[format];
}

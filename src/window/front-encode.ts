/**
 * Writes the fronts of a window (front.ts), the default feeds finished where the site knows its address.
 */
import type { PlacedSite } from '../domain/site.ts';
import type { FeedFormat } from '../domain/view.ts';
import type { FrameTemplates } from '../feed/render/xml-frame-template.ts';
import { everything } from '../query/language/query.ts';
import { finishDefaultFeed } from './finished-feed.ts';
import { type FrontHeader, frontLayout, sizeLength } from './front.ts';
import type { RenderedEntry } from './rendered-entry.ts';
import { digestOf } from './selection.ts';
import type { ArchiveTotals } from './window.ts';

/** What fronts are written from. */
export interface FrontContent {
  readonly version: string;
  readonly totals: ArchiveTotals;
  readonly frames: FrameTemplates;
  /** Absent where the origin is each request's own. */
  readonly site?: PlacedSite;
}

/** Writes a front for each format of the window that holds these entries, newest first. */
export function encodeFronts(
  rendered: readonly RenderedEntry[],
  content: FrontContent,
): Readonly<Record<FeedFormat, Uint8Array<ArrayBuffer>>> {
  const { version, totals, frames, site } = content;
  const shown = rendered.slice(0, everything.limit);
  const entries = shown.map(({ facts: { id, sortAt, modified, sequence, digest } }) => ({
    id,
    sortAt,
    modified,
    sequence,
    digest,
  }));
  const digest = digestOf(entries);
  const more = totals.entries > shown.length;
  const withoutNames = { ...totals, tags: [], sources: [] };
  const encode = (format: FeedFormat): Uint8Array<ArrayBuffer> => {
    const fragments = shown.map((entry) => entry.fragments[format]);
    const lengths = fragments.map((fragment) => fragment.length);
    const header = { layout: frontLayout, version, totals: withoutNames, frames, more, entries, digest, lengths };
    if (site === undefined) return join(header, fragments);
    const selection = { entries, fragments, digest, more };
    const { etag, lastModified, links, around, body } = finishDefaultFeed(frames, format, site, selection, totals);
    return join({ ...header, finished: { site, feed: { etag, lastModified, links, ...around } } }, [body]);
  };
  return { rss: encode('rss'), atom: encode('atom'), json: encode('json') };
}

function join(header: FrontHeader, parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, sizeLength + head.length));
  new DataView(bytes.buffer).setUint32(0, head.length);
  bytes.set(head, sizeLength);
  let at = sizeLength + head.length;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

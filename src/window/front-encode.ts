/**
 * Writes the front of a window (front.ts), its default feeds finished where the site knows its address.
 */
import type { PlacedSite } from '../domain/site.ts';
import { type FeedFormat, feedFormats } from '../domain/view.ts';
import type { FrameTemplates } from '../feed/render/xml-frame-template.ts';
import { everything } from '../query/query.ts';
import { finishDefaultFeed } from './finished-feed.ts';
import { byFormat, type FrontHeader, frontLayout, sizeLength } from './front.ts';
import type { RenderedEntry } from './rendered-entry.ts';
import { digestOf } from './selection.ts';
import type { ArchiveTotals } from './window.ts';

/** What a front is written from. */
export interface FrontContent {
  readonly version: string;
  readonly totals: ArchiveTotals;
  readonly frames: FrameTemplates;
  /** Absent where the origin is each request's own. */
  readonly site?: PlacedSite;
}

/** Writes the front of the window that holds these entries, newest first. */
export function encodeFront(rendered: readonly RenderedEntry[], content: FrontContent): Uint8Array<ArrayBuffer> {
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
  const fragmentsOf = (format: FeedFormat): readonly Uint8Array[] => shown.map((entry) => entry.fragments[format]);
  const lengthsOf = (format: FeedFormat): number[] => fragmentsOf(format).map((fragment) => fragment.length);
  const feeds =
    site === undefined
      ? undefined
      : byFormat((format) => {
          const selection = { entries, fragments: fragmentsOf(format), digest, more };
          return finishDefaultFeed(frames, format, site, selection, totals);
        });
  const header: FrontHeader = {
    layout: frontLayout,
    version,
    totals: { ...totals, tags: [], sources: [] },
    frames,
    more,
    entries,
    digest,
    lengths: byFormat(lengthsOf),
    ...(site === undefined || feeds === undefined
      ? {}
      : {
          finished: {
            site,
            feeds: byFormat((format) => {
              const { etag, lastModified, links, around } = feeds[format];
              return { etag, lastModified, links, ...around };
            }),
          },
        }),
  };
  const parts = feedFormats.flatMap((format) => (feeds === undefined ? fragmentsOf(format) : [feeds[format].body]));
  return join(new TextEncoder().encode(JSON.stringify(header)), parts);
}

function join(head: Uint8Array, parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
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

/**
 * The front of a window: the three default feeds, in one small value.
 *
 * A cold isolate that is asked for the newest entries reads this alone: neither the index nor megabytes of fragments. For a
 * site whose address is set the feeds are finished documents, sent as they are; else they are what documents are made of.
 * Layout: length of the header (4 bytes, big-endian), the header as JSON, then the bytes of each format in turn: prefix,
 * fragments with the separator between them, suffix. Without a finished feed only the fragments have any length.
 */

import type { PlacedSite } from '../domain/site.ts';
import type { FeedFormat } from '../domain/view.ts';
import type { FrameTemplates } from '../feed/render/xml-frame-template.ts';
import type { Around, FinishedFeed } from './finished-feed.ts';
import type { SelectedEntry, Selection } from './selection.ts';
import type { ArchiveTotals } from './window.ts';

/** The default view, ready to be put into a frame or finished. */
export interface WindowFront {
  readonly version: string;
  /** Without tags and sources: the default view does not name any. */
  readonly totals: ArchiveTotals;
  /** What is written around the entries. */
  readonly frames: FrameTemplates;
  readonly selections: Readonly<Record<FeedFormat, Selection>>;
  /** The documents, for the site as it was when they were published. */
  readonly finished?: { readonly site: PlacedSite; readonly feeds: Readonly<Record<FeedFormat, FinishedFeed>> };
}

/** Layout of the front; a reader that finds another number treats the front as not there. */
export const frontLayout = 2;

/** What the bytes begin with. */
export interface FrontHeader {
  readonly layout: number;
  readonly version: string;
  readonly totals: ArchiveTotals;
  readonly frames: FrameTemplates;
  readonly more: boolean;
  readonly entries: readonly SelectedEntry[];
  readonly digest: string;
  /** Per format, the length of each fragment. Bytes. */
  readonly lengths: Readonly<Record<FeedFormat, readonly number[]>>;
  readonly finished?: {
    readonly site: PlacedSite;
    readonly feeds: Readonly<Record<FeedFormat, Omit<FinishedFeed, 'body'> & Around>>;
  };
}

const nothingAround: Around = { prefixLength: 0, separatorLength: 0, suffixLength: 0 };

/** Bytes before the header. */
export const sizeLength = 4;

/** Reads what `encodeFront` (front-encode.ts) wrote for `version`; `undefined` for anything else. */
export function decodeFront(bytes: Uint8Array<ArrayBuffer>, version: string): WindowFront | undefined {
  if (bytes.length < sizeLength) return undefined;
  const start = sizeLength + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (start > bytes.length) return undefined;
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(sizeLength, start))) as FrontHeader;
  if (header.version !== version || header.layout !== frontLayout) return undefined;
  const { entries, digest, more, totals, frames, lengths, finished } = header;
  let at = start;
  const read = (format: FeedFormat): { selection: Selection; body: Uint8Array<ArrayBuffer> } => {
    const { prefixLength, separatorLength, suffixLength } = finished?.feeds[format] ?? nothingAround;
    const begin = at;
    at += prefixLength;
    const fragments = lengths[format].map((length, position) => {
      if (position > 0) at += separatorLength;
      return bytes.subarray(at, (at += length));
    });
    at += suffixLength;
    return { selection: { entries, digest, more, fragments }, body: bytes.subarray(begin, at) };
  };
  const parts = byFormat(read);
  if (at !== bytes.length) return undefined;
  return {
    version,
    totals,
    frames,
    selections: byFormat((format) => parts[format].selection),
    ...(finished === undefined
      ? {}
      : {
          finished: {
            site: finished.site,
            feeds: byFormat((format) => {
              const { etag, lastModified, links } = finished.feeds[format];
              return { etag, lastModified, links, body: parts[format].body };
            }),
          },
        }),
  };
}

/** One value a format, made in publishing order. */
export function byFormat<T>(make: (format: FeedFormat) => T): Readonly<Record<FeedFormat, T>> {
  return { rss: make('rss'), atom: make('atom'), json: make('json') };
}

/**
 * A front of a window: the default feed in one format, in one small value.
 *
 * A cold isolate that is asked for the newest entries reads this alone: neither the index nor megabytes of fragments, nor the
 * other formats. For a site whose address is set the feed is a finished document, sent as it is; else it is what one is made of.
 * Layout: length of the header (4 bytes, big-endian), the header as JSON, then the bytes of the document: prefix, fragments
 * with the separator between them, suffix. Without a finished feed only the fragments have any length.
 */

import type { PlacedSite } from '../domain/site.ts';
import type { FrameTemplates } from '../feed/render/xml-frame-template.ts';
import type { Around, FinishedFeed } from './finished-feed.ts';
import type { SelectedEntry, Selection } from './selection.ts';
import type { ArchiveTotals } from './window.ts';

/** The default view in one format, ready to be put into a frame or finished. */
export interface WindowFront {
  readonly version: string;
  /** Without tags and sources: the default view does not name any. */
  readonly totals: ArchiveTotals;
  /** What is written around the entries. */
  readonly frames: FrameTemplates;
  readonly selection: Selection;
  /** The document, for the site as it was when it was published. */
  readonly finished?: { readonly site: PlacedSite; readonly feed: FinishedFeed };
}

/** Layout of a front; a reader that finds another number treats the front as not there. */
export const frontLayout = 3;

/** What the bytes begin with. */
export interface FrontHeader {
  readonly layout: number;
  readonly version: string;
  readonly totals: ArchiveTotals;
  readonly frames: FrameTemplates;
  readonly more: boolean;
  readonly entries: readonly SelectedEntry[];
  readonly digest: string;
  /** The length of each fragment. Bytes. */
  readonly lengths: readonly number[];
  readonly finished?: { readonly site: PlacedSite; readonly feed: Omit<FinishedFeed, 'body'> & Around };
}

const nothingAround: Around = { prefixLength: 0, separatorLength: 0, suffixLength: 0 };

/** Bytes before the header. */
export const sizeLength = 4;

/** Reads what `encodeFronts` (front-encode.ts) wrote for `version`; `undefined` for anything else. */
export function decodeFront(bytes: Uint8Array<ArrayBuffer>, version: string): WindowFront | undefined {
  if (bytes.length < sizeLength) return undefined;
  const start = sizeLength + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (start > bytes.length) return undefined;
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(sizeLength, start))) as FrontHeader;
  if (header.version !== version || header.layout !== frontLayout) return undefined;
  const { entries, digest, more, totals, frames, lengths, finished } = header;
  const { prefixLength, separatorLength, suffixLength } = finished?.feed ?? nothingAround;
  let at = start + prefixLength;
  const fragments = lengths.map((length, position) => {
    if (position > 0) at += separatorLength;
    return bytes.subarray(at, (at += length));
  });
  if (at + suffixLength !== bytes.length) return undefined;
  const front = { version, totals, frames, selection: { entries, digest, more, fragments } };
  if (finished === undefined) return front;
  const { etag, lastModified, links } = finished.feed;
  return {
    ...front,
    finished: { site: finished.site, feed: { etag, lastModified, links, body: bytes.subarray(start) } },
  };
}

/**
 * The front of a window: the three default feeds, in one small value.
 *
 * A cold isolate that is asked for the newest entries reads this alone: neither the index nor megabytes of fragments. For a
 * site whose address is set the feeds are finished documents, sent as they are; else they are what documents are made of.
 * Layout: length of the header (4 bytes, big-endian), the header as JSON, then the bytes of each format in turn: prefix,
 * fragments with the separator between them, suffix. Without a finished feed only the fragments have any length.
 */
import { type FeedFormat, feedFormats } from '../domain/view.ts';
import type { FrameTemplates } from '../feed/render/xml-frame-template.ts';
import { everything } from '../query/query.ts';
import { type Around, type FinishedFeed, finishDefaultFeed, type PlacedSite } from './finished-feed.ts';
import type { RenderedEntry } from './rendered-entry.ts';
import { digestOf, type SelectedEntry, type Selection } from './selection.ts';
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
const layout = 2;

interface FrontHeader {
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
const sizeLength = 4;

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
    layout,
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

/** Reads what `encodeFront` wrote for `version`; `undefined` for anything else. */
export function decodeFront(bytes: Uint8Array<ArrayBuffer>, version: string): WindowFront | undefined {
  if (bytes.length < sizeLength) return undefined;
  const start = sizeLength + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (start > bytes.length) return undefined;
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(sizeLength, start))) as FrontHeader;
  if (header.version !== version || header.layout !== layout) return undefined;
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
function byFormat<T>(make: (format: FeedFormat) => T): Readonly<Record<FeedFormat, T>> {
  return { rss: make('rss'), atom: make('atom'), json: make('json') };
}

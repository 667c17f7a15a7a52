/**
 * The front of a window: what the three default feeds are made of, in one small value.
 *
 * A cold isolate that is asked for the newest entries reads this alone: neither the index nor megabytes of fragments.
 * Layout: length of the header (4 bytes, big-endian), the header as JSON, then the fragments of each format in turn.
 */
import { type FeedFormat, feedFormats } from '../domain/view.ts';
import type { FrameTemplates } from '../feed/render/xml-frame-template.ts';
import { everything } from '../query/query.ts';
import type { RenderedEntry } from './rendered-entry.ts';
import { digestOf, type SelectedEntry, type Selection } from './selection.ts';
import type { ArchiveTotals } from './window.ts';

/** The default view, ready to be put into a frame. */
export interface WindowFront {
  readonly version: string;
  /** Without tags and sources: the default view does not name any. */
  readonly totals: ArchiveTotals;
  /** What is written around the entries; absent in a window of a former release. */
  readonly frames?: FrameTemplates;
  readonly selections: Readonly<Record<FeedFormat, Selection>>;
}

interface FrontHeader {
  readonly version: string;
  readonly totals: ArchiveTotals;
  readonly frames?: FrameTemplates;
  readonly more: boolean;
  readonly entries: readonly SelectedEntry[];
  /** Absent in a window of a former release. */
  readonly digest?: string;
  /** Per format, the length of each fragment. Bytes. */
  readonly lengths: Readonly<Record<FeedFormat, readonly number[]>>;
}

/** Bytes before the header. */
const prefixLength = 4;

/** Writes the front of the window that holds these entries, newest first. */
export function encodeFront(
  rendered: readonly RenderedEntry[],
  version: string,
  totals: ArchiveTotals,
  frames: FrameTemplates,
): Uint8Array {
  const shown = rendered.slice(0, everything.limit);
  const lengthsOf = (format: FeedFormat): number[] => shown.map((entry) => entry.fragments[format].length);
  const entries = shown.map(({ facts: { id, sortAt, modified, sequence, digest } }) => ({
    id,
    sortAt,
    modified,
    sequence,
    digest,
  }));
  const header: FrontHeader = {
    version,
    totals: { ...totals, tags: [], sources: [] },
    frames,
    more: totals.entries > shown.length,
    entries,
    digest: digestOf(entries),
    lengths: { rss: lengthsOf('rss'), atom: lengthsOf('atom'), json: lengthsOf('json') },
  };
  const head = new TextEncoder().encode(JSON.stringify(header));
  const parts = feedFormats.flatMap((format) => shown.map((entry) => entry.fragments[format]));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, prefixLength + head.length));
  new DataView(bytes.buffer).setUint32(0, head.length);
  bytes.set(head, prefixLength);
  let at = prefixLength + head.length;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Reads what `encodeFront` wrote for `version`; `undefined` for anything else. */
export function decodeFront(bytes: Uint8Array, version: string): WindowFront | undefined {
  if (bytes.length < prefixLength) return undefined;
  const start = prefixLength + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (start > bytes.length) return undefined;
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(prefixLength, start))) as FrontHeader;
  if (header.version !== version) return undefined;
  const { entries, digest, more, totals, frames, lengths } = header;
  let at = start;
  const selectionOf = (format: FeedFormat): Selection => ({
    entries,
    more,
    ...(digest === undefined ? {} : { digest }),
    fragments: lengths[format].map((length) => bytes.subarray(at, (at += length))),
  });
  const selections = { rss: selectionOf('rss'), atom: selectionOf('atom'), json: selectionOf('json') };
  if (at !== bytes.length) return undefined;
  return { version, totals, selections, ...(frames === undefined ? {} : { frames }) };
}

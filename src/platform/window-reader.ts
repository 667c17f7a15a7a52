/**
 * Reads the published window for one isolate: once from KV, kept in memory, and looked up again every few seconds.
 *
 * One request looks, the others use the known window: none waits for another request's read, which the runtime may drop
 * with that request. Segments stay in memory across versions, bounded by their bytes.
 */
import type { FeedFormat } from '../domain/view.ts';
import type { PublishedWindow } from '../pipeline/ports.ts';
import type { DefaultFeeds } from '../window/default-feeds.ts';
import { decodeCurrent, type ReadCurrent } from '../window/encode.ts';
import type { Piece } from '../window/gzip-join.ts';
import { pieceAt, piecePosition } from '../window/segment.ts';
import type { FragmentFormat, SegmentName, Window, WindowBase, WindowEntry } from '../window/window.ts';
import { logEvent } from './log.ts';
import {
  baseKey,
  feedsKey,
  readBase,
  readCurrentText,
  readDefaultFeeds,
  readSegment,
  segmentKey,
} from './published-window.ts';

/** A look that has not returned by then was dropped, or KV is down: the next request looks itself. Milliseconds. */
const patienceMs = 2000;

/**
 * How old the known window may be while another request looks: as stale as KV itself may be (30 seconds and the
 * transfer). An isolate that slept for an hour looks before it answers. Milliseconds.
 */
const usableMs = 60_000;

/** A window of 1,000 entries of 5 KB in all formats is 9 MB; the largest one is 15 MB. Bytes. */
const segmentBytes = 16 * 1024 * 1024;

/** What the reader needs from outside. */
export interface ReaderOptions {
  readonly kv: KVNamespace;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Between two looks at the small key, an isolate answers from memory alone. Milliseconds. */
  readonly lookEveryMs: number;
}

/** A reader that can be told to look again. */
export interface WindowReader extends PublishedWindow {
  /** Makes the next request look: the known window may show what its owner has just hidden. */
  readonly lookAgain: () => void;
}

/** Creates the reader. */
export function createWindowReader({ kv, now, lookEveryMs }: ReaderOptions): WindowReader {
  let named: ReadCurrent | undefined;
  /** The text of `named`: a look usually finds the same. */
  let namedText: string | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let lookingSince = Number.NEGATIVE_INFINITY;
  let looks = 0;
  let newestLook = 0;
  let index: Window | undefined;
  let base: WindowBase | undefined;
  let feeds: { readonly name: string; readonly value: DefaultFeeds } | undefined;
  /** Keys whose values were missing or damaged at this look: they are not read again before the next. */
  const absent = new Set<string>();
  const segments = createSegmentMemory();

  const isFresh = (): boolean => now() - lookedAt < lookEveryMs;
  const look = async (): Promise<void> => {
    const look = (looks += 1);
    const found = await readCurrentText(kv);
    // A later look may have returned first: its result stays.
    if (look < newestLook) return;
    newestLook = look;
    if (found !== namedText) named = found === undefined ? undefined : decodeCurrent(found);
    namedText = found;
    lookedAt = now();
    lookingSince = Number.NEGATIVE_INFINITY;
    absent.clear();
  };
  const current = async (): Promise<ReadCurrent | undefined> => {
    const isAwaited = now() - lookingSince < patienceMs && now() - lookedAt < usableMs;
    if (isFresh() || isAwaited) return named;
    lookingSince = now();
    // The former window is better than an error page.
    await look().catch(noteFault);
    return named;
  };
  /** Reads a value unless it was missing a moment ago. An unreadable value counts as missing. */
  const readOnce = async <T>(key: string, read: () => Promise<T | undefined>): Promise<T | undefined> => {
    if (absent.has(key)) return undefined;
    const value = await read().catch(noteFault);
    if (value === undefined) absent.add(key);
    return value;
  };
  const indexOf = async (): Promise<Window | undefined> => {
    const wanted = await current();
    if (wanted === undefined) return undefined;
    if (index?.version === wanted.version) return index;
    const name = wanted.base;
    const held = base?.name === name ? base : await readOnce(baseKey(name), () => readBase(kv, name));
    // The known window is used until a base arrives.
    if (held === undefined) return index;
    base = held;
    index = wanted.on(held);
    segments.keepOnly(index);
    return index;
  };
  const segmentOf = async (segment: SegmentName, format: FragmentFormat): Promise<Uint8Array | undefined> => {
    const key = segmentKey(segment, format);
    const known = segments.get(key);
    if (known !== undefined) return known;
    const read = await readOnce(key, () => readSegment(kv, segment, format));
    if (read !== undefined) segments.set(key, read);
    return read;
  };
  return {
    lookAgain: () => {
      // A look under way may find the former window.
      newestLook = looks += 1;
      lookedAt = Number.NEGATIVE_INFINITY;
    },
    freshVersion: () => (isFresh() ? named?.version : undefined),
    fresh: () => (isFresh() && named !== undefined && index?.version === named.version ? index : undefined),
    current,
    index: indexOf,
    absentKeys: () => [...absent],
    isAtHand: (window, format, entries) => {
      if (absent.size === 0) return true;
      return !entries.some(({ segment: at }) => {
        const segment = window.segments[at];
        return segment === undefined || absent.has(segmentKey(segment, format));
      });
    },
    defaultFeed: async (format: FeedFormat) => {
      const name = (await current())?.feeds;
      if (name === undefined) return undefined;
      if (feeds?.name !== name) {
        const value = await readOnce(feedsKey(name), () => readDefaultFeeds(kv, name));
        if (value === undefined) return undefined;
        feeds = { name, value };
      }
      return { name, site: feeds.value.site, feed: feeds.value.feeds[format] };
    },
    fragments: async (window: Window, format: FragmentFormat, entries: readonly WindowEntry[]) => {
      const needed = new Set(entries.map((entry) => entry.segment));
      const read = await Promise.all(
        [...needed].map(async (at) => {
          const segment = window.segments[at];
          const pieces = segment === undefined ? undefined : await segmentOf(segment, format);
          return [at, segment, pieces] as const;
        }),
      );
      const bySegment = new Map(read.map(([at, segment, pieces]) => [at, { segment, pieces }]));
      const fragments: Piece[] = [];
      for (const { segment: at, position } of entries) {
        const { segment, pieces } = bySegment.get(at) ?? {};
        if (segment === undefined || pieces === undefined) return undefined;
        const piece = pieceAt(pieces, piecePosition(pieces, segment, format, position));
        if (piece === undefined) return undefined;
        fragments.push(piece);
      }
      return fragments;
    },
  };
}

interface SegmentMemory {
  readonly get: (key: string) => Uint8Array | undefined;
  readonly set: (key: string, pieces: Uint8Array) => void;
  /** Drops the segments that this window does not name. */
  readonly keepOnly: (window: Window) => void;
}

/** The segments that an isolate holds, by key; the least recently used one is dropped first. */
function createSegmentMemory(): SegmentMemory {
  const held = new Map<string, Uint8Array>();
  let bytes = 0;
  const forget = (key: string): void => {
    bytes -= held.get(key)?.buffer.byteLength ?? 0;
    held.delete(key);
  };
  return {
    get: (key) => {
      const known = held.get(key);
      if (known !== undefined) {
        held.delete(key);
        held.set(key, known);
      }
      return known;
    },
    set: (key, pieces) => {
      forget(key);
      held.set(key, pieces);
      bytes += pieces.buffer.byteLength;
      for (const oldest of held.keys()) {
        if (bytes <= segmentBytes) break;
        forget(oldest);
      }
    },
    keepOnly: ({ segments }) => {
      const names = new Set(segments.map(({ name }) => name));
      for (const key of held.keys()) if (!names.has(key.split('/')[2] ?? '')) forget(key);
    },
  };
}

function noteFault(error: unknown): undefined {
  logEvent({ event: 'window-not-read', error: String(error) });
}

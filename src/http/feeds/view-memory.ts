/**
 * Remembers views in an isolate: finished feeds, pages and archive documents, ready to be sent again.
 *
 * A view is stored under its canonical address, and other spellings point to that. The memory is bounded by the bytes it
 * holds; the oldest view is dropped first. It refers to no window and no segment.
 */
import { fingerprint } from '../../domain/fingerprint.ts';
import type { ReadyDocument } from '../send-document.ts';

/** A finished view, at least its head: a 304 needs no bytes. */
export interface KeptView extends Omit<ReadyDocument, 'gzip'> {
  /** Its canonical address; for a view behind a key, a name that no request can have. */
  readonly name: string;
  readonly gzip?: Uint8Array<ArrayBuffer>;
  /** Version of its window: under another version it must be compared again. Absent: it depends on none. */
  readonly version?: string;
  /** When it must be made anew although the window is the same. Epoch milliseconds. */
  readonly expiresAt: number;
}

/** The memory. */
export interface ViewMemory {
  readonly find: (address: string) => KeptView | undefined;
  /** Stores a view under its name. */
  readonly keep: (view: KeptView) => void;
  /** Lets another address find the view of that name. */
  readonly point: (address: string, name: string) => void;
  /** Drops views of all versions but these: a view that was not asked for during two versions is not needed. */
  readonly keepVersions: (versions: readonly string[]) => void;
  /** Bytes that are held. */
  readonly size: () => number;
}

/** Most bytes of views, beside 16 MB of segments in an isolate of 128 MB. */
const limitBytes = 12 * 1024 * 1024;

/** Bytes that a head costs: its headers, and its addresses. */
const headBytes = 4096;

/** Most other spellings of addresses: strangers choose them, and they must not push out views. */
const limitPointers = 2000;

/** Longer addresses are not remembered. */
const limitAddress = 2000;

/** Creates an empty memory. */
export function createViewMemory(limit: number = limitBytes): ViewMemory {
  const views = new Map<string, KeptView>();
  const pointers = new Map<string, string>();
  let bytes = 0;
  const forget = (name: string): void => {
    bytes -= sizeOf(views.get(name));
    views.delete(name);
  };
  return {
    find: (address) => views.get(address) ?? views.get(pointers.get(address) ?? ''),
    keep: (view) => {
      const { name } = view;
      forget(name);
      const size = sizeOf(view);
      if (size > limit / 4 || name.length > limitAddress) return;
      views.set(name, view);
      bytes += size;
      for (const oldest of views.keys()) {
        if (bytes <= limit) break;
        forget(oldest);
      }
    },
    point: (address, name) => {
      if (address === name || address.length > limitAddress) return;
      if (pointers.size >= limitPointers) pointers.clear();
      pointers.set(address, name);
    },
    keepVersions: (versions) => {
      for (const [name, { version }] of views) {
        if (version !== undefined && !versions.includes(version)) forget(name);
      }
    },
    size: () => bytes,
  };
}

function sizeOf(view: KeptView | undefined): number {
  if (view === undefined) return 0;
  return (view.gzip?.byteLength ?? 0) + (view.plain?.byteLength ?? 0) + headBytes;
}

/** Names of which only is remembered that they were asked for; a name may be as long as an address. */
const limitNames = 4000;

/** Creates the test whether a name was asked for before: most views are asked for only once. */
export function createAskedBefore(): (name: string) => boolean {
  const names = new Set<string>();
  return (name) => {
    const short = fingerprint(name);
    if (names.has(short)) return true;
    if (names.size >= limitNames) names.clear();
    names.add(short);
    return false;
  };
}

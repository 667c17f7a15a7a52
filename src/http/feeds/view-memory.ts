/**
 * The isolate's one memory of views: feeds, pages and archive documents that were made, ready to be sent again.
 *
 * A view is remembered under its canonical address, and other spellings point to that. Bounded by the bytes it holds; the view
 * that was made longest ago goes first. Nothing here refers to a window or a segment.
 */
import { fingerprint } from '../../domain/fingerprint.ts';
import type { ReadyDocument } from '../send-document.ts';

/** A view that was made, at least its head: a 304 needs no bytes. */
export interface KeptView extends Omit<ReadyDocument, 'gzip'> {
  /** Its canonical address, or a name that no request can have where it is behind a key. */
  readonly name: string;
  readonly gzip?: Uint8Array<ArrayBuffer>;
  /** Version of the window it was made from: with another one it must be compared again. Absent: it depends on none. */
  readonly version?: string;
  /** Epoch milliseconds after which it must be made anew although the window is the same. */
  readonly expiresAt: number;
}

/** The memory. */
export interface ViewMemory {
  readonly find: (address: string) => KeptView | undefined;
  /** Keeps a view under its name. */
  readonly keep: (view: KeptView) => void;
  /** Lets another address find the view of that name. */
  readonly point: (address: string, name: string) => void;
  /** Forgets views of all versions but these: one that was not asked for while two versions passed is nobody's. */
  readonly keepVersions: (versions: readonly string[]) => void;
  /** Bytes that are held. */
  readonly size: () => number;
}

/** Beside 16 MB of segments in an isolate of 128 MB. Bytes. */
const limitBytes = 12 * 1024 * 1024;

/** What a head costs: its headers, and the strings of its addresses. Bytes. */
const headBytes = 4096;

/** Other spellings of addresses: outside data, which must not crowd out views. */
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

/** Names of which only the fact is kept that they were asked for; a name may be as long as an address. */
const limitNames = 4000;

/** Creates the question whether a name was asked for before: most views that anybody can think of are asked for once. */
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

/**
 * Documents an isolate has assembled, ready to be sent again: bounded by bytes, oldest use first out.
 */
import { fingerprint } from '../../domain/fingerprint.ts';
import type { AssembledDocument } from '../../window/assemble.ts';
import type { Selection } from '../../window/selection.ts';

/** A document with what is needed to answer any request for it. */
export interface RememberedView extends AssembledDocument {
  /** Version of the window it was made from; another version makes it unusable. */
  readonly version: string;
  /** Epoch milliseconds after which it must be made anew although the window is the same. */
  readonly expiresAt: number;
  readonly selection: Selection;
  /** Headers of a 200, entity tag and all. */
  readonly headers: Readonly<Record<string, string>>;
  /** Makes the document of fewer entries of the same view: what a delta sends. */
  readonly assembleOnly: (selection: Selection) => Promise<Uint8Array<ArrayBuffer>>;
}

/** Remembers views (feeds, pages) under the exact request URL and their canonical address. */
export interface ViewMemory<View> {
  readonly get: (key: string) => View | undefined;
  readonly set: (key: string, view: View) => void;
}

/** An isolate has 128 MB, and the window's fragments take up to 32 of them. Bytes. */
const feedBytes = 32 * 1024 * 1024;

/** Keys are outside data: a crowd of spellings must not crowd out memory. */
const limitKeys = 4000;

/** Creates an empty memory that holds at most `limitBytes` of bodies. */
export function createViewMemory<View extends Pick<AssembledDocument, 'body'> = RememberedView>(
  limitBytes: number = feedBytes,
): ViewMemory<View> {
  const views = new Map<string, View>();
  let bytes = 0;
  const forget = (key: string): void => {
    bytes -= views.get(key)?.body.length ?? 0;
    views.delete(key);
  };
  return {
    get: (key) => views.get(key),
    set: (key, view) => {
      forget(key);
      if (view.body.length > limitBytes / 4) return;
      views.set(key, view);
      bytes += view.body.length;
      for (const oldest of views.keys()) {
        if (bytes <= limitBytes && views.size <= limitKeys) break;
        forget(oldest);
      }
    },
  };
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

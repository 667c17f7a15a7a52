/**
 * The published window as one isolate sees it: read from KV once, remembered, and looked at again every second.
 *
 * One request looks, the others go on with what is known: none waits for another's read, which the runtime may drop with
 * the request that began it. KV may show the tiny key before the parts it names: then the newest version that is whole is used.
 */
import type { FeedFormat } from '../domain/view.ts';
import type { PublishedView, PublishedWindow } from '../pipeline/ports.ts';
import type { WindowFront } from '../window/front.ts';
import type { FragmentFormat, Window } from '../window/window.ts';
import { logEvent } from './log.ts';
import { type CurrentVersion, readCurrentVersion, readFragments, readFront, readIndex } from './published-window.ts';

/** Between two looks at the tiny key, an isolate answers from memory alone. Milliseconds. */
const freshForMs = 1000;

/** A look that has not come back by then was dropped, or KV is down: the next request looks itself. Milliseconds. */
const patienceMs = 2000;

/**
 * What is known may be so old while another request looks: as stale as KV itself may be (30 seconds and the way). An
 * isolate that slept for an hour asks before it answers. Milliseconds.
 */
const usableMs = 60_000;

/** Versions whose parts are remembered: the newest, and the one that stands in for it while its parts arrive. */
const rememberedVersions = 2;

/** Creates the reader; `now` is epoch milliseconds. */
export function createWindowReader(kv: KVNamespace, now: () => number): PublishedWindow {
  let named: CurrentVersion | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let lookingSince = Number.NEGATIVE_INFINITY;
  let looks = 0;
  let newestLook = 0;
  const indexes = new Map<string, Window>();
  const fronts = new Map<string, WindowFront>();
  const fragments = new Map<string, Uint8Array>();

  const isFresh = (): boolean => now() - lookedAt < freshForMs;
  const look = async (): Promise<void> => {
    const look = (looks += 1);
    const found = await readCurrentVersion(kv);
    // A later look may have come back first: what it found stands.
    if (look < newestLook) return;
    newestLook = look;
    named = found;
    lookedAt = now();
    lookingSince = Number.NEGATIVE_INFINITY;
    const kept = versionsOf(named).slice(0, rememberedVersions);
    for (const memory of [indexes, fronts, fragments]) {
      for (const key of memory.keys()) if (!kept.some((version) => key.startsWith(version))) memory.delete(key);
    }
  };
  const current = async (): Promise<CurrentVersion | undefined> => {
    const isAwaited = now() - lookingSince < patienceMs && now() - lookedAt < usableMs;
    if (isFresh() || isAwaited) return named;
    lookingSince = now();
    try {
      await look();
    } catch (error) {
      // What was published before is better than an error page.
      if (named === undefined) throw error;
      noteFault(error);
    }
    return named;
  };
  const indexOf = (version: string): Promise<Window | undefined> =>
    remember(indexes, version, () => readIndex(kv, version));
  const firstWhole = async <T>(part: (window: Window) => Promise<T | undefined>): Promise<T | undefined> => {
    for (const version of versionsOf(await current())) {
      const window = await indexOf(version);
      const whole = window === undefined ? undefined : await part(window);
      if (whole !== undefined) return whole;
    }
    return undefined;
  };
  return {
    freshVersion: () => (isFresh() ? named?.version : undefined),
    fresh: () => (isFresh() && named !== undefined ? indexes.get(named.version) : undefined),
    current,
    front: async (format: FeedFormat) => {
      const version = (await current())?.version;
      if (version === undefined) return undefined;
      return await remember(fronts, `${version}/${format}`, () => readFront(kv, version, format));
    },
    index: () => firstWhole(async (window) => window),
    view: (format: FragmentFormat) =>
      firstWhole(async (window): Promise<PublishedView | undefined> => {
        const read = (): Promise<Uint8Array | undefined> => readFragments(kv, window, format);
        const bytes = await remember(fragments, `${window.version}/${format}`, read);
        return bytes === undefined ? undefined : { window, fragments: bytes };
      }),
  };
}

function versionsOf(named: CurrentVersion | undefined): readonly string[] {
  return named === undefined ? [] : [named.version, ...named.older.map((old) => old.version)];
}

/** What memory holds, else what is read, which memory then holds if it was there. What cannot be read is not there. */
async function remember<T>(
  memory: Map<string, T>,
  key: string,
  read: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const known = memory.get(key) ?? (await read().catch(noteFault));
  if (known !== undefined) memory.set(key, known);
  return known;
}

function noteFault(error: unknown): undefined {
  logEvent({ event: 'window-not-read', error: String(error) });
}

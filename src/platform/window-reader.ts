/**
 * The published window as one isolate sees it: read from KV once, remembered, and looked at again every second.
 *
 * KV may show the tiny key before the parts it names: then the newest version that is whole is used.
 */
import type { PublishedView, PublishedWindow } from '../pipeline/ports.ts';
import type { FragmentFormat, Window } from '../window/window.ts';
import { readCurrentVersion, readFragments, readIndex } from './published-window.ts';

/** Between two looks at the tiny key, an isolate answers from memory alone. Milliseconds. */
const freshForMs = 1000;

/** Creates the reader; `now` is epoch milliseconds. */
export function createWindowReader(kv: KVNamespace, now: () => number): PublishedWindow {
  let versions: readonly string[] = [];
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;
  const indexes = new Map<string, Window>();
  const fragments = new Map<string, Uint8Array>();

  const look = async (): Promise<void> => {
    const current = await readCurrentVersion(kv);
    versions = current === undefined ? [] : [current.version, ...current.older.map((old) => old.version)];
    lookedAt = now();
    for (const version of indexes.keys()) if (!versions.slice(0, 2).includes(version)) indexes.delete(version);
    for (const key of fragments.keys()) {
      if (!versions.slice(0, 2).some((version) => key.startsWith(`${version}/`))) fragments.delete(key);
    }
  };
  const knownVersions = async (): Promise<readonly string[]> => {
    if (now() - lookedAt >= freshForMs) {
      looking ??= look().finally(() => {
        looking = undefined;
      });
      await looking;
    }
    return versions;
  };
  const indexOf = async (version: string): Promise<Window | undefined> => {
    const known = indexes.get(version) ?? (await readIndex(kv, version));
    if (known !== undefined) indexes.set(version, known);
    return known;
  };
  const fragmentsOf = async (window: Window, format: FragmentFormat): Promise<Uint8Array | undefined> => {
    const key = `${window.version}/${format}`;
    const known = fragments.get(key) ?? (await readFragments(kv, window, format));
    if (known !== undefined) fragments.set(key, known);
    return known;
  };
  const firstWhole = async <T>(part: (window: Window) => Promise<T | undefined>): Promise<T | undefined> => {
    for (const version of await knownVersions()) {
      const window = await indexOf(version);
      const whole = window === undefined ? undefined : await part(window);
      if (whole !== undefined) return whole;
    }
    return undefined;
  };
  return {
    fresh: () => (now() - lookedAt < freshForMs ? indexes.get(versions[0] ?? '') : undefined),
    index: () => firstWhole(async (window) => window),
    view: (format) =>
      firstWhole(async (window): Promise<PublishedView | undefined> => {
        const bytes = await fragmentsOf(window, format);
        return bytes === undefined ? undefined : { window, fragments: bytes };
      }),
  };
}

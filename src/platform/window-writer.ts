/**
 * Publishes a window into KV: a version's parts first, then the tiny key that names it.
 */
import type { Instant } from '../domain/instant.ts';
import { writesPerPublish } from '../pipeline/publish-pace.ts';
import type { BuiltWindow } from '../window/build.ts';
import { fragmentFormats } from '../window/window.ts';
import { logEvent } from './log.ts';
import {
  type CurrentVersion,
  currentKey,
  fragmentsKey,
  frontKey,
  indexKey,
  type PublishedVersion,
  readCurrentVersion,
} from './published-window.ts';

/** Parts of a replaced version are kept this long: a reader may hold a tiny key a minute old. Milliseconds. */
const keepReplacedMs = 10 * 60_000;

/**
 * Writes a version whole, names it, then deletes the parts of versions nobody can be reading any more.
 *
 * @returns whether anything was written: the current version again costs one read
 */
export async function writeWindow(kv: KVNamespace, built: BuiltWindow, now: Instant): Promise<boolean> {
  const { version } = built.window;
  const current = await readCurrentVersion(kv);
  if (current?.version === version) return false;
  await Promise.all([
    kv.put(indexKey(version), built.index),
    kv.put(frontKey(version), built.front),
    ...fragmentFormats.map((format) => kv.put(fragmentsKey(version, format), built.blobs[format])),
  ]);
  const replaced = current === undefined ? [] : [current, ...current.older].filter((old) => old.version !== version);
  const isKept = (old: PublishedVersion, position: number): boolean =>
    position === 0 || now - old.publishedAt < keepReplacedMs;
  const older = replaced.filter(isKept).map(({ version, publishedAt }) => ({ version, publishedAt }));
  const named: CurrentVersion = { version, publishedAt: now, seedDigest: built.window.seedDigest, older };
  await kv.put(currentKey, JSON.stringify(named));
  const expired = replaced.filter((old, position) => !isKept(old, position));
  await Promise.all(expired.map((old) => deleteVersion(kv, old.version)));
  logEvent({ event: 'publish', version, entries: built.window.entries.length, writes: writesPerPublish });
  return true;
}

async function deleteVersion(kv: KVNamespace, version: string): Promise<void> {
  await Promise.all([
    kv.delete(indexKey(version)),
    kv.delete(frontKey(version)),
    ...fragmentFormats.map((format) => kv.delete(fragmentsKey(version, format))),
  ]);
}

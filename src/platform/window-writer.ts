/**
 * Publishes a window into KV: a version's parts first, then the tiny key that names it.
 */
import type { Instant } from '../domain/instant.ts';
import { feedFormats } from '../domain/view.ts';
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
  partsPrefix,
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
    ...feedFormats.map((format) => kv.put(frontKey(version, format), built.fronts[format])),
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

/**
 * Asks which parts there are: a former release may have published others, which would stay for ever. A list lags by a minute;
 * these parts are older.
 */
async function deleteVersion(kv: KVNamespace, version: string): Promise<void> {
  const { keys } = await kv.list({ prefix: partsPrefix(version) });
  await Promise.all(keys.map(({ name }) => kv.delete(name)));
}

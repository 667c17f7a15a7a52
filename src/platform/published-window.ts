/**
 * The published window in KV: written by the Archive's alarm alone, read by every isolate at the edge.
 *
 * Each version's parts have keys of their own and never change; one tiny key names the current version and the one
 * before it. KV is eventually consistent, so a reader that finds a version incomplete uses the one before: it never
 * mixes parts of two. Keys: docs/storage.md.
 */
import type { Instant } from '../domain/instant.ts';
import { writesPerPublish } from '../pipeline/publish-pace.ts';
import type { BuiltWindow } from '../window/build.ts';
import { decodeWindow } from '../window/encode.ts';
import { decodeFront, type WindowFront } from '../window/front.ts';
import { type FragmentFormat, fragmentFormats, type Window } from '../window/window.ts';
import { logEvent } from './log.ts';

/** A version of the window and when it was named, epoch milliseconds. */
export interface PublishedVersion {
  readonly version: string;
  readonly publishedAt: Instant;
}

/** The tiny key's value. */
export interface CurrentVersion extends PublishedVersion {
  /** Digest of the seed bundle the archive had loaded. */
  readonly seedDigest: string;
  /** Versions before it whose parts are still there, newest first. */
  readonly older: readonly PublishedVersion[];
}

const currentKey = 'window/current';

/** KV may serve the tiny key this stale, the least it allows. Seconds. */
const currentCacheSeconds = 30;

/** Parts never change; the bound is for the rare part that was looked for before it arrived. Seconds. */
const partCacheSeconds = 300;

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

/** Which version is current, as far as this place of the world knows. */
export async function readCurrentVersion(kv: KVNamespace): Promise<CurrentVersion | undefined> {
  const value = await kv.get(currentKey, { type: 'json', cacheTtl: currentCacheSeconds });
  return isCurrentVersion(value) ? value : undefined;
}

/** The index of a version, when it has arrived here. */
export async function readIndex(kv: KVNamespace, version: string): Promise<Window | undefined> {
  const text = await kv.get(indexKey(version), { type: 'text', cacheTtl: partCacheSeconds });
  const window = text === null ? undefined : decodeWindow(text);
  return window?.version === version ? window : undefined;
}

/** What the default feeds of a version are made of, when it has arrived here whole. */
export async function readFront(kv: KVNamespace, version: string): Promise<WindowFront | undefined> {
  const bytes = await kv.get(frontKey(version), { type: 'arrayBuffer', cacheTtl: partCacheSeconds });
  return bytes === null ? undefined : decodeFront(new Uint8Array(bytes), version);
}

/** The fragments of a version in one format, when they have arrived here whole. */
export async function readFragments(
  kv: KVNamespace,
  window: Window,
  format: FragmentFormat,
): Promise<Uint8Array | undefined> {
  const bytes = await kv.get(fragmentsKey(window.version, format), { type: 'arrayBuffer', cacheTtl: partCacheSeconds });
  const length = window.ends[format].at(-1) ?? 0;
  return bytes !== null && bytes.byteLength === length ? new Uint8Array(bytes) : undefined;
}

async function deleteVersion(kv: KVNamespace, version: string): Promise<void> {
  await Promise.all([
    kv.delete(indexKey(version)),
    kv.delete(frontKey(version)),
    ...fragmentFormats.map((format) => kv.delete(fragmentsKey(version, format))),
  ]);
}

function indexKey(version: string): string {
  return `window/${version}/index`;
}

function frontKey(version: string): string {
  return `window/${version}/front`;
}

function fragmentsKey(version: string, format: FragmentFormat): string {
  return `window/${version}/${format}`;
}

function isCurrentVersion(value: unknown): value is CurrentVersion {
  return typeof value === 'object' && value !== null && 'version' in value && typeof value.version === 'string';
}

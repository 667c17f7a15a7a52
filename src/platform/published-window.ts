/**
 * The published window in KV: written by the Archive's alarm alone (window-writer), read by every isolate.
 *
 * Each version's parts have keys of their own and never change; one tiny key names the current version and the one
 * before it. KV is eventually consistent, so a reader that finds a version incomplete uses the one before: it never
 * mixes parts of two. Keys: docs/storage.md.
 */
import type { Instant } from '../domain/instant.ts';
import type { FeedFormat } from '../domain/view.ts';
import { decodeWindow } from '../window/encode.ts';
import { decodeFront, type WindowFront } from '../window/front.ts';
import type { FragmentFormat, Window } from '../window/window.ts';

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

/** The tiny key. */
export const currentKey = 'window/current';

/** KV may serve the tiny key this stale, the least it allows. Seconds. */
const currentCacheSeconds = 30;

/** Parts never change; the bound is for the rare part that was looked for before it arrived. Seconds. */
const partCacheSeconds = 300;

/** Which version is current, as far as this place of the world knows. */
export async function readCurrentVersion(kv: KVNamespace): Promise<CurrentVersion | undefined> {
  const value = await kv.get(currentKey, { type: 'json', cacheTtl: currentCacheSeconds });
  return isCurrentVersion(value) ? value : undefined;
}

/** The index of a version, when it has arrived here. */
export async function readIndex(kv: KVNamespace, version: string): Promise<Window | undefined> {
  const text = await kv.get(indexKey(version), { type: 'text', cacheTtl: partCacheSeconds });
  if (text === null) return undefined;
  const window = decodeWindow(text);
  return window?.version === version ? window : undefined;
}

/** What the default feed of a version is made of in one format, when it has arrived here whole. */
export async function readFront(
  kv: KVNamespace,
  version: string,
  format: FeedFormat,
): Promise<WindowFront | undefined> {
  const bytes = await kv.get(frontKey(version, format), { type: 'arrayBuffer', cacheTtl: partCacheSeconds });
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

/** What the keys of a version's parts begin with, those of former releases too. */
export function partsPrefix(version: string): string {
  return `window/${version}/`;
}

/** Key of a part. */
export function indexKey(version: string): string {
  return `${partsPrefix(version)}index`;
}

/** Key of a part. */
export function frontKey(version: string, format: FeedFormat): string {
  return `${partsPrefix(version)}front/${format}`;
}

/** Key of a part. */
export function fragmentsKey(version: string, format: FragmentFormat): string {
  return `${partsPrefix(version)}${format}`;
}

function isCurrentVersion(value: unknown): value is CurrentVersion {
  return typeof value === 'object' && value !== null && 'version' in value && typeof value.version === 'string';
}

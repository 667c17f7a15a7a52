/**
 * Keys and values of the published window in KV: written by the Archive's alarm alone, read by every isolate.
 *
 * Values are named by their content and never change, but for one small key that names the current ones. KV is eventually
 * consistent: a reader that does not find a value asks the Archive instead. A value that is cut or garbage counts as absent.
 * Keys: docs/storage.md.
 */
import type { Instant } from '../domain/instant.ts';
import { type DefaultFeeds, decodeDefaultFeeds } from '../window/default-feeds.ts';
import { decodeBase, decodeWindow, type ReadIndex } from '../window/encode.ts';
import { decodeSegment } from '../window/segment.ts';
import type { FragmentFormat, SegmentName, WindowBase } from '../window/window.ts';

/** What the small key says. */
export interface CurrentVersion {
  /** Names the index. */
  readonly version: string;
  /** Names the default feeds; absent where the site does not know its address. */
  readonly feeds?: string;
  /** The index before it, which stands in while this one arrives. */
  readonly previous?: string;
  readonly publishedAt: Instant;
  /** Digest of the seeds that the archive had loaded or was loading. */
  readonly seedDigest: string;
}

/** Layout of the keys. Former releases had none in the small key. */
const layout = 2;

/** What all keys begin with, those of former releases too. */
export const keyPrefix = 'window/';

/** The small key. */
export const currentKey = `${keyPrefix}current`;

/** KV may serve the small key this stale, the least it allows. Seconds. */
const currentCacheSeconds = 30;

/** Other values never change; the bound is for a value that was looked for before it arrived. Seconds. */
const valueCacheSeconds = 300;

/** Key of an index. */
export function indexKey(version: string): string {
  return `${keyPrefix}index/${version}`;
}

/** Key of the base that indexes are told apart from. */
export function baseKey(name: string): string {
  return `${keyPrefix}base/${name}`;
}

/** Key of the default feeds. */
export function feedsKey(name: string): string {
  return `${keyPrefix}feeds/${name}`;
}

/** Key of a segment's pieces in one format. */
export function segmentKey({ name, isOpen }: SegmentName, format: FragmentFormat): string {
  return isOpen ? `${keyPrefix}open/${name}` : `${keyPrefix}segment/${name}/${format}`;
}

/** Value of the small key. `older` is for isolates of a former release: without it they fail. */
export function encodeCurrent(current: CurrentVersion): string {
  return JSON.stringify({ layout, ...current, older: [] });
}

/** Which version is current, as far as this place of the world knows. */
export async function readCurrentVersion(kv: KVNamespace): Promise<CurrentVersion | undefined> {
  const text = await kv.get(currentKey, { type: 'text', cacheTtl: currentCacheSeconds });
  return text === null ? undefined : decodeCurrent(text);
}

/** Whether the value of one of our keys is there and can be read. */
export async function isValueWhole(kv: KVNamespace, key: string): Promise<boolean> {
  if (key === currentKey) return (await readCurrentVersion(kv)) !== undefined;
  const [kind, name = '', format = 'rss'] = key.slice(keyPrefix.length).split('/');
  if (kind === 'index') return (await readIndex(kv, name)) !== undefined;
  if (kind === 'base') return (await readBase(kv, name)) !== undefined;
  if (kind === 'feeds') return (await readDefaultFeeds(kv, name)) !== undefined;
  const segment = { name, isOpen: kind === 'open' };
  return (await readSegment(kv, segment, format as FragmentFormat)) !== undefined;
}

function decodeCurrent(text: string): CurrentVersion | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isCurrent =
      typeof value === 'object' &&
      value !== null &&
      'layout' in value &&
      value.layout === layout &&
      'version' in value &&
      typeof value.version === 'string';
    return isCurrent ? (value as unknown as CurrentVersion) : undefined;
  } catch {
    return undefined;
  }
}

/** An index, when it is here. */
export async function readIndex(kv: KVNamespace, version: string): Promise<ReadIndex | undefined> {
  const text = await kv.get(indexKey(version), { type: 'text', cacheTtl: valueCacheSeconds });
  const index = text === null ? undefined : decodeWindow(text);
  return index?.version === version ? index : undefined;
}

/** A base, when it is here. */
export async function readBase(kv: KVNamespace, name: string): Promise<WindowBase | undefined> {
  const text = await kv.get(baseKey(name), { type: 'text', cacheTtl: valueCacheSeconds });
  return text === null ? undefined : decodeBase(text, name);
}

/** The default feeds of this name, when they are here. */
export async function readDefaultFeeds(kv: KVNamespace, name: string): Promise<DefaultFeeds | undefined> {
  const bytes = await kv.get(feedsKey(name), { type: 'arrayBuffer', cacheTtl: valueCacheSeconds });
  return bytes === null ? undefined : decodeDefaultFeeds(name, new Uint8Array(bytes));
}

/** The pieces of a segment, when they are here. */
export async function readSegment(
  kv: KVNamespace,
  segment: SegmentName,
  format: FragmentFormat,
): Promise<Uint8Array | undefined> {
  const bytes = await kv.get(segmentKey(segment, format), { type: 'arrayBuffer', cacheTtl: valueCacheSeconds });
  return bytes === null ? undefined : decodeSegment(new Uint8Array(bytes), segment.name);
}

/**
 * Reads the published window in KV: its keys, and its values, which the Archive's alarm alone writes.
 *
 * Values are named by their content and never change, but for the small key, which has the index of the newest window. KV is
 * eventually consistent: a reader that does not find a value asks the Archive instead. A value that is cut or garbage counts as absent.
 * Keys: docs/storage.md.
 */
import { type DefaultFeeds, decodeDefaultFeeds } from '../window/default-feeds.ts';
import { decodeBase, decodeCurrent, type ReadCurrent } from '../window/encode.ts';
import { decodeSegment } from '../window/segment.ts';
import type { FragmentFormat, SegmentName, WindowBase } from '../window/window.ts';

/** What all keys begin with, those of former releases too. */
export const keyPrefix = 'window/';

/** The small key: the index of the newest window. It is written last. */
export const currentKey = `${keyPrefix}current`;

/** KV may serve the small key this stale, the least it allows. Seconds. */
const currentCacheSeconds = 30;

/** Other values never change; the bound is for a value that was looked for before it arrived. Seconds. */
const valueCacheSeconds = 300;

/** Key of the base that indexes tell their lists by. */
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

/** The value of the small key, as far as this place of the world knows. */
export async function readCurrentText(kv: KVNamespace): Promise<string | undefined> {
  return (await kv.get(currentKey, { type: 'text', cacheTtl: currentCacheSeconds })) ?? undefined;
}

/** Which window is current, when one is. */
export async function readCurrent(kv: KVNamespace): Promise<ReadCurrent | undefined> {
  const text = await readCurrentText(kv);
  return text === undefined ? undefined : decodeCurrent(text);
}

/** Whether the value of one of our keys is there and can be read. */
export async function isValueWhole(kv: KVNamespace, key: string): Promise<boolean> {
  if (key === currentKey) return (await readCurrent(kv)) !== undefined;
  const [kind, name = '', format = 'rss'] = key.slice(keyPrefix.length).split('/');
  if (kind === 'base') return (await readBase(kv, name)) !== undefined;
  if (kind === 'feeds') return (await readDefaultFeeds(kv, name)) !== undefined;
  const segment = { name, isOpen: kind === 'open' };
  return (await readSegment(kv, segment, format as FragmentFormat)) !== undefined;
}

/** A base, when it is here. */
export async function readBase(kv: KVNamespace, name: string): Promise<WindowBase | undefined> {
  const text = await kv.get(baseKey(name), { type: 'text', cacheTtl: valueCacheSeconds });
  const base = text === null ? undefined : decodeBase(text);
  return base?.name === name ? base : undefined;
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

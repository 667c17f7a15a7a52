/**
 * Reads the published window in KV: its keys and its values. Only the Archive's alarm writes them.
 *
 * Values are named by their content and never change, except for the small key, which has the index of the newest window.
 * KV is eventually consistent: a reader that does not find a value asks the Archive instead. A damaged value counts as
 * absent. Keys: docs/storage.md.
 */
import { type DefaultFeeds, decodeDefaultFeeds } from '../window/default-feeds.ts';
import { decodeBase, decodeCurrent, type ReadCurrent } from '../window/encode.ts';
import { decodeSegment } from '../window/segment.ts';
import type { FragmentFormat, SegmentName, WindowBase } from '../window/window.ts';

/** The prefix of all keys, also in former releases. */
export const keyPrefix = 'window/';

/** The small key: the index of the newest window. It is written last. */
export const currentKey = `${keyPrefix}current`;

/** KV may serve the small key this stale: the minimum that it allows. Seconds. */
const currentCacheSeconds = 30;

/** Other values never change; the bound is for a value that was read before it arrived. Seconds. */
const valueCacheSeconds = 300;

/** Key of the base of indexes. */
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

/** The value of the small key, as far as this location has it. */
export async function readCurrentText(kv: KVNamespace): Promise<string | undefined> {
  return (await kv.get(currentKey, { type: 'text', cacheTtl: currentCacheSeconds })) ?? undefined;
}

/** The current window, if there is one. */
export async function readCurrent(kv: KVNamespace): Promise<ReadCurrent | undefined> {
  const text = await readCurrentText(kv);
  return text === undefined ? undefined : decodeCurrent(text);
}

/** Whether the value of one of our keys exists and is readable. */
export async function isValueWhole(kv: KVNamespace, key: string): Promise<boolean> {
  if (key === currentKey) return (await readCurrent(kv)) !== undefined;
  const [kind, name = '', format = 'rss'] = key.slice(keyPrefix.length).split('/');
  if (kind === 'base') return (await readBase(kv, name)) !== undefined;
  if (kind === 'feeds') return (await readDefaultFeeds(kv, name)) !== undefined;
  const segment = { name, isOpen: kind === 'open' };
  return (await readSegment(kv, segment, format as FragmentFormat)) !== undefined;
}

/** A base, if it has arrived. */
export async function readBase(kv: KVNamespace, name: string): Promise<WindowBase | undefined> {
  const text = await kv.get(baseKey(name), { type: 'text', cacheTtl: valueCacheSeconds });
  const base = text === null ? undefined : decodeBase(text);
  return base?.name === name ? base : undefined;
}

/** The default feeds of this name, if they have arrived. */
export async function readDefaultFeeds(kv: KVNamespace, name: string): Promise<DefaultFeeds | undefined> {
  const bytes = await kv.get(feedsKey(name), { type: 'arrayBuffer', cacheTtl: valueCacheSeconds });
  return bytes === null ? undefined : decodeDefaultFeeds(name, new Uint8Array(bytes));
}

/** The pieces of a segment, if they have arrived. */
export async function readSegment(
  kv: KVNamespace,
  segment: SegmentName,
  format: FragmentFormat,
): Promise<Uint8Array | undefined> {
  const bytes = await kv.get(segmentKey(segment, format), { type: 'arrayBuffer', cacheTtl: valueCacheSeconds });
  return bytes === null ? undefined : decodeSegment(new Uint8Array(bytes), segment.name);
}

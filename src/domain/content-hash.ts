/**
 * Hashes what a publisher said in one entry, so that the same words are recognised before any work is done.
 *
 * The hash is made of the entry as read, before sanitizing. Tags are ours and are not part of it. Ids are not part of it
 * either: some publishers give their old entries new guids, and these entries must be recognised. The hash begins with the
 * version of the reader, because a better reader finds other text in the same words, and that is no edit by the publisher
 * (ADR 15).
 */

import type { Entry } from './entry.ts';
import { fingerprint } from './fingerprint.ts';
import type { SafeHtml, UntrustedHtml } from './html.ts';
import { withoutCounters } from './modules.ts';

/**
 * Version of reader and sanitizer together. Raise it in a release that reads or sanitizes anything differently: entries in
 * existing archives then get the better text with the next changed document of their source, and keep their place.
 */
const readingVersion = 4;

/** Digest of an entry's canonical JSON without its names: keys sorted, absent and `undefined` fields the same. */
export function contentHash({
  id: _id,
  guid: _guid,
  feedUpdated: _feedUpdated,
  modules,
  ...said
}: Entry<SafeHtml> | Entry<UntrustedHtml>): string {
  const carried = modules === undefined ? {} : { modules: withoutCounters(modules) };
  return toReadingHash(fingerprint(JSON.stringify({ ...said, ...carried }, sortKeys)));
}

/** A digest of something that this version of the reader made. */
export function toReadingHash(digest: string): string {
  return `${readingVersion}.${digest}`;
}

/** Whether different versions of the reader made two hashes. If so, a difference between them does not mean an edit. */
export function isOtherReading(hash: string, other: string): boolean {
  return versionOf(hash) !== versionOf(other);
}

/** The hash of a seed whose pictures were given an address (`seed-picture.ts`). */
export function withPicturesAt(hash: string, address: string): string {
  return `${hash}@${fingerprint(address)}`;
}

/** Tells whether only the address of their pictures sets two hashes apart: then the article is the same. */
export function isSameButPictures(hash: string, other: string): boolean {
  return hash !== other && hash.split('@', 1)[0] === other.split('@', 1)[0];
}

/** The first release wrote no version. */
function versionOf(hash: string): string {
  return /^(\d{1,6})\./.exec(hash)?.[1] ?? '1';
}

/** A `JSON.stringify` replacer that writes the keys of every object in one order. */
function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

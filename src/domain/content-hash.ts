/**
 * A name for what a publisher said in one entry: the same words again are recognised before any work is done.
 *
 * Computed over the entry as read, before sanitizing. Tags are ours, not the publisher's, and are not part of it. Nor are
 * the names of the entry: some publishers give their old entries new guids, and these are to be recognised.
 */

import type { Entry } from './entry.ts';
import { fingerprint } from './fingerprint.ts';
import type { SafeHtml, UntrustedHtml } from './html.ts';

/** Digest of an entry's canonical JSON without its names: keys sorted, absent and `undefined` fields the same. */
export function contentHash({ id: _id, guid: _guid, ...said }: Entry<SafeHtml> | Entry<UntrustedHtml>): string {
  return fingerprint(JSON.stringify(said, sortKeys));
}

/** A `JSON.stringify` replacer that writes the keys of every object in one order. */
function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

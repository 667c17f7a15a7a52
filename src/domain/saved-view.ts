/**
 * Defines a saved view: a query with a name, published like a tag. A private view needs a key; only the digest of the key is
 * stored.
 */
import { digest } from './digest.ts';
import type { Tag } from './tag.ts';

/** What the owner saved. */
export interface SavedView {
  /** In its address; see `isViewName`. */
  readonly name: string;
  readonly title: string;
  /** Search string in canonical form (`query/canonical.ts`). */
  readonly query: string;
  /** What the owner files the view under. */
  readonly tags: readonly Tag[];
  /** Digest of the key; present = private. */
  readonly keyHash?: string;
}

/** Letters and numbers of any script in lower case, with `-`, `_` and `.` inside; at most 100 characters. */
export function isViewName(text: string): boolean {
  return (
    text.length <= 100 &&
    text === text.toLowerCase().normalize('NFKC') &&
    /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u.test(text)
  );
}

/** A name made of a title, with room for a number behind it. */
export function toViewName(title: string): string {
  const name = title
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, 80)
    .replace(/-$/, '');
  return isViewName(name) ? name : 'view';
}

/** The digest of a key, which is stored instead of the key. */
export function hashViewKey(key: string): string {
  return digest(`view key\n${key}`);
}

/** Whether the key opens the view. It always compares whole digests, so its time tells nothing about the key. */
export function opensView(view: SavedView, key: string | undefined): boolean {
  if (view.keyHash === undefined) return true;
  const given = hashViewKey(key ?? '');
  let difference = given.length ^ view.keyHash.length;
  for (let at = 0; at < given.length; at += 1) difference |= given.charCodeAt(at) ^ view.keyHash.charCodeAt(at);
  return difference === 0;
}

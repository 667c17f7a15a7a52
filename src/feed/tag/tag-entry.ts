/**
 * Lists the tags of one entry, those of rules aside: what its publisher, its source and its place call it.
 *
 * Where two call it the same (one slug), the owner's spelling is kept before the publisher's.
 */
import type { Entry } from '../../domain/entry.ts';
import type { SafeHtml } from '../../domain/html.ts';
import type { Tag } from '../../domain/tag.ts';
import { toTag } from './to-tag.ts';

/** Most categories of one entry that become tags, in document order: beyond it they are keyword stuffing. */
export const maxCategoryTags = 64;

/** Returns the entry's tags; `more` are those of its source, and of a seed its folders, its site and its language. */
export function tagEntry(entry: Entry<SafeHtml>, more: readonly Tag[]): readonly Tag[] {
  const byPublisher = entry.categories.slice(0, maxCategoryTags).flatMap((category) => {
    const label = category.label?.trim();
    return toTag(label === undefined || label === '' ? category.term : label) ?? [];
  });
  return uniteTags(more, byPublisher);
}

/** Tags sorted by slug (by code unit), each slug once; of two spellings the first. */
export function uniteTags(...lists: readonly (readonly Tag[])[]): readonly Tag[] {
  const bySlug = new Map<string, Tag>();
  for (const tag of lists.flat()) if (!bySlug.has(tag.slug)) bySlug.set(tag.slug, tag);
  return [...bySlug.values()].sort((a, b) => (a.slug < b.slug ? -1 : 1));
}

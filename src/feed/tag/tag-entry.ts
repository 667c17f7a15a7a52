/**
 * Makes tags from labels, and lists the tags of an entry: those of its publisher, its source and its folders.
 *
 * Tags that rules give are added later. Where two labels have one slug, the owner's spelling is kept before the publisher's.
 */
import type { Entry } from '../../domain/entry.ts';
import type { SafeHtml } from '../../domain/html.ts';
import { lazyPattern } from '../../domain/lazy.ts';
import { cutBetweenCharacters, type Tag, toSlug } from '../../domain/tag.ts';

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

/** Longest label, in code points; the rest of a longer one is dropped. */
const maxLabelLength = 200;

const blanks = lazyPattern(String.raw`[\p{Cc}\s]+`, 'gu');

/** Returns the tag a label means, or `undefined` when it holds no letter or number. The slug of a slug is itself. */
export function toTag(label: string): Tag | undefined {
  const slug = toSlug(label);
  if (slug === '') return undefined;
  const words = label.replaceAll(blanks(), ' ').toWellFormed().trim();
  return { slug, label: cutBetweenCharacters(words, maxLabelLength) };
}

/**
 * Makes tags of an archived article's labels and of the entry's language, which may only be known after detection.
 * `pt-BR` is also tagged `pt`, so that all of one language is found together. Labels without a letter are left out.
 */
export function toSeedTags(labels: readonly string[], language: string | undefined): Tag[] {
  const languages = language === undefined ? [] : [language, language.split('-', 1)[0] ?? ''];
  const tags = [...labels, ...languages].flatMap((label) => toTag(label) ?? []);
  return tags.filter((tag, index) => tags.findIndex((other) => other.slug === tag.slug) === index);
}

/** The tags that labels mean, each once; a slug that is `held` keeps its label. */
export function toTags(labels: readonly string[], held: readonly Tag[]): readonly Tag[] {
  const bySlug = new Map<string, Tag>();
  for (const label of labels) {
    const tag = toTag(label);
    if (tag === undefined || bySlug.has(tag.slug)) continue;
    bySlug.set(tag.slug, (label === tag.slug ? held.find((other) => other.slug === tag.slug) : undefined) ?? tag);
  }
  return [...bySlug.values()];
}

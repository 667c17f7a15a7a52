/**
 * Makes tags: from one label, and from everything an archived article says about itself.
 */
import { lazyPattern } from '../../domain/lazy-pattern.ts';
import { cutBetweenCharacters, toSlug } from '../../domain/slug.ts';
import type { Tag } from '../../domain/tag.ts';

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

/**
 * The tags an archived article brings with it: its folders, its site, its tags line, and its language.
 */
import type { Tag } from '../../domain/tag.ts';
import { toTag } from './to-tag.ts';

/**
 * Makes tags of an archived article's labels and of the entry's language, which may only be known after detection.
 * `pt-BR` is also tagged `pt`, so that all of one language is found together. Labels without a letter are left out.
 */
export function toSeedTags(labels: readonly string[], language: string | undefined): Tag[] {
  const languages = language === undefined ? [] : [language, language.split('-', 1)[0] ?? ''];
  const tags = [...labels, ...languages].flatMap((label) => toTag(label) ?? []);
  return tags.filter((tag, index) => tags.findIndex((other) => other.slug === tag.slug) === index);
}

/** From anybody's word for a topic to our tag. */
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

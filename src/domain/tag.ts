/**
 * Defines a tag, our own label for a group of entries, and makes its slug.
 *
 * There is one slug for each topic, in any script, safe as a path segment. A slug holds letters, marks and numbers of any
 * script, single hyphens between words, and `.` `+` `#` `_` inside words (`dw.com`, `c++`). It never starts with a hyphen (which
 * means "not" in a query), never holds a comma (which means "or"), and is never `.` or `..`.
 */
import { foldCase } from './case-fold.ts';
import { lazyPattern } from './lazy.ts';

/** A tag. Categories are what publishers write; tags are ours. */
export interface Tag {
  /** The name in URLs: case-folded, any script, no spaces. Made by `toSlug`. */
  readonly slug: string;
  /** The name for people, as first written. */
  readonly label: string;
}

/** Longest slug, in code points: longer ones are phrases, and a path segment of any script still fits every proxy. */
export const maxSlugLength = 100;

const mark = lazyPattern(String.raw`^\p{M}`, 'u');
// Characters that nobody sees: soft hyphens, joiners, direction marks, variation selectors, byte order marks.
const invisible = lazyPattern(String.raw`[\p{Cf}\p{Default_Ignorable_Code_Point}]+`, 'gu');
const separators = lazyPattern(String.raw`[^\p{L}\p{M}\p{N}.+#_]+`, 'gu');
const looseMarks = lazyPattern(String.raw`[._]*-[-._+#\p{M}]*`, 'gu');
const leading = lazyPattern(String.raw`^[-._+#\p{M}]+`, 'u');
const trailing = /[-._]+$/u;

/** The slug of a label or of a slug, `''` when it holds no letter or number. Idempotent. */
export function toSlug(label: string): string {
  // Far longer input cannot change the first hundred characters; this bounds the work on a hostile label.
  const folded = foldCase(label.slice(0, maxSlugLength * 20)).replaceAll(invisible(), '');
  const words = folded.replaceAll(separators(), '-').replaceAll(looseMarks(), '-').replace(leading(), '');
  return cutBetweenCharacters(words, maxSlugLength).replace(trailing, '');
}

/** Cuts to so many code points, between characters: never inside a surrogate pair, never between a letter and its marks. */
export function cutBetweenCharacters(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const points = Array.from(text);
  if (points.length <= maxLength) return text;
  let end = maxLength;
  while (end > 1 && mark().test(points[end] ?? '')) end -= 1;
  return points.slice(0, end).join('');
}

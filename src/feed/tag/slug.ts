/**
 * From anybody's word for a topic to our tag: one slug per topic, in any script, safe as a path segment.
 *
 * A slug holds letters, marks and numbers of any script, single hyphens between words, and `.` `+` `#` `_` inside words
 * (`dw.com`, `c++`). It never starts with a hyphen (which means "not" in a query), never holds a comma (which means
 * "or"), and is never `.` or `..`.
 */
import { lazyPattern } from '../../domain/lazy-pattern.ts';
import type { Tag } from '../../domain/tag.ts';
import { foldText } from './fold.ts';

/** Longest slug, in code points: longer ones are phrases, and a path segment of any script still fits every proxy. */
export const maxSlugLength = 100;

/** Longest label, in code points; the rest of a longer one is dropped. */
const maxLabelLength = 200;

// What has no appearance of its own: soft hyphens, joiners, direction marks, variation selectors, byte order marks.
const blanks = lazyPattern(String.raw`[\p{Cc}\s]+`, 'gu');
const mark = lazyPattern(String.raw`^\p{M}`, 'u');
const invisible = lazyPattern(String.raw`[\p{Cf}\p{Default_Ignorable_Code_Point}]+`, 'gu');
const separators = lazyPattern(String.raw`[^\p{L}\p{M}\p{N}.+#_]+`, 'gu');
const looseMarks = lazyPattern(String.raw`[._]*-[-._+#\p{M}]*`, 'gu');
const leading = lazyPattern(String.raw`^[-._+#\p{M}]+`, 'u');
const trailing = /[-._]+$/u;

/** Returns the tag a label means, or `undefined` when it holds no letter or number. The slug of a slug is itself. */
export function toTag(label: string): Tag | undefined {
  const slug = toSlug(label);
  if (slug === '') return undefined;
  const words = label.replaceAll(blanks(), ' ').toWellFormed().trim();
  return { slug, label: cut(words, maxLabelLength) };
}

function toSlug(label: string): string {
  // Far longer input cannot change the first hundred characters; this bounds the work on a hostile label.
  const folded = foldText(label.slice(0, maxSlugLength * 20)).replaceAll(invisible(), '');
  const words = folded.replaceAll(separators(), '-').replaceAll(looseMarks(), '-').replace(leading(), '');
  return cut(words, maxSlugLength).replace(trailing, '');
}

/** Cuts between characters: never inside a surrogate pair, never between a letter and its marks. */
function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const points = Array.from(text);
  if (points.length <= maxLength) return text;
  let end = maxLength;
  while (end > 1 && mark().test(points[end] ?? '')) end -= 1;
  return points.slice(0, end).join('');
}

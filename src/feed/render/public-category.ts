/**
 * Lists the published categories: the publisher's, then those of our tags that add something.
 */
import type { Category } from '../../domain/entry.ts';
import type { Tag } from '../../domain/tag.ts';
import { toWritable } from './xml-writer.ts';

/** One category of any format. */
export interface PublicCategory {
  /** Atom `term`: the publisher's term, or the slug of our tag. */
  readonly term: string;
  /** What RSS and JSON Feed, which have one word for it, call it: the publisher's term, or the label of our tag. */
  readonly name: string;
  readonly scheme: string | undefined;
  readonly label: string | undefined;
}

function fold(text: string): string {
  return text.trim().toLowerCase();
}

function toPublicCategory(category: Category): PublicCategory {
  const label = toWritable(category.label ?? '').trim();
  const term = toWritable(category.term).trim() || label;
  const scheme = toWritable(category.scheme ?? '').trim();
  return {
    term,
    name: term,
    scheme: scheme === '' ? undefined : scheme,
    label: label === '' || label === term ? undefined : label,
  };
}

/** The publisher's categories in their order, each once; then tags whose slug and label none of them has (ignoring case). */
export function toPublicCategories(categories: readonly Category[], tags: readonly Tag[]): PublicCategory[] {
  const result: PublicCategory[] = [];
  const known = new Set<string>();
  const words = new Set<string>();
  for (const category of categories) {
    const shown = toPublicCategory(category);
    const key = `${shown.term}\n${shown.scheme ?? ''}`;
    if (shown.term === '' || known.has(key)) continue;
    known.add(key);
    words.add(fold(shown.term));
    if (shown.label !== undefined) words.add(fold(shown.label));
    result.push(shown);
  }
  for (const tag of tags) {
    const slug = toWritable(tag.slug);
    const label = toWritable(tag.label).trim() || slug;
    const folded = [fold(slug), fold(label)] as const;
    if (words.has(folded[0]) || words.has(folded[1])) continue;
    words.add(folded[0]).add(folded[1]);
    result.push({ term: slug, name: label, scheme: undefined, label: label === slug ? undefined : label });
  }
  return result;
}

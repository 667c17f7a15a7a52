/**
 * All tags of one entry: what its publisher, its source, its place and the owner's rules call it.
 *
 * Where two call it the same (one slug), the owner's spelling is kept before the publisher's.
 */
import type { Entry } from '../../domain/entry.ts';
import type { SafeHtml } from '../../domain/html.ts';
import type { SourceId } from '../../domain/source.ts';
import type { Tag } from '../../domain/tag.ts';
import type { CompiledRules } from './rules.ts';
import { toTag } from './to-tag.ts';

/** Most categories of one entry that become tags, in document order: beyond it they are keyword stuffing. */
export const maxCategoryTags = 64;

/** What besides the entry decides its tags. */
export interface TagContext {
  /** Tags every entry of the source gets. */
  readonly sourceTags: readonly Tag[];
  readonly rules: CompiledRules;
  /** Tags of this entry alone: the folders, site and language of a seed. */
  readonly extra?: readonly Tag[];
  /** For rules that hold for one source only. */
  readonly sourceId?: SourceId;
}

/** Returns the entry's tags sorted by slug (by code unit), each slug once. */
export function tagEntry(entry: Entry<SafeHtml>, context: TagContext): Tag[] {
  const content = entry.content === undefined ? '' : toRuleText(entry.content);
  const byRule = context.rules({
    title: entry.title,
    text: `${entry.summary}\n${content}`,
    ...(context.sourceId === undefined ? {} : { sourceId: context.sourceId }),
  });
  const byPublisher = entry.categories.slice(0, maxCategoryTags).flatMap((category) => {
    const label = category.label?.trim();
    return toTag(label === undefined || label === '' ? category.term : label) ?? [];
  });
  const bySlug = new Map<string, Tag>();
  for (const tag of [...byRule, ...context.sourceTags, ...(context.extra ?? []), ...byPublisher]) {
    if (!bySlug.has(tag.slug)) bySlug.set(tag.slug, tag);
  }
  return [...bySlug.values()].sort((a, b) => (a.slug < b.slug ? -1 : 1));
}

// Tags inside a word do not break it; every other tag does.
const inline =
  /^<\/?(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var|wbr)\b/;
const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
  '&nbsp;': ' ',
  '&#160;': ' ',
};

/**
 * Returns the words of sanitized HTML for the keyword rules, in linear time. The sanitizer wrote this HTML, so every `<`
 * starts a tag and every `>` ends one. White space differs from that of a page.
 */
function toRuleText(html: SafeHtml): string {
  return html
    .replaceAll(/<[^>]*>/g, (tag) => (inline.test(tag) ? '' : ' '))
    .replaceAll(/&(?:amp|lt|gt|quot|nbsp|#39|#x27|#160);/g, (entity) => entities[entity] ?? entity);
}

/**
 * The words of sanitized HTML, for keyword rules.
 *
 * Only for `SafeHtml`: the sanitizer wrote it, so every `<` starts a tag and `>` ends it. Not for display: white space
 * is not that of a page.
 */
import type { SafeHtml } from '../../domain/html.ts';

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

/** Returns the text between the tags, entities decoded, in linear time. */
export function toRuleText(html: SafeHtml): string {
  return html
    .replaceAll(/<[^>]*>/g, (tag) => (inline.test(tag) ? '' : ' '))
    .replaceAll(/&(?:amp|lt|gt|quot|nbsp|#39|#x27|#160);/g, (entity) => entities[entity] ?? entity);
}

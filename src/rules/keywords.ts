/**
 * Finds keywords in an entry, the way the former form of rules does.
 *
 * Keywords are plain text, never patterns, so no rule can run away. They match whole words where the script puts spaces
 * between words, and anywhere where it does not (Chinese, Japanese, Thai ...); Korean particles may follow a keyword.
 */
import { foldCase } from '../domain/case-fold.ts';
import type { Entry } from '../domain/entry.ts';
import type { SafeHtml } from '../domain/html.ts';
import { lazyPattern } from '../domain/lazy.ts';

/** What keywords are looked for in: folded. */
export interface KeywordText {
  readonly title: string;
  readonly text: string;
}

/** The words of an entry: its title, and beside it summary and content. */
export function toKeywordText({ title, summary, content }: Entry<SafeHtml>): KeywordText {
  return {
    title: foldKeyword(title),
    text: foldKeyword(`${summary}\n${content === undefined ? '' : toRuleText(content)}`),
  };
}

/** Whether one of the folded keywords is there. */
export function holdsAny(
  { title, text }: KeywordText,
  keywords: readonly string[],
  where: 'title' | 'text' | 'both',
): boolean {
  return (
    (where !== 'text' && keywords.some((keyword) => holdsKeyword(title, keyword))) ||
    (where !== 'title' && keywords.some((keyword) => holdsKeyword(text, keyword)))
  );
}

/** Folds case, width and white space. */
export function foldKeyword(text: string): string {
  return foldCase(text).replaceAll(/\s+/gu, ' ').trim();
}

function holdsKeyword(folded: string, keyword: string): boolean {
  for (let at = folded.indexOf(keyword); at !== -1; at = folded.indexOf(keyword, at + 1)) {
    if (startsWord(folded, at, keyword) && endsWord(folded, at + keyword.length, keyword)) return true;
  }
  return false;
}

const wordCharacter = lazyPattern(String.raw`[\p{L}\p{M}\p{N}_]`, 'u');
// Scripts written without spaces between words: a keyword may stand anywhere in them.
const unspaced = lazyPattern(
  String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}ー]`,
  'u',
);
const hangul = lazyPattern(String.raw`\p{Script=Hangul}`, 'u');

function startsWord(folded: string, at: number, keyword: string): boolean {
  return isBoundary(pointBefore(folded, at), pointAt(keyword, 0));
}

function endsWord(folded: string, at: number, keyword: string): boolean {
  const last = pointBefore(keyword, keyword.length);
  const next = pointAt(folded, at);
  // Particles follow a Korean noun without a space: 강은 is 강 with a topic marker.
  return isBoundary(last, next) || (hangul().test(last) && hangul().test(next));
}

/** Whether a word may end between two characters; '' stands for either end of the text. */
function isBoundary(before: string, after: string): boolean {
  if (!wordCharacter().test(before) || !wordCharacter().test(after)) return true;
  return unspaced().test(before) || unspaced().test(after);
}

function pointAt(text: string, at: number): string {
  const point = text.codePointAt(at);
  return point === undefined ? '' : String.fromCodePoint(point);
}

function pointBefore(text: string, at: number): string {
  if (at <= 0) return '';
  const unit = text.charCodeAt(at - 1);
  return pointAt(text, unit >= 0xdc00 && unit <= 0xdfff && at >= 2 ? at - 2 : at - 1);
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

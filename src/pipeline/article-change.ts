/**
 * Decides whether the page of an archived article says something else than the archive does.
 *
 * A page never equals the archived text: captions, credits and teasers come and go. So texts are compared by their
 * paragraphs, and text before the first or after the last known paragraph is no change.
 */

/** A text prepared for comparison: plain, one paragraph a line. */
export interface ComparedArticle {
  readonly title: string;
  readonly text: string;
}

/** `implausible`: the text read from the page cannot be this article (a consent wall, a teaser, another page). */
export type ArticleChange = 'unchanged' | 'changed' | 'implausible';

/** Shorter lines are captions, credits and buttons as often as text. Unit: letters and digits. */
const minParagraphLength = 20;

/** A page with less than this share of the archived text is not the article any more. */
const minKeptShare = 0.3;

/** Two paragraphs that share this many of their words are one paragraph, edited. */
const editedShare = 0.5;

/** Compares the archived text with the text of the page. */
export function compareArticle(held: ComparedArticle, page: ComparedArticle): ArticleChange {
  const heldParagraphs = paragraphs(held.text);
  const pageParagraphs = paragraphs(page.text);
  if (length(pageParagraphs) < length(heldParagraphs) * minKeptShare) return 'implausible';
  const known = new Set(heldParagraphs);
  const first = pageParagraphs.findIndex((paragraph) => known.has(paragraph));
  const last = pageParagraphs.findLastIndex((paragraph) => known.has(paragraph));
  const isRetitled = isOtherTitle(held.title, page.title);
  if (first === -1) {
    const isSame = !isRetitled || pageParagraphs.some((paragraph) => isEdited(paragraph, heldParagraphs));
    return isSame ? 'changed' : 'implausible';
  }
  const isChanged = pageParagraphs.some((paragraph, position) => {
    if (known.has(paragraph)) return false;
    return (position > first && position < last) || isEdited(paragraph, heldParagraphs);
  });
  return isChanged || isRetitled ? 'changed' : 'unchanged';
}

/** Lines reduced to letters and digits, case folded, so that quotes and spaces do not count. */
function paragraphs(text: string): readonly string[] {
  return text
    .split('\n')
    .map(reduce)
    .filter((line) => line.replaceAll(' ', '').length >= minParagraphLength);
}

function reduce(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}

/** Whether the titles differ. A page's title often ends with the site's name, which does not count. */
function isOtherTitle(held: string, page: string): boolean {
  const [before, now] = [reduce(held), reduce(page)];
  return now !== '' && now !== before && !now.startsWith(`${before} `) && !now.endsWith(` ${before}`);
}

function isEdited(paragraph: string, held: readonly string[]): boolean {
  const words = wordsOf(paragraph);
  return held.some((other) => {
    const others = wordsOf(other);
    const shared = [...words].filter((word) => others.has(word)).length;
    return shared >= Math.max(words.size, others.size) * editedShare;
  });
}

/** Words where there are spaces, pairs of characters where there are none. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = text.split(' ');
  if (text.length / words.length <= 15) return new Set(words);
  const characters = Array.from(text);
  return new Set(characters.slice(1).map((character, position) => `${characters[position]}${character}`));
}

function length(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}

/**
 * Tells whether the page of an archived article says something else than the archive does.
 *
 * A page is never the archived text to the letter: captions, credits and teasers come and go. So texts are compared by
 * their paragraphs, and what stands before the first or after the last known one is not taken for a change.
 */

/** A text as it is compared: plain, one paragraph a line. */
export interface ComparedArticle {
  readonly title: string;
  readonly text: string;
}

/** `implausible`: what was read out of the page cannot be this article (a consent wall, a teaser, another page). */
export type ArticleChange = 'unchanged' | 'changed' | 'implausible';

/** Shorter lines are captions, credits and buttons as often as text. Unit: letters and digits. */
const minParagraphLength = 20;

/** A page with less than this share of the archived text is not the article any more, whatever it is. */
const minKeptShare = 0.3;

/** Two paragraphs that share this many of their words are one paragraph, edited. */
const editedShare = 0.5;

/** Compares what is archived with what was read out of the page. */
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

/** Lines reduced to what is read: letters and digits, case folded, so that quotes and spaces do not count. */
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

/** A page's title often has the site's name behind it. */
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

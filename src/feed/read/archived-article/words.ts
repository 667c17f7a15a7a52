/**
 * Reads the copyright line of an archived body, and makes a summary of its first sentences.
 */

import { type HtmlElement, isElement } from '../page/dom.ts';
import { elementsNamed, isInside, textBlocks, toLines, toWords } from './text.ts';
import { looksLikeDate } from './zoned-date.ts';

/** Longest summary, in UTF-16 units. */
export const maxSummaryLength = 280;
/** Blocks among which the opening is looked for. */
const maxOpeningBlocks = 200;
/** Longest copyright line, which must be one of the last blocks (UTF-16 units). */
const rightsBlocks = 4;
const maxRightsLength = 600;

const rightsStart =
  /^(?:©|\(c\)|ⓒ|copyright(?=\s*(?:©|\(c\)|\d{4}|by\b|:)|.{0,120}$)|cc[ -]by\b|cc0\b|all rights|alle rechte|tous droits|todos los derechos|todos os direitos|все права|版权|版權|著作権|著作權|無断転載|저작권|حقوق|جميع الحقوق|כל הזכויות|सर्वाधिकार)/iu;
/** In a last line of at most this many UTF-16 units such a mark may stand anywhere. */
const maxMarkedLine = 120;
const rightsMark =
  /©|ⓒ|\(c\)\s*\d{4}|copyright\s*\d{4}|版权所有|版權所有|all rights reserved|alle rechte vorbehalten/iu;

/** Returns the copyright line near the end of a body as plain text; it stays in the body. A gallery of any length may follow it. */
export function findRights(body: HtmlElement): string | undefined {
  const last = textBlocks(body)
    .filter((block) => !isInside(block, captioned) && !captioned.has(block.localName))
    .filter((block) => elementsNamed(block, pictures).length === 0)
    .slice(-rightsBlocks)
    .reverse();
  const whole = last.map(toWords).find((text) => text.length <= maxRightsLength && rightsStart.test(text));
  if (whole !== undefined) return whole;
  const [line = ''] = last[0] === undefined ? [] : toLines(last[0]).slice(-1);
  return line.length <= maxMarkedLine && rightsMark.test(line) && !photoCredit.test(line) ? line : undefined;
}

/** A card of facts above the article. `text` is all of it, on one line. */
export interface FactCard {
  readonly text: string;
  readonly authors: readonly string[];
  readonly rights: string | undefined;
}

/** The card is one of the first blocks and has at least three lines, each with a label of its own (questions repeat theirs). */
const cardBlocks = 3;
const fewestFacts = 3;
const fact = /^([\p{L} ]{1,24})[:：]\s*(\S.*)$/u;
const authorLabel = /^(?:作者|撰文|author)$/iu;

/** Finds the card of facts that archives put above an article: `标题：… 作者：… 来源：… 版权说明：…`, a line each. */
export function findFactCard(body: HtmlElement): FactCard | undefined {
  for (const block of textBlocks(body).slice(0, cardBlocks)) {
    const lines = toLines(block);
    const facts = new Map(lines.map((line) => [fact.exec(line)?.[1], fact.exec(line)?.[2] ?? '']));
    if (lines.length < fewestFacts || facts.size < lines.length || facts.has(undefined)) continue;
    const names = [...facts].find(([label = '']) => authorLabel.test(label))?.[1];
    return {
      text: lines.join(' '),
      authors: names?.split(/[、，,]/u) ?? [],
      rights: lines.find((line) => rightsStart.test(line)),
    };
  }
  return undefined;
}

/**
 * Returns the first sentence or two of the running text, at most 280 UTF-16 units, never cut inside a character.
 * Captions, headings, tables, code, credits, datelines and the blocks that are `known` (the copyright line, the card of
 * facts) are not running text.
 */
export function summarize(body: HtmlElement, known: readonly (string | undefined)[]): string {
  const prose = textBlocks(body).slice(0, maxOpeningBlocks).filter(isProse);
  // The article's own sentences go before its quotes.
  const own = prose.filter((block) => !isQuoted(block));
  const texts = (own.length > 0 ? own : prose)
    .map((block) => toWords(block).replace(bullet, '').replace(leadIn, ''))
    .filter((text) => !known.includes(text));
  const running = texts.filter((text) => !isCredit(text));
  const [first, second = ''] = running.length > 0 ? running : texts;
  if (first === undefined) return '';
  const [one = '', both = ''] = openings(first);
  // A short first paragraph of one sentence is only a teaser: the next one is added.
  const isShort = one === both && first.length < shortSentence && second !== '';
  const opening = isShort ? joinParagraphs(one, openings(second)[0] ?? '') : both;
  if (opening.length <= maxSummaryLength) return opening;
  return one.length <= maxSummaryLength ? one : cutBetweenCharacters(one);
}

const shortSentence = 60;
const quotes = new Set(['blockquote']);
const captioned = new Set(['figure', 'figcaption']);
const pictures = new Set(['img']);
const notProse = new Set(['figure', 'table', 'pre', 'aside', 'nav', 'footer', 'ul', 'ol']);
const proseNames = new Set(['p', 'div', 'section', 'article', 'blockquote', 'main', 'center', 'dd']);
const sentenceEnd = /[.!?…。！？؟।]["'”’»』」）)\]]*$/u;

function isQuoted(block: HtmlElement): boolean {
  return isInside(block, quotes);
}

function isProse(block: HtmlElement): boolean {
  if (!proseNames.has(block.localName)) return false;
  if (isInside(block, notProse)) return false;
  const seen = [...block.childNodes].filter((node) => node.textContent?.trim() !== '');
  const [only] = seen;
  if (seen.length !== 1 || !isElement(only)) return true;
  // A line all in bold is a heading, unless it is long enough to be the lead.
  if (/^(?:b|strong|u|font)$/.test(only.localName))
    return toWords(block).length > 80 || sentenceEnd.test(toWords(block));
  return only.localName !== 'small';
}

const photoCredit =
  /^(?:photos?|image|foto|bild|图|圖|写真|фото|صورة|תמונה|credit|source|quelle|来源|出典)[\p{L} ]{0,12}\s*[:：/©]/iu;
/** The mark of a list that was written as paragraphs. */
const bullet = /^[•·▪●■◆▶►]\s*/u;
const wholeAddress = /^https?:\/\/[!-~]+$/i;
// An address or a date before the first sentence; a date that is a part of its sentence has no time and is followed by words.
const leadIn = new RegExp(
  [
    String.raw`https?:\/\/[!-~]+`,
    String.raw`\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ]\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)?`,
    String.raw`\d{1,2}[/.]\d{1,2}[/.]\d{4}(?:\s-?\s?\d{1,2}:\d\d)?`,
    String.raw`\d{4}年\d{1,2}月\d{1,2}日\s*\d{1,2}:\d\d(?::\d\d)?`,
    String.raw`\p{L}{3,9},?\s\d{1,2}\s\p{L}{3,9}\.?\s\d{4}\s\d{1,2}:\d\d(?::\d\d)?(?:\s(?:[+-]\d{4}|\p{Lu}{2,5}))?`,
  ]
    .join('|')
    .replace(/^(.*)$/s, String.raw`^(?:$1)[\s,:：|–—-]+`),
  'u',
);

/** `（综合报道）`, `Photo: ...`, `By ...`: credits, not content. */
function isCredit(text: string): boolean {
  if (text.length <= 80 && /^[（(［[].*[）)］\]][.。]?$/u.test(text)) return true;
  if (text.length <= 100 && photoCredit.test(text)) return true;
  if (rightsStart.test(text)) return true;
  if (looksLikeDate(text) || wholeAddress.test(text)) return true;
  return text.length <= 60 && !sentenceEnd.test(text);
}

const segmenters = new Map<string, Intl.Segmenter>();

/** Made at first use: making one costs more than cutting an article. */
function segmenter(granularity: 'sentence' | 'grapheme'): Intl.Segmenter {
  let made = segmenters.get(granularity);
  if (made === undefined) segmenters.set(granularity, (made = new Intl.Segmenter('en', { granularity })));
  return made;
}

/** A full stop that ends no sentence: after a day of the month, an initial, a common abbreviation. */
const falseEnd =
  /(?:^|[\s(„“"])(?:\d{1,2}|\p{L}|ca|bzw|vgl|nr|dr|mr|mrs|ms|st|prof|no|vol|fig|etc|sr|sra|mme|им|г|гг|см|т\. ?е|z\. ?b|d\. ?h|e\. ?g|i\. ?e)\.\s*$/iu;

/** The first sentence of a paragraph, and the first two, as they stand in it. */
function openings(text: string): string[] {
  const found: string[] = [];
  let end = 0;
  for (const { segment } of segmenter('sentence').segment(text)) {
    end += segment.length;
    const opening = text.slice(0, end);
    if (falseEnd.test(opening.slice(-40))) continue;
    found.push(opening.trim());
    if (found.length === 2) return found;
  }
  return [found[0] ?? text, text];
}

function joinParagraphs(one: string, two: string): string {
  // Scripts without spaces between words have none between sentences.
  return /[。！？」』”）]$/u.test(one) ? one + two : `${one} ${two}`;
}

/** Cuts at a word where there is one near the end, else between two characters as a reader sees them. */
function cutBetweenCharacters(text: string): string {
  let kept = '';
  let atWord = '';
  for (const { segment } of segmenter('grapheme').segment(text)) {
    if (kept.length + segment.length > maxSummaryLength - 1) break;
    if (/^\s/u.test(segment)) atWord = kept;
    kept += segment;
  }
  const cut = atWord.length > maxSummaryLength * 0.7 ? atWord : kept;
  return `${cut.replace(/[\s,;:，、；：.–—-]+$/u, '')}…`;
}

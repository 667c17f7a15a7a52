/**
 * Makes plain text out of safe HTML, and a summary out of plain text.
 *
 * Safe HTML needs no parser: its tags are written one way, and only five references occur in it.
 */

import type { SafeHtml } from '../../domain/html.ts';
import { lazyPattern } from '../../domain/lazy.ts';

/** A tag with its name and optional slash; attribute values of safe HTML hold neither `<` nor `>`. */
const looseEnd = lazyPattern(String.raw`[\s\p{Pd},;:([«“‘]+$`, 'u');
/** White space that is not a single space already. */
const blanks = /[^\S ]\s*| \s+/g;
const tag = /<\/?([a-z][a-z0-9]*)[^>]*>/g;

const blocks: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote br caption dd details dir div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 ' +
    'header hgroup hr li main menu nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);
const spaced: ReadonlySet<string> = new Set(['audio', 'iframe', 'img', 'td', 'th', 'video']);

const characters: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** Decodes the references that safe HTML uses. */
export function decodeSafeText(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (reference) => characters[reference] ?? reference);
}

/** The text of safe HTML, one line a block, white space folded, no empty lines; ends with the line in which there is `enough`. */
export function toPlainText(html: SafeHtml, enough = Number.POSITIVE_INFINITY): string {
  const lines: string[] = [];
  let line = '';
  let left = enough;
  const endLine = () => {
    const folded = line === '' ? '' : decodeSafeText(line.replace(blanks, ' ').trim());
    if (folded !== '') lines.push(folded);
    left -= folded.length;
    line = '';
  };
  let from = 0;
  tag.lastIndex = 0;
  for (let found = tag.exec(html); found !== null; found = tag.exec(html)) {
    if (found.index > from) line += html.slice(from, found.index);
    from = tag.lastIndex;
    const name = found[1] ?? '';
    if (blocks.has(name)) {
      endLine();
      if (left <= 0) return lines.join('\n');
    } else if (spaced.has(name)) line += ' ';
  }
  line += html.slice(from);
  endLine();
  return lines.join('\n');
}

/** How much of the length whole sentences must fill to be preferred over a cut. */
const sentencesEnough = 0.3;

/** How much of a text is read to make a summary, as a multiple of the summary's length. */
const lengthsRead = 8;

/** How much text decides the summary and the language of an entry. UTF-16 units. */
export const tellingText = lengthsRead * 280;

/** Created on first use: a segmenter costs a cold isolate a millisecond. */
const segmenters = new Map<string, Intl.Segmenter>();

function segment(text: string, granularity: 'grapheme' | 'word' | 'sentence'): Intl.Segments {
  let segmenter = segmenters.get(granularity);
  if (segmenter === undefined) {
    segmenter = new Intl.Segmenter(undefined, { granularity });
    segmenters.set(granularity, segmenter);
  }
  return segmenter.segment(text);
}

/**
 * The beginning of a text as a summary: as many whole sentences as fit, else whole words and an ellipsis.
 *
 * @param maxLength most UTF-16 units of the outcome, the ellipsis included; no character is ever cut.
 */
export function toSummary(text: string, maxLength = 280): string {
  const folded = text
    .slice(0, maxLength * lengthsRead)
    .replace(/\s+/g, ' ')
    .trim();
  if (folded.length <= maxLength) return folded;
  const beginning = folded.slice(0, maxLength * 2);
  const sentences = longestPrefix(beginning, 'sentence', maxLength + 1).trim();
  if (sentences.length <= maxLength && sentences.length >= maxLength * sentencesEnough) return sentences;
  const room = maxLength - 1;
  const words = longestPrefix(beginning, 'word', room).replace(looseEnd(), '');
  const cut = words.length >= room / 2 ? words : longestPrefix(beginning, 'grapheme', room).trimEnd();
  return `${cut}…`;
}

/** The longest run of whole segments from the start that is at most `maxLength` long. */
function longestPrefix(text: string, granularity: 'grapheme' | 'word' | 'sentence', maxLength: number): string {
  let end = 0;
  for (const { index, segment: piece } of segment(text, granularity)) {
    if (index + piece.length > maxLength) break;
    end = index + piece.length;
  }
  return text.slice(0, end);
}

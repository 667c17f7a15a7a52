/**
 * Decides which text of an entry is its content, which its summary, and which one is shown when sanitizing leaves nothing
 * of the content.
 */
import type { RawEntry, RawText } from '../raw-feed.ts';
import { contentRungs, rivalRungs, summaryRungs } from './field-ladders.ts';
import { gather } from './ladder.ts';
import { toPlain } from './meaning.ts';

/** The texts of an entry, by what they are. */
export interface EntryTexts {
  readonly content: RawText | undefined;
  /** The next best text, when the content is so short that sanitizing may leave nothing of it. */
  readonly otherwise: RawText | undefined;
  readonly summary: string;
}

/** UTF-16 units of a declared summary: a few sentences. Some publishers put whole articles there. */
const maxSummaryLength = 1_000;

/** Content with fewer visible characters may show nothing once it is sanitized. */
const little = 40;

/** How many times as long as `content:encoded` a teaser must be to count as the full text. */
const clearlyLonger = 1.5;

/** Chooses content and summary. Markup is measured, never parsed. */
export function chooseTexts(raw: RawEntry): EntryTexts {
  const ranked = gather(contentRungs, raw.texts);
  const [first] = ranked;
  if (first === undefined) return { content: undefined, otherwise: undefined, summary: '' };
  const content = longestRival(first, raw.texts) ?? first;
  const otherwise =
    visibleLength(content.text, little) < little
      ? ranked.find((text) => text !== content && visibleLength(text.text, 1) > 0)
      : undefined;
  return { content, otherwise, summary: summaryOf(raw, content, content !== first) };
}

/** The longest of description, `content:encoded` and `itunes:summary`, where the highest rung is one of them. */
function longestRival(first: RawText, texts: readonly RawText[]): RawText | undefined {
  if (!rivalRungs.has(first.from) || texts.length < 2) return undefined;
  const rivals = gather(rivalRungs, texts).filter((text) => text !== first);
  let longest: RawText | undefined;
  for (const rival of rivals) {
    const factor = (longest ?? first).from === 'content:encoded' ? clearlyLonger : 1.1;
    // Text is never longer than its markup, so most comparisons end after a few words.
    const most = Math.ceil(rival.text.length / factor);
    const own = visibleLength((longest ?? first).text, most);
    if (own < most && visibleLength(rival.text, rival.text.length) > own * factor) longest = rival;
  }
  return longest;
}

/** `isTeased`: a summary that is the beginning of the content is dropped. */
function summaryOf(raw: RawEntry, content: RawText, isTeased: boolean): string {
  const candidates = gather(summaryRungs, raw.texts).filter(
    (text) => text !== content && text.text.trim() !== content.text.trim(),
  );
  for (const candidate of candidates) {
    const plain = toPlain(candidate, maxSummaryLength);
    if (plain !== '' && !(isTeased && isBeginningOf(plain, content))) return plain;
  }
  return '';
}

function isBeginningOf(teaser: string, content: RawText): boolean {
  const words = teaser.replace(/\s*(?:…|\.{2,}|\[(?:…|\.{3})\])\s*$/u, '').toLowerCase();
  const shown = content.text.slice(0, 3 * words.length + 2_000);
  return toPlain({ ...content, text: shown }, maxSummaryLength)
    .toLowerCase()
    .startsWith(words);
}

const blankReference = /&(?:nbsp|ensp|emsp|thinsp|zwnj|zwj|shy|#160|#8203|#8204|#173|#x0*a0|#x0*200[bc]);/iy;

/** A letter, a slash, a mark of a comment or an instruction. */
function beginsTag(unit: number): boolean {
  const lower = unit | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || unit === 0x2f || unit === 0x21 || unit === 0x3f;
}

/** Counts the visible characters of HTML, without whitespace, up to `limit`. */
function visibleLength(html: string, limit: number): number {
  let count = 0;
  for (let at = 0; at < html.length && count < limit; at += 1) {
    const unit = html.charCodeAt(at);
    if (unit === 0x3c && beginsTag(html.charCodeAt(at + 1))) {
      const hides =
        (html.charCodeAt(at + 1) | 0x20) === 0x73 ? /^<(script|style)\b/i.exec(html.slice(at, at + 8)) : null;
      const end = html.indexOf(hides === null ? '>' : `</${hides[1]?.toLowerCase()}`, at);
      if (end === -1) return count;
      at = end;
    } else if (unit === 0x26) {
      blankReference.lastIndex = at;
      const blank = blankReference.exec(html);
      const end = html.indexOf(';', at);
      if (blank === null) count += 1;
      if (end !== -1 && end - at < 12) at = end;
    } else if (unit > 0x20 && unit !== 0xa0 && unit !== 0x200b && unit !== 0x200c && unit !== 0xad) count += 1;
  }
  return count;
}

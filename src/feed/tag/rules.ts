/**
 * The owner's rules: an entry that holds one of these keywords gets this tag.
 *
 * Keywords are plain text, never patterns, so no rule can run away. They match whole words where the script puts spaces
 * between words, and anywhere where it does not (Chinese, Japanese, Thai ...); Korean particles may follow a keyword.
 */

import { foldCase } from '../../domain/case-fold.ts';
import { lazyPattern } from '../../domain/lazy-pattern.ts';
import type { SourceId } from '../../domain/source.ts';
import type { Tag } from '../../domain/tag.ts';
import { toTag } from './to-tag.ts';

/** One rule as the owner writes it. */
export interface TagRule {
  /** The tag's label; its slug is made from it. */
  readonly tag: string;
  /** Keywords or phrases, any script; one is enough. */
  readonly any: readonly string[];
  /** Where to look; `both` when absent. */
  readonly in?: 'title' | 'text' | 'both';
  /** Only entries of this source. */
  readonly source?: SourceId;
}

/** What a rule may look at. Plain text, as written. */
export interface RuleFacts {
  readonly title: string;
  readonly text: string;
  readonly sourceId?: SourceId;
}

/** Rules made ready: the tags that apply to an entry, in the order of the rules, each slug once. */
export type CompiledRules = (facts: RuleFacts) => Tag[];

interface Prepared {
  readonly tag: Tag;
  readonly keywords: readonly string[];
  readonly where: 'title' | 'text' | 'both';
  readonly source: SourceId | undefined;
}

/** Prepares rules for many entries. A rule without a usable tag or keyword matches nothing. */
export function compileRules(rules: readonly TagRule[]): CompiledRules {
  const prepared = rules.flatMap((rule): Prepared[] => {
    const tag = toTag(rule.tag);
    const keywords = rule.any.map(foldKeyword).filter((keyword) => keyword !== '');
    if (tag === undefined || keywords.length === 0) return [];
    return [{ tag, keywords, where: rule.in ?? 'both', source: rule.source }];
  });
  return (facts) => {
    if (prepared.length === 0) return [];
    const title = foldKeyword(facts.title);
    const text = foldKeyword(facts.text);
    const found = new Map<string, Tag>();
    for (const rule of prepared) {
      if (found.has(rule.tag.slug) || (rule.source !== undefined && rule.source !== facts.sourceId)) continue;
      const inTitle = rule.where !== 'text' && rule.keywords.some((keyword) => holdsKeyword(title, keyword));
      if (inTitle || (rule.where !== 'title' && rule.keywords.some((keyword) => holdsKeyword(text, keyword)))) {
        found.set(rule.tag.slug, rule.tag);
      }
    }
    return [...found.values()];
  };
}

function foldKeyword(text: string): string {
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

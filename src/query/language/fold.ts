/**
 * Folds spellings that people call the same into one: texts and search terms both go through this.
 *
 * In addition to case folding, typographic quotes and dashes become those on keyboards, and whitespace becomes single
 * spaces.
 */
import { foldCase } from '../../domain/case-fold.ts';
import { lazyPattern } from '../../domain/lazy.ts';

// Single hyphens and spaces are not matched: a text has one every few characters, and replacing them by themselves took four
// fifths of the time.
const dashes = lazyPattern(String.raw`[\p{Dash_Punctuation}--\-]`, 'gv');
const blanks = lazyPattern(String.raw`(?:[^\S ]|\p{Cc})[\s\p{Cc}]*| [\s\p{Cc}]+`, 'gu');
// oxlint-disable-next-line no-control-regex -- all of ASCII
const beyondAscii = /[^\0-\x7f]/;
/** Printable ASCII without capitals or runs of spaces, and short: most words of most queries, returned as they are. */
const longestWord = 64;
const alreadyFolded = /^(?! )(?:[!-@[-~]| (?! |$))*$/;

/** Folds case, width, typographic punctuation and whitespace; controls become spaces. Idempotent. */
export function foldText(text: string): string {
  if (text.length <= longestWord && alreadyFolded.test(text)) return text;
  const folded = beyondAscii.test(text) ? foldTypography(foldCase(text)) : text.toLowerCase();
  return folded.replace(blanks(), ' ').trim();
}

function foldTypography(text: string): string {
  return text
    .replace(/[‘’‚‛ʼ]/g, "'")
    .replace(/[“”„‟]/g, '"')
    .replace(dashes(), '-');
}

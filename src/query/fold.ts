/**
 * One spelling for text that people would call the same: what is searched and what is searched for both go through it.
 *
 * On top of case folding, typographic quotes and dashes become the ones on keyboards, and whitespace single spaces.
 */
import { foldCase } from '../domain/case-fold.ts';
import { lazyPattern } from '../domain/lazy-pattern.ts';

/** Printable ASCII without capitals or runs of spaces: most words of most queries, returned as they are. */
const dashes = lazyPattern(String.raw`\p{Dash_Punctuation}`, 'gu');
const blanks = lazyPattern(String.raw`[\s\p{Cc}]+`, 'gu');
const alreadyFolded = /^(?! )(?:[!-@[-~]| (?! |$))*$/;

/** Folds case, width, typographic punctuation and whitespace; controls become spaces. Idempotent. */
export function foldText(text: string): string {
  if (alreadyFolded.test(text)) return text;
  return foldCase(text)
    .replace(/[‘’‚‛ʼ]/g, "'")
    .replace(/[“”„‟]/g, '"')
    .replace(dashes(), '-')
    .replace(blanks(), ' ')
    .trim();
}

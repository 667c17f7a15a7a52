/**
 * One spelling for text that people would call the same: what is searched and what is searched for both go through it.
 *
 * On top of case folding, typographic quotes and dashes become the ones on keyboards, and whitespace single spaces.
 */
import { foldCase } from './case-fold.ts';

/** Printable ASCII without capitals or runs of spaces: most words of most queries, returned as they are. */
const alreadyFolded = /^(?! )(?:[!-@[-~]| (?! |$))*$/;

/** Folds case, width, typographic punctuation and whitespace; controls become spaces. Idempotent. */
export function foldText(text: string): string {
  if (alreadyFolded.test(text)) return text;
  return foldCase(text)
    .replace(/[‘’‚‛ʼ]/g, "'")
    .replace(/[“”„‟]/g, '"')
    .replace(/\p{Dash_Punctuation}/gu, '-')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/**
 * Finds the terms of one and two characters in a text. Such terms are too short for the trigram index.
 *
 * In scripts written without spaces between words, and in Korean whose words carry their particles, every character and every
 * pair counts (`中`, `中国`, `a股`, `5月`). In other scripts a short term must be a whole word (`ai`, `eu`, `c#`): else `ai` would
 * find every `said`. Symbols such as `€` count one by one. Punctuation alone cannot be searched for. The index and the search
 * both use this file, so they cannot disagree.
 */
import { lazyPattern } from '../../domain/lazy.ts';

/** Fewest characters (code points) that the trigram index can find. */
const trigramLength = 3;

/** Letters, marks and digits; `+` and `#` may follow, as in `c#`. */
const run = lazyPattern(String.raw`[\p{L}\p{M}\p{N}]+[+#]*`, 'gu');

/** A character of a script where a word can start anywhere. */
const dense = lazyPattern(
  String.raw`[[\p{L}\p{M}\p{N}]&&[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Hang}\p{scx=Yiii}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}\p{scx=Java}\p{scx=Bali}]]`,
  'v',
);

const symbol = lazyPattern(String.raw`[\p{S}--\p{ASCII}]`, 'gv');

/** Whether a folded term is too short for the trigram index. */
export function isShort(term: string): boolean {
  return term.length < trigramLength || (term.length < 2 * trigramLength && Array.from(term).length < trigramLength);
}

/** The grams of a folded text, each once. A text matches a short term when it has all grams of the term. */
export function textGrams(text: string): ReadonlySet<string> {
  const grams = new Set<string>();
  const mayBeDense = dense().test(text);
  // Each text once is a third of its runs; `match` gives them at a third of what `matchAll` costs.
  for (const found of new Set(text.match(run()))) {
    if (found.length < trigramLength || (mayBeDense && dense().test(found))) addRun(grams, found);
  }
  for (const found of text.match(symbol()) ?? []) grams.add(found);
  return grams;
}

function addRun(grams: Set<string>, run: string): void {
  let word: string[] = [];
  let before: { readonly character: string; readonly isDense: boolean } | undefined;
  for (const character of run) {
    const isDense = dense().test(character);
    if (isDense) grams.add(character);
    if (before !== undefined && (isDense || before.isDense)) grams.add(before.character + character);
    if (isDense) {
      addShortWord(grams, word);
      word = [];
    } else {
      word.push(character);
    }
    before = { character, isDense };
  }
  addShortWord(grams, word);
}

function addShortWord(grams: Set<string>, word: readonly string[]): void {
  if (word.length > 0 && word.length < trigramLength) grams.add(word.join(''));
}

/** The grams that a text must have to match a short term; none when the term is punctuation only. */
export function termGrams(term: string): readonly string[] {
  const grams = textGrams(term);
  // A pair implies its single characters.
  return grams.has(term) ? [term] : [...grams].sort();
}

/** Whether a folded term has anything that an index can find. */
export function isSearchable(term: string): boolean {
  return isShort(term) ? termGrams(term).length > 0 : true;
}

/**
 * Words, by which a term that is part of one is found: a term of letters, marks and digits lies inside one word wherever it
 * occurs, so a text has the term if and only if it has one of the words that the term is part of.
 *
 * Which words those are is looked up among parts: every word is kept turned to begin at each of its characters
 * (`terside+wa`), so that the words which hold `side` are the range of parts that begin with it.
 * @see https://nlp.stanford.edu/IR-book/html/htmledition/permuterm-indexes-1.html
 */
import { lazyPattern } from '../../domain/lazy-pattern.ts';

/** Characters of scripts where a word can start anywhere; they end a word, or whole sentences would be one. */
const denseClass = String.raw`[[\p{L}\p{M}\p{N}]&&[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Hang}\p{scx=Yiii}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}\p{scx=Java}\p{scx=Bali}]]`;
const wordClass = String.raw`[[\p{L}\p{M}\p{N}]--${denseClass}]`;

/** Whether there is such a character in a text. */
export const dense = lazyPattern(denseClass, 'v');
const word = lazyPattern(`${wordClass}+`, 'gv');
const wordOnly = lazyPattern(`^${wordClass}+$`, 'v');

/** Fewest characters (code points) of a word and of a term: terms of three are one trigram, which costs as little. */
const minLength = 4;

/** The longest term that is looked for by words. No word of any language is much longer. */
const maxTermLength = 24;

/**
 * What is longer than a word is data in letters, maybe a hundred thousand of them. It is kept as overlapping pieces, which
 * begin so many characters apart and go on for a longest term after that: the term lies inside one of them.
 */
const pieceStep = 8;
const pieceLength = maxTermLength + pieceStep;

/**
 * The token of a text that holds too much data in letters to be indexed by words. No text has it or `nowhere` for another
 * reason: whatever holds a plus or a hash holds something else, or is shorter.
 */
export const tooMany = '+++';
export const nowhere = '###';

/** The words of a folded text, of any length, and where each begins. */
export function wordPlaces(text: string): readonly { readonly text: string; readonly at: number }[] {
  return Array.from(text.matchAll(word()), ({ 0: found, index }) => ({ text: found, at: index }));
}

/** Adds the words of a folded text without spaces, each no longer than a piece. */
export function addWords(words: Set<string>, text: string): void {
  for (const [found] of text.matchAll(word())) addWord(words, found);
}

/** Adds one word, given as it is: letters, marks and digits, none of them `dense`. */
export function addWord(words: Set<string>, text: string): void {
  if (text.length < pieceLength) {
    if (isLong(text)) words.add(text);
    return;
  }
  const characters = Array.from(text);
  let at = 0;
  for (; characters.length - at >= pieceLength; at += pieceStep) {
    words.add(characters.slice(at, at + pieceLength).join(''));
  }
  words.add(characters.slice(at).join(''));
}

function isLong(text: string): boolean {
  return text.length >= 2 * minLength || (text.length >= minLength && Array.from(text).length >= minLength);
}

/** Whether a folded term lies inside one word wherever it occurs, and can be looked up among parts. */
export function isInsideWords(term: string): boolean {
  return term.length <= maxTermLength && isLong(term) && wordOnly().test(term);
}

/** The parts under which a word is kept. A piece that another follows has what begins before that one. */
export function partsOf(word: string): readonly string[] {
  const characters = Array.from(word);
  const count = characters.length < pieceLength ? characters.length - minLength + 1 : pieceStep;
  return Array.from(
    { length: count },
    (_, at) => `${characters.slice(at).join('')}+${characters.slice(0, at).join('')}`,
  );
}

/** The word that a part is of. */
export function wordOf(part: string): string {
  const end = part.indexOf('+');
  return part.slice(end + 1) + part.slice(0, end);
}

/** The range of the parts that begin with a term: from the first to before the second, in the order of their bytes. */
export function partsBeginningWith(term: string): readonly [string, string] {
  return [term, `${term}\u{10ffff}`];
}

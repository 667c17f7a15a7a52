/**
 * The words in a phrase: whatever has the phrase has each of them, or a longer one at the phrase's ends. A phrase is found by
 * walking the lists of all its trigrams, which are long; one seldom word in it says which few entries to look at.
 */
import type { TextTerm } from './query.ts';
import { isInsideWords, wordPlaces } from './words.ts';

/** A word of a phrase. At an end of the phrase it may go on beyond it. */
export interface PhraseWord {
  readonly text: string;
  readonly isBegun: boolean;
  readonly isEnded: boolean;
}

/** The words of a folded phrase that can be looked for; none of a term that is one word by itself. */
export function wordsOfPhrase({ text }: TextTerm): readonly PhraseWord[] {
  return wordPlaces(text)
    .map(({ text: word, at }) => ({ text: word, isBegun: at > 0, isEnded: at + word.length < text.length }))
    .filter((word) => (word.isBegun || word.isEnded) && isInsideWords(word.text));
}

/** Whether a word of the archive can be this word of a phrase. */
export function canBe({ text, isBegun, isEnded }: PhraseWord, word: string): boolean {
  return (!isBegun || word.startsWith(text)) && (!isEnded || word.endsWith(text));
}

/**
 * Makes prose whose words and letters are as unevenly common as in real text, on which the cost of an index depends.
 * Deterministic.
 */
import { createRandom } from '../random.ts';

/** The commonest words of English: half of any text is made of them. */
const common = (
  'the of and to in a is that for it was on are as with be by at this had not but from or have an they which one you were all ' +
  'her she there would their we him been has when who will no more if out so up said what its about than into them can only other ' +
  'time new some could these two may first then do any like my now over such our man me even most made after also did many off ' +
  'before must well back through years much where your way down should because long each just state people those too mr how little ' +
  'good world make very year still see own work men day get here old life both between being under three never know same last another ' +
  'while us might great go come since against right came take used himself few house use place during high without again home around ' +
  'small however found mrs part school thought went say general once upon war every left got united number does course until always ' +
  'away public something fact less though far put head think set called almost enough end took government night yet system better'
).split(' ');

const onsets = 'b br c ch cl d f g gr h l m n p pr r s st t tr v w'.split(' ').concat('');
const vowels = 'e a i o u ea ou io ai e a'.split(' ');
const codas = ' n r s t l nd st ng nt d  m ct'.split(' ');
const endings = '   s ed ing er ly tion ment ness'.split(' ');

/** Words and, for Chinese, characters that occur at all. */
const words = 20_000;
const characters = 2500;

const seed = 20_260_101;

/** A word that about one entry in two hundred holds, another for each `turn` up to ten thousand. */
export function rareWord(turn: number): string {
  rareWords ??= makeVocabulary(createRandom(seed)).slice(words / 2);
  return rareWords[turn % rareWords.length] ?? '';
}

let rareWords: readonly string[] | undefined;

/** Words, the commonest first. */
function makeVocabulary(random: () => number): readonly string[] {
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  const makeWord = (): string => {
    const syllables = Array.from(
      { length: 1 + Math.floor(random() * 3) },
      () => pick(onsets) + pick(vowels) + pick(codas),
    );
    return syllables.join('') + pick(endings);
  };
  return [...common, ...Array.from({ length: words - common.length }, makeWord)];
}

/** Returns a function that writes the given number of bytes of prose, in English or Chinese. */
export function createProse(): (bytes: number, isChinese: boolean) => string {
  const random = createRandom(seed);
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  const vocabulary = makeVocabulary(random);
  const hanzi = Array.from({ length: characters }, (_, rank) =>
    String.fromCodePoint(0x4e00 + ((rank * 7919) % 20_000)),
  );
  const nextWord = createZipf(vocabulary, random);
  const nextHanzi = createZipf(hanzi, random);
  return (bytes, isChinese) => {
    const parts: string[] = [];
    for (let written = 0; written < bytes; ) {
      const part = isChinese ? nextHanzi() : nextWord();
      const end = random() < (isChinese ? 0.05 : 0.07) ? pick(isChinese ? ['，', '。'] : [',', '.', ',']) : '';
      parts.push(part + end + (isChinese ? '' : ' '));
      written += isChinese ? 3 + end.length * 3 : part.length + end.length + 1;
    }
    return parts.join('').trim();
  };
}

/** Draws values so that the one of rank `r` comes about `1 / r` as often as the first. */
function createZipf(values: readonly string[], random: () => number): () => string {
  let sum = 0;
  const sums = values.map((_, rank) => (sum += 1 / (rank + 2.7)));
  return () => {
    const drawn = random() * sum;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < drawn) low = middle + 1;
      else high = middle;
    }
    return values[low] ?? '';
  };
}

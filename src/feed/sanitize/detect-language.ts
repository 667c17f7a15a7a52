/**
 * Detects the language of a text from its script, its letters and its most frequent words; unknown when they do not
 * decide.
 *
 * It is our own and small: of the libraries measured, the one under 60 KB took Ukrainian for Russian, Persian for Arabic
 * and Vietnamese for Portuguese with full confidence (ADR 9 has the numbers), and 250 KB is too much for a Worker.
 */
import { arabicLetters, cyrillicLetters, functionWords, latinLetters, scriptLanguages } from './language-words.ts';

/** How much of a text is read. Unit: UTF-16 units. */
const examined = 2000;

/** Fewest letters of an alphabet, and fewest characters of scripts whose single characters are words. */
const fewestLetters = 20;
const fewestIdeographs = 6;

/** How many letters of an alphabet one character of these scripts says as much as, where scripts are mixed. */
const lettersOfOne: Readonly<Record<string, number>> = { han: 3, kana: 3 };

/** The BCP 47 tag of the text's language (primary tag only), or `undefined` when it is not certain. */
export function detectLanguage(text: string): string | undefined {
  const sample = text
    .slice(0, examined)
    .replace(/https?:[!-~]+/g, ' ')
    .toLowerCase()
    .normalize('NFC');
  const counts = countScripts(sample);
  const shares = [...counts].map(([name, each]) => [name, each * (lettersOfOne[name] ?? 1)] as const);
  const [script, share] = shares.reduce((most, next) => (next[1] > most[1] ? next : most), ['', 0]);
  const count = counts.get(script) ?? 0;
  const whole = shares.reduce((sum, [, each]) => sum + each, 0);
  if (share < whole * 0.5) return counts.get('kana') ? japaneseOrNothing(counts, whole) : undefined;
  switch (script) {
    case 'han':
    case 'kana':
      return count < fewestIdeographs ? undefined : japaneseOrChinese(counts);
    case 'latin':
      return detectLatin(sample);
    case 'cyrillic':
      return count < fewestLetters ? undefined : mostOf(cyrillicLetters, sample, 'ru');
    case 'arabic':
      return count < fewestLetters ? undefined : mostOf(arabicLetters, sample, 'ar');
    default:
      return count < fewestIdeographs ? undefined : script;
  }
}

function countScripts(sample: string): Map<string, number> {
  const basic = sample.match(/[a-z]+/g) ?? [];
  // Most texts hardly have other letters: looking for scripts among those only takes a fifth of the time.
  const foreign = sample.replace(/[\0-\x7f]+/g, '');
  const count = (pattern: RegExp) => foreign.match(pattern)?.length ?? 0;
  const counts = new Map<string, number>([
    ['latin', basic.reduce((sum, { length }) => sum + length, count(/\p{Script=Latin}/gu))],
    ['cyrillic', count(/\p{Script=Cyrillic}/gu)],
    ['arabic', count(/\p{Script=Arabic}/gu)],
    ['han', count(/\p{Script=Han}/gu)],
    ['kana', count(/[\u3041-\u309F\u30A1-\u30FA]/g)],
  ]);
  const [latin = 0, cyrillic = 0] = [counts.get('latin'), counts.get('cyrillic')];
  // Pages in Latin and Cyrillic, most of all, need no look at the rarer scripts.
  if (latin + cyrillic > sample.length / 2) return counts;
  for (const [language, script] of scriptLanguages) counts.set(language, count(script));
  return counts;
}

/** Japanese is Han with kana between; a tenth of kana is more than Chinese ever quotes. */
function japaneseOrChinese(counts: ReadonlyMap<string, number>): string {
  const [han = 0, kana = 0] = [counts.get('han'), counts.get('kana')];
  return kana * 10 >= han ? 'ja' : 'zh';
}

function japaneseOrNothing(counts: ReadonlyMap<string, number>, whole: number): string | undefined {
  const [han = 0, kana = 0] = [counts.get('han'), counts.get('kana')];
  return (han + kana) * 3 > whole * 0.5 && kana >= fewestIdeographs ? 'ja' : undefined;
}

/** The language whose typical letters occur most, and often enough to be no quotation. */
function mostOf(table: readonly (readonly [string, RegExp])[], sample: string, fallback: string): string {
  let best = { language: fallback, count: Math.max(1, sample.length / 200) };
  for (const [language, letters] of table) {
    const count = sample.match(letters)?.length ?? 0;
    if (count > best.count) best = { language, count };
  }
  return best.language;
}

const languagesOf = new Map<string, string[]>();

function detectLatin(sample: string): string | undefined {
  if (languagesOf.size === 0) {
    for (const [language, words] of Object.entries(functionWords)) {
      for (const word of new Set(words.split(' '))) languagesOf.set(word, [...(languagesOf.get(word) ?? []), language]);
    }
  }
  const words = sample.match(/\p{L}+/gu) ?? [];
  const scores = new Map<string, number>();
  for (const word of words) {
    const languages = languagesOf.get(word) ?? [];
    // Single letters are words of some languages, and names of things in all.
    const weight = word.length === 1 ? 0.5 : 1;
    // A word of one language counts more than a word of five.
    for (const language of languages)
      scores.set(language, (scores.get(language) ?? 0) + weight / Math.sqrt(languages.length));
  }
  for (const [language, letters] of latinLetters) {
    const count = sample.match(letters)?.length ?? 0;
    const score = scores.get(language);
    if (score !== undefined && count > 0) scores.set(language, score + Math.min(count / 2, score + 1));
  }
  const [first, second] = [...scores].sort((left, right) => right[1] - left[1]);
  if (first === undefined || words.length < 5) return undefined;
  const isClear = first[1] >= 1.15 * (second?.[1] ?? 0);
  return isClear && first[1] >= 1.5 && first[1] >= words.length * 0.1 ? first[0] : undefined;
}

/**
 * Lists the encodings that the guesser tries, each with a measure of how likely a decoded text is.
 *
 * A weight is about -1 (gibberish) to 1 (ordinary prose), averaged over the characters above ASCII.
 */

/** An encoding and how to weigh text decoded with it. `runLength` is the mean number of adjoining high bytes. */
export interface Candidate {
  readonly encoding: string;
  readonly weigh: (text: string, runLength: number) => number;
}

/** Characters every page of the language has. Facts of frequency lists, shortened. */
const common = {
  simplified:
    '的一是不了在人有我他这中大来上国和地到时们年个新说你会出也对生能子那得为要自下可以后家发学过成经多动同工行方定作分面开本所没进前于长部关公司主业日',
  traditional:
    '的一是不了在人有我他這中大來上國和地到時們年個新說你會出也對生能子那得為要自下可以後家發學過成經多動同工行方定作分面開本所沒進前於長部關公司主業日並文',
  korean: '이다는에의을가한고지사하로기은리자도서를어시인대나정해아그보수있으게주일부전상제스만여원',
  cyrillic: 'оеаинтсрвлкмдпуяыьзбгйчжхюшцщ',
  greek: 'αοιετνσηρπκμλςυίόάέώήδγχωύθφβξζψ',
  hebrew: 'יוהלאמתרבשנעםדחקפגצכזטסךןףץ',
  arabic: 'المينوترتبعدكسقفهحةجشصطخذءضغئأىزثظإآؤ',
  thai: 'านรอกเงมยลวดทสตะปบคหแจพชขใไโผซถศธภฟณ่้ัิีืุูำ็์',
} as const;

const rareHan = /[\u3400-\u4DBF\uE000-\uF8FF\u2E80-\u2FDF]/;

/** Averages a judgement over the characters above ASCII. U+FFFD, controls and private use weigh heavily against. */
function average(text: string, judge: (character: string) => number): number {
  let sum = 0;
  let count = 0;
  for (const character of text) {
    if (character < '\u0080') continue;
    count += 1;
    if (character === '\uFFFD' || (character >= '\uE000' && character <= '\uF8FF')) sum -= 4;
    else if (character < '\u00A0') sum -= 2;
    else sum += judge(character);
  }
  return count === 0 ? 0 : sum / count;
}

function isHan(character: string): boolean {
  return character >= '\u4E00' && character <= '\u9FFF';
}

function isIdeographicPunctuation(character: string): boolean {
  return (character >= '\u3000' && character <= '\u303F') || (character >= '\uFF01' && character <= '\uFF5E');
}

function weighChinese(frequent: string, text: string, wellKnown: (character: string) => boolean): number {
  return average(text, (character) => {
    if (frequent.includes(character)) return 1.6;
    if (isHan(character)) return wellKnown(character) ? 0.72 : -0.3;
    if (isIdeographicPunctuation(character) || '“”‘’…—·《》'.includes(character)) return 0.7;
    return rareHan.test(character) ? -1 : -0.6;
  });
}

function weighJapanese(text: string): number {
  return average(text, (character) => {
    if (character >= '\u3041' && character <= '\u3096') return 1.2;
    if (character >= '\u30A1' && character <= '\u30FC') return 1;
    if (isHan(character)) return 0.4;
    if (character >= '\uFF61' && character <= '\uFF9F') return -0.5;
    return isIdeographicPunctuation(character) || character === '…' ? 0.7 : -0.6;
  });
}

function weighKorean(text: string): number {
  return average(text, (character) => {
    if (common.korean.includes(character)) return 1.6;
    if (character >= '\uAC00' && character <= '\uD7A3') return 0.74;
    if (isHan(character)) return -0.3;
    return isIdeographicPunctuation(character) || '“”‘’…·'.includes(character) ? 0.4 : -0.6;
  });
}

/** An alphabet of its own: letters in runs, lower case after lower case, the common ones commonest. */
function weighAlphabet(frequent: string, isLetter: RegExp, text: string, runLength: number): number {
  if (runLength < 2) return -1;
  let previous = '';
  return average(text, (character) => {
    const before = previous;
    previous = character;
    const position = frequent.indexOf(character);
    if (position >= 0) return position < frequent.length / 2 ? 1.1 : 0.7;
    if (!isLetter.test(character)) return '«»“”‘’„…–—№'.includes(character) ? 0.3 : -0.8;
    // A capital inside a word shows that KOI8 was read as windows-1251, or the other way round.
    return frequent.includes(before) ? -1 : 0.4;
  });
}

/** Level 1 of GB 2312: the 3,755 characters of ordinary text, rows 0xB0 to 0xD7. */
const isLevelOne = createRowTest('gbk', 0xb0, 0xd7);

/** The first plane of Big5: the 5,401 characters of ordinary text, rows 0xA4 to 0xC6. */
const isPlaneOne = createRowTest('big5', 0xa4, 0xc6);

/** Tells the characters of some rows of a double-byte encoding. Built on first use: most isolates never need it. */
function createRowTest(encoding: string, firstRow: number, lastRow: number): (character: string) => boolean {
  let members: Set<string> | undefined;
  return (character) => {
    if (members === undefined) {
      const bytes: number[] = [];
      for (let lead = firstRow; lead <= lastRow; lead += 1) {
        if (encoding === 'big5') for (let trail = 0x40; trail <= 0x7e; trail += 1) bytes.push(lead, trail);
        for (let trail = 0xa1; trail <= 0xfe; trail += 1) bytes.push(lead, trail);
      }
      members = new Set(new TextDecoder(encoding).decode(Uint8Array.from(bytes)));
    }
    return members.has(character);
  };
}

const cyrillicLetter = /[\u0400-\u04FF]/;

/** In order of preference among equals. */
export const candidates: readonly Candidate[] = [
  { encoding: 'shift_jis', weigh: weighJapanese },
  { encoding: 'euc-jp', weigh: weighJapanese },
  { encoding: 'euc-kr', weigh: weighKorean },
  { encoding: 'gbk', weigh: (text) => weighChinese(common.simplified, text, isLevelOne) },
  { encoding: 'big5', weigh: (text) => weighChinese(common.traditional, text, isPlaneOne) },
  { encoding: 'windows-1251', weigh: (text, run) => weighAlphabet(common.cyrillic, cyrillicLetter, text, run) },
  { encoding: 'koi8-r', weigh: (text, run) => weighAlphabet(common.cyrillic, cyrillicLetter, text, run) },
  { encoding: 'iso-8859-5', weigh: (text, run) => weighAlphabet(common.cyrillic, cyrillicLetter, text, run) },
  { encoding: 'ibm866', weigh: (text, run) => weighAlphabet(common.cyrillic, cyrillicLetter, text, run) },
  { encoding: 'windows-1253', weigh: (text, run) => weighAlphabet(common.greek, /[\u0370-\u03FF]/, text, run) },
  { encoding: 'windows-1255', weigh: (text, run) => weighAlphabet(common.hebrew, /[\u0590-\u05FF]/, text, run) },
  { encoding: 'windows-1256', weigh: (text, run) => weighAlphabet(common.arabic, /[\u0600-\u06FF]/, text, run) },
  { encoding: 'windows-874', weigh: (text, run) => weighAlphabet(common.thai, /[\u0E00-\u0E7F]/, text, run) },
];

/** The legacy encoding web pages in a language came in, from the Encoding Standard's table of locale defaults. */
const byLanguage: Readonly<Record<string, string>> = {
  ar: 'windows-1256',
  be: 'windows-1251',
  bg: 'windows-1251',
  cs: 'windows-1250',
  el: 'windows-1253',
  et: 'windows-1257',
  fa: 'windows-1256',
  he: 'windows-1255',
  hr: 'windows-1250',
  hu: 'windows-1250',
  ja: 'shift_jis',
  ko: 'euc-kr',
  lt: 'windows-1257',
  lv: 'windows-1257',
  mk: 'windows-1251',
  pl: 'windows-1250',
  ro: 'windows-1250',
  ru: 'windows-1251',
  sk: 'windows-1250',
  sl: 'windows-1250',
  sr: 'windows-1251',
  th: 'windows-874',
  tr: 'windows-1254',
  uk: 'windows-1251',
  vi: 'windows-1258',
  zh: 'gbk',
  'zh-hk': 'big5',
  'zh-tw': 'big5',
};

/** The encoding to expect of an undeclared document in `language` (lower case BCP 47). */
export function encodingOfLanguage(language: string | undefined): string | undefined {
  if (language === undefined) return undefined;
  return byLanguage[language] ?? byLanguage[language.split('-')[0] ?? ''];
}

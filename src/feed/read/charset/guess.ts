/**
 * Guesses an encoding that is undeclared or wrongly declared, and is neither UTF-8 nor recognisable by its first bytes.
 *
 * Each candidate decodes a sample; its text is weighed by how common its characters are in the languages of the encoding.
 * It is small on purpose: it tells scripts apart, but not Latin-1 from Latin-2, where windows-1252 is the default unless
 * the document names its language.
 */
import { candidates, encodingOfLanguage } from './candidates.ts';

/** A guess and how far it can be trusted: `strong` may overrule a declaration of a Latin encoding. */
export interface Guess {
  readonly encoding: string;
  readonly strong: boolean;
}

/** How much non-ASCII is examined. Unit: bytes; a few hundred characters are enough. */
const sampleBytes = 8192;

/** Mean number of adjoining high bytes below which text is Latin: every other script has words of them. */
const latinRunLength = 1.8;

/** Weighs the candidates; `language` is the document's own declaration and breaks ties. */
export function guessEncoding(bytes: Uint8Array, language: string | undefined): Guess {
  if (looksLikeIso2022Jp(bytes)) return { encoding: 'iso-2022-jp', strong: true };
  const sample = takeSample(bytes);
  const claimed = encodingOfLanguage(language);
  if (sample.runLength < latinRunLength) return { encoding: claimed ?? 'windows-1252', strong: false };
  let best = { encoding: claimed ?? 'windows-1252', weight: 0 };
  for (const candidate of candidates) {
    const text = new TextDecoder(candidate.encoding).decode(sample.bytes);
    const bonus = candidate.encoding === claimed ? 0.15 : 0;
    const weight = candidate.weigh(text, sample.runLength) + bonus;
    if (weight > best.weight && weight >= 0.5) best = { encoding: candidate.encoding, weight };
  }
  return { encoding: best.encoding, strong: best.weight >= 0.8 && sample.high >= 16 };
}

/** ESC $ and ESC ( are how ISO-2022-JP changes character sets; no other text has them. */
function looksLikeIso2022Jp(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x1b); at !== -1 && at + 2 < bytes.length; at = bytes.indexOf(0x1b, at + 1)) {
    const [first, second] = [bytes[at + 1], bytes[at + 2]];
    if (first === 0x24 && (second === 0x40 || second === 0x42)) return true;
  }
  return false;
}

/**
 * The stretches around bytes above 0x7F, with how long such runs are on average: long in scripts of their own, one
 * or two in Latin text. A run lasts while non-ASCII follows, the low second bytes of Shift_JIS and Big5 included.
 */
function takeSample(bytes: Uint8Array): { bytes: Uint8Array; runLength: number; high: number } {
  const out = new Uint8Array(sampleBytes);
  let length = 0;
  let runs = 0;
  let high = 0;
  let inRun = false;
  for (let at = 0; at < bytes.length && length < sampleBytes - 2; at += 1) {
    const byte = bytes[at] ?? 0;
    const isHigh = byte >= 0x80;
    if (isHigh) high += 1;
    if (isHigh && !inRun) runs += 1;
    const isTrail: boolean = inRun && byte >= 0x30 && byte < 0x7f && (bytes[at - 1] ?? 0) >= 0x80;
    if (isHigh || isTrail) {
      out[length] = byte;
      length += 1;
    } else if (inRun) {
      out[length] = 0x20;
      length += 1;
    }
    inRun = isHigh || isTrail;
  }
  return { bytes: out.subarray(0, length), runLength: runs === 0 ? 0 : high / runs, high };
}

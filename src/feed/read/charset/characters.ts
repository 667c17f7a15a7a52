/**
 * Repairs characters that no publisher meant: C1 controls that are windows-1252 bytes, UTF-8 read as Latin-1, illegal
 * controls.
 *
 * It works on decoded text: the decoder repairs faults that the bytes show, this file those that only the characters
 * show.
 * @see https://www.w3.org/TR/xml/#charsets
 */
import { windows1252 } from './windows-1252-repair.ts';

const suspicious = /[[\p{Cc}\ufffe\uffff]--[\t\n\r]]/v;
const illegal = /[[\p{Cc}\ufffe\uffff]--[\t\n\r\x80-\x9f]]/gv;
const c1 = /[\x80-\x9f]/g;
/** UTF-8 sequences of two to four bytes, each byte taken for a character. */
const readAsLatin1 = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g;

const utf8 = new TextDecoder();

function decodeAsUtf8(sequence: string): string {
  const bytes = new Uint8Array(sequence.length);
  for (let i = 0; i < sequence.length; i++) bytes[i] = sequence.charCodeAt(i);
  const text = utf8.decode(bytes);
  return text.includes('\ufffd') ? sequence : text;
}

/** The controls XML forbids. DEL and C1 it allows: the decoder has repaired those that are bytes of windows-1252. */
const forbidden = /[\p{Cc}--[\t\n\r\x7f-\x9f]]/v;

/** Whether a whole document has characters that XML forbids; half the cost of testing for everything that is repaired. */
export function hasForbiddenCharacters(text: string): boolean {
  return forbidden.test(text) || text.includes('\ufffe') || text.includes('\uffff');
}

/** Tells whether `repairCharacters` would change a short text. */
export function hasWrongCharacters(text: string): boolean {
  return suspicious.test(text);
}

/** Repairs text that `hasWrongCharacters`: readable characters are repaired, the others (which XML forbids) are dropped. */
export function repairCharacters(text: string): string {
  // UTF-8 read as Latin-1 is repaired only where a C1 control proves it: "Ã©" alone may be intended.
  const read = c1.test(text) ? text.replace(readAsLatin1, decodeAsUtf8) : text;
  c1.lastIndex = 0;
  return read
    .replace(c1, (control) => {
      const char = windows1252(control.charCodeAt(0));
      return char === control ? '' : char;
    })
    .replace(illegal, '');
}

/** Characters that show nothing: white space, formats such as U+200B, and letters that are drawn as a blank. */
const blank = /^(?:[\p{Z}\p{Cc}\p{Cf}\u115f\u1160\u2800\u3164\uffa0]|\u034f|\u17b4|\u17b5|[\ufe00-\ufe0f])*$/u;

/** Whether a text has no visible character. */
export function isBlank(text: string): boolean {
  return text === '' || blank.test(text);
}

/** A byte of a UTF-8 sequence that was taken for a character of windows-1252 or Latin-1, behind one that begins a sequence. */
const doubled =
  /[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122\u20ac]/;
const byteOf = new Map(Array.from({ length: 0x20 }, (_, index) => [windows1252(0x80 + index), 0x80 + index]));
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Undoes UTF-8 that was encoded twice (`CafÃ©`): the whole text or nothing, so that no text is half repaired. */
export function undoDoubleUtf8(text: string): string {
  if (!doubled.test(text)) return text;
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const byte = unit < 0x100 ? unit : byteOf.get(text.charAt(at));
    if (byte === undefined) return text;
    bytes[at] = byte;
  }
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return text;
  }
}

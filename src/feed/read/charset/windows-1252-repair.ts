/**
 * Windows-1252 that passed for something else: C1 control characters in decoded text, and UTF-8 decoded twice.
 *
 * Nobody writes C1 controls in a feed; they are quotes and dashes whose byte was taken for a character number.
 */

/** Characters of the bytes 0x80 to 0x9F; the five that windows-1252 leaves open stay controls. */
const c1 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/** The character of one byte in windows-1252. */
export function windows1252(byte: number): string {
  return byte >= 0x80 && byte < 0xa0 ? c1.charAt(byte - 0x80) : String.fromCharCode(byte);
}

/** Replaces C1 controls by the characters that were meant. */
export function repairControls(text: string): string {
  // oxlint-disable-next-line no-control-regex -- the controls are the point
  return text.replace(/[\u0080-\u009f]/g, (control) => windows1252(control.charCodeAt(0)));
}

/** True when the text holds C1 controls that windows-1252 has characters for. */
export function hasMislabelledControls(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- the controls are the point
  return /[\u0080\u0082-\u008c\u008e\u0091-\u009c\u009e\u009f]/.test(text);
}

/** True when well-formed UTF-8 holds U+0080 to U+009F: asked of the bytes, it costs a tenth of asking the text. */
export function hasControlBytes(utf8: Uint8Array): boolean {
  for (let at = utf8.indexOf(0xc2); at !== -1; at = utf8.indexOf(0xc2, at + 1)) {
    if ((utf8[at + 1] ?? 0xff) < 0xa0) return true;
  }
  return false;
}

/** Byte of each character that windows-1252 has above ASCII. */
const byteOf = new Map<string, number>();
for (let byte = 0x80; byte <= 0xff; byte += 1) {
  byteOf.set(windows1252(byte), byte);
  byteOf.set(String.fromCharCode(byte), byte);
}

/** Longest text examined for double encoding. Unit: UTF-16 units; longer ones are checked by their start. */
const examined = 100_000;

/**
 * Undoes UTF-8 that was taken for windows-1252 and encoded again (`â€¦` for `…`).
 *
 * Only when it is beyond doubt: every character above ASCII is one byte in windows-1252 and together they are
 * well-formed UTF-8. Anything else comes back as it went in.
 */
export function repairDoubleEncoding(text: string): string {
  if (!/[\u00c2-\u00f4]/.test(text) || text.length > examined) return text;
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const byte = unit < 0x80 ? unit : byteOf.get(text.charAt(at));
    if (byte === undefined) return text;
    bytes[at] = byte;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return text;
  }
}

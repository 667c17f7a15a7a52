/**
 * Replaces C1 control characters in decoded text by the windows-1252 characters that were meant.
 *
 * Publishers do not write C1 controls; these are quotes and dashes whose byte was taken for a character number.
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

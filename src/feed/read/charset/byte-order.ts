/**
 * Recognises encodings by byte order marks, and by the zero bytes of UTF-16 and UTF-32.
 *
 * A feed begins with `<`, `{`, or whitespace, so its first four bytes decide (XML 1.0 appendix F.1). UTF-32 is decoded
 * here by hand: the Encoding Standard has dropped it, but test suites of publishers still have it.
 */

/** An encoding found by the first bytes, and the length of its mark. */
export interface Announced {
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';
  readonly markBytes: number;
}

/** The encoding that the first four bytes prove; `undefined` for encodings that look like ASCII. */
export function readByteOrder(bytes: Uint8Array): Announced | undefined {
  const [a = 1, b = 1, c = 1, d = 1] = bytes;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { encoding: 'utf-32le', markBytes: 4 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: 'utf-32be', markBytes: 4 };
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', markBytes: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
  if (a !== 0 && b === 0 && c === 0 && d === 0) return { encoding: 'utf-32le', markBytes: 0 };
  if (a === 0 && b === 0 && c === 0 && d !== 0) return { encoding: 'utf-32be', markBytes: 0 };
  if (a !== 0 && b === 0 && c !== 0) return { encoding: 'utf-16le', markBytes: 0 };
  if (a === 0 && b !== 0 && c === 0) return { encoding: 'utf-16be', markBytes: 0 };
  return undefined;
}

/** Decodes UTF-32; values that are no scalar value become U+FFFD. */
export function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  let units: number[] = [];
  for (let at = 0; at + 3 < bytes.length; at += 4) {
    const point = view.getUint32(at, littleEndian);
    units.push(point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? 0xfffd : point);
    if (units.length === 4096) {
      parts.push(String.fromCodePoint(...units));
      units = [];
    }
  }
  parts.push(String.fromCodePoint(...units));
  return parts.join('');
}

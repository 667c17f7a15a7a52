/**
 * Joins compressed pieces into one gzip member without compressing anything again.
 *
 * A piece is raw deflate that ends with a sync flush, so pieces can follow each other; the CRC of the whole is combined from
 * the CRCs of the pieces. Joining 66 pieces of 252 KB takes about 0.05 ms, compressing them 2 to 4 ms (ADR 16).
 * @see RFC 1951 (deflate) section 3.2.4 (stored blocks), RFC 1952 (gzip) section 2.3
 */

/** A compressed part of a document: raw deflate without a final block, ending at a byte. */
export interface Piece {
  readonly bytes: Uint8Array;
  /** CRC-32 of the plain bytes. */
  readonly crc: number;
  /** `powerOfX` of the length: combining 66 CRCs without it costs a cold isolate a millisecond. */
  readonly power: number;
  /** Length of the plain bytes. */
  readonly plainLength: number;
}

/** A short part that is not compressed: an isolate that serves feeds need not load a compressor (5 ms). */
export interface StoredText {
  readonly bytes: Uint8Array;
  readonly plain: Uint8Array;
}

/** Magic, deflate, no flags, no time, no extra flags, unknown system. */
const gzipHeader = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/** An empty block of fixed codes with the final bit. */
const finalBlock = [3, 0];

/** CRC and length of the plain bytes. */
const trailerLength = 8;

/** Most that one stored block holds. Bytes. */
const storedBlockBytes = 65_535;

const encoder = new TextEncoder();

/** One gzip member of these parts. */
export function joinGzip(parts: readonly (Piece | StoredText)[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, { bytes }) => sum + bytes.length, gzipHeader.length + finalBlock.length);
  const joined = new Uint8Array(length + trailerLength);
  joined.set(gzipHeader);
  let at = gzipHeader.length;
  let crc = 0;
  let plainLength = 0;
  for (const part of parts) {
    joined.set(part.bytes, at);
    at += part.bytes.length;
    crc = 'plain' in part ? crc32(part.plain, crc) : combineCrc(crc, part.crc, part.power);
    plainLength += 'plain' in part ? part.plain.length : part.plainLength;
  }
  joined.set(finalBlock, at);
  const view = new DataView(joined.buffer);
  view.setUint32(length, crc, true);
  view.setUint32(length + 4, plainLength, true);
  return joined;
}

/** Stores a text. */
export function storeText(text: string): StoredText {
  const plain = encoder.encode(text);
  const blocks = Math.ceil(plain.length / storedBlockBytes);
  const bytes = new Uint8Array(plain.length + blocks * 5);
  const view = new DataView(bytes.buffer);
  for (let block = 0, at = 0; block < blocks; block += 1) {
    const part = plain.subarray(block * storedBlockBytes, (block + 1) * storedBlockBytes);
    view.setUint16(at + 1, part.length, true);
    view.setUint16(at + 3, ~part.length & 0xffff, true);
    bytes.set(part, at + 5);
    at += 5 + part.length;
  }
  return { bytes, plain };
}

/** The reversed polynomial of CRC-32. */
const polynomial = 0xedb88320;

let crcTable: Uint32Array | undefined;

/** CRC-32 of bytes that follow others. @param before the CRC of those */
export function crc32(bytes: Uint8Array, before = 0): number {
  crcTable ??= Uint32Array.from({ length: 256 }, (_, start) => {
    let value = start;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    return value;
  });
  let crc = ~before;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** The CRC of two byte strings one after the other, from their CRCs: the method of zlib's `crc32_combine`. */
export function combineCrc(first: number, second: number, powerOfSecond: number): number {
  return (multiply(powerOfSecond, first) ^ second) >>> 0;
}

/** Product of two polynomials modulo the CRC's. */
function multiply(a: number, b: number): number {
  let product = 0;
  let factor = b;
  for (let bit = 0x80000000; bit !== 0; bit >>>= 1) {
    if (a & bit) product ^= factor;
    factor = factor & 1 ? (factor >>> 1) ^ polynomial : factor >>> 1;
  }
  return product;
}

/** x to the power of eight times `bytes`, modulo the CRC's polynomial. */
export function powerOfX(bytes: number): number {
  let power = 0x80000000;
  let square = 0x00800000;
  for (let rest = bytes; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) power = multiply(square, power);
    square = multiply(square, square);
  }
  return power >>> 0;
}

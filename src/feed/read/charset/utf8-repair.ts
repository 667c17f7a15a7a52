/**
 * Repairs UTF-8 with foreign bytes in it: reads UTF-8 as such, and each other byte as windows-1252.
 *
 * Aggregators, templates with a pasted quote, and truncated documents have such bytes. No byte becomes U+FFFD.
 */
import { windows1252 } from './windows-1252-repair.ts';

/** How much of a document is well-formed UTF-8 beyond ASCII. */
export interface Utf8Census {
  /** Well-formed sequences of two bytes and more. */
  readonly sequences: number;
  /** Bytes that belong to none. A sequence cut off by the end of the document does not count. */
  readonly strays: number;
}

/** Counts without decoding; one pass. */
export function takeUtf8Census(bytes: Uint8Array): Utf8Census {
  let sequences = 0;
  let strays = 0;
  for (let at = 0; at < bytes.length; ) {
    if ((bytes[at] ?? 0) < 0x80) {
      at += 1;
      continue;
    }
    const length = sequenceLength(bytes, at);
    if (length > 0) sequences += 1;
    else if (isCutOff(bytes, at)) break;
    else strays += 1;
    at += Math.max(length, 1);
  }
  return { sequences, strays };
}

/** Decodes, reading bytes outside well-formed sequences as windows-1252. Never U+FFFD, never throws. */
export function decodeMixedUtf8(bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const length = byte < 0x80 ? 1 : sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    if (at > from) parts.push(decoder.decode(bytes.subarray(from, at)));
    if (isCutOff(bytes, at)) return parts.join('');
    parts.push(windows1252(byte));
    at += 1;
    from = at;
  }
  if (from < bytes.length) parts.push(decoder.decode(bytes.subarray(from)));
  return parts.join('');
}

/** Length of the well-formed sequence of 2 to 4 bytes at `at`, else 0 (Unicode table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  if (lead < 0xc2 || lead > 0xf4 || !isContinuation(second)) return 0;
  if (lead < 0xe0) return 2;
  if (!isContinuation(bytes[at + 2] ?? 0)) return 0;
  if (lead < 0xf0) return (lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f) ? 0 : 3;
  if (!isContinuation(bytes[at + 3] ?? 0)) return 0;
  return (lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f) ? 0 : 4;
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte < 0xc0;
}

/** Whether the document ends inside the sequence that begins at `at`. */
function isCutOff(bytes: Uint8Array, at: number): boolean {
  const lead = bytes[at] ?? 0;
  const needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + needed <= bytes.length) return false;
  for (let next = at + 1; next < bytes.length; next += 1) if (!isContinuation(bytes[next] ?? 0)) return false;
  return true;
}

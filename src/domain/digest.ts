/**
 * Makes a cryptographic digest of text, for ids that a hostile publisher must not be able to collide.
 *
 * Synchronous, which Web Crypto is not: the pure floors need it. The runtime's own `node:crypto` would be faster per byte,
 * but costs every isolate 7 ms of its start (docs/adr/0002).
 */
import { sha256 } from '@noble/hashes/sha2.js';

const alphabet = '0123456789abcdefghijklmnopqrstuv';
const encoder = new TextEncoder();

/** SHA-256 of the UTF-8 text as 52 characters of lower-case base32hex. */
export function digest(text: string | Uint8Array): string {
  let out = '';
  let bits = 0;
  let held = 0;
  for (const byte of hash(text)) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += alphabet[(held >> bits) & 31];
    }
  }
  return bits > 0 ? out + alphabet[(held << (5 - bits)) & 31] : out;
}

/** SHA-256 of the text as CSP and Subresource Integrity write it: `sha256-` and base64. */
export function integrity(text: string): string {
  return `sha256-${btoa(String.fromCharCode(...hash(text)))}`;
}

function hash(text: string | Uint8Array): Uint8Array {
  return sha256(typeof text === 'string' ? encoder.encode(text) : text);
}

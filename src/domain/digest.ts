/**
 * A cryptographic digest of text, for ids that a hostile publisher must not be able to collide.
 *
 * Synchronous on purpose (Web Crypto is not): the pure floors need it. Native in Workers and in Node.
 */
import { createHash } from 'node:crypto';

const alphabet = '0123456789abcdefghijklmnopqrstuv';

/** SHA-256 of the UTF-8 text as 52 characters of lower-case base32hex. */
export function digest(text: string | Uint8Array): string {
  const bytes = createHash('sha256').update(text).digest();
  let out = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
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
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/**
 * Decoding of DOS and EBCDIC code pages: old feeds of old machines, and a mainframe or two.
 */
import { dosPages, ebcdicPages } from './code-page-tables.ts';

/** True for the names this file decodes (`ibm437`, `ibm037`, ...). */
export function isCodePage(encoding: string): boolean {
  return Object.hasOwn(dosPages, encoding) || Object.hasOwn(ebcdicPages, encoding);
}

/** Decodes with a page for which `isCodePage` is true; any other gives Latin-1. */
export function decodeCodePage(encoding: string, bytes: Uint8Array): string {
  const ebcdic = ebcdicPages[encoding];
  const upper = dosPages[encoding] ?? '';
  const table = Array.from({ length: 256 }, (_, byte) => {
    if (ebcdic !== undefined) return byte < 0x40 ? ebcdicControl(byte) : ebcdic.charAt(byte - 0x40);
    return byte < 0x80 ? String.fromCharCode(byte) : upper.charAt(byte - 0x80) || String.fromCharCode(byte);
  });
  let text = '';
  for (const byte of bytes) text += table[byte];
  return text;
}

/** EBCDIC has two line ends: 0x25 (LF) and 0x15 (NEL). */
function ebcdicControl(byte: number): string {
  if (byte === 0x15 || byte === 0x25) return '\n';
  if (byte === 0x05) return '\t';
  return byte === 0x0d ? '\r' : ' ';
}

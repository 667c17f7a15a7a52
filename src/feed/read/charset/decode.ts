/**
 * Decodes bytes to text: finds the real encoding of a document, which may differ from what it and its server declare.
 *
 * Byte order marks and zero bytes decide first, then `Content-Type`, then the XML declaration, then UTF-8, then a guess.
 * A declaration that the bytes disprove is overruled and reported. `text/xml` without a charset is not US-ASCII (RFC 7303
 * section 9 took that back). Never throws.
 */
import type { Defect, Document } from '../../../domain/document.ts';
import { decodeUtf32, readByteOrder } from './byte-order.ts';
import { decodeCodePage, isCodePage } from './code-pages.ts';
import { readContentTypeCharset, readDeclaredCharset, readDeclaredLanguage } from './declared.ts';
import { guessEncoding } from './guess.ts';
import { toEncoding } from './labels.ts';
import { decodeMixedUtf8, takeUtf8Census, type Utf8Census } from './utf8-repair.ts';
import { hasControlBytes, hasMislabelledControls, repairControls } from './windows-1252-repair.ts';

/** A document as text. `charset` is the encoding it was read in: a WHATWG name, `utf-32le`, `utf-32be` or `ibmNNN`. */
export interface DecodedDocument {
  readonly text: string;
  readonly charset: string;
  readonly defects: Defect[];
}

/** Decodes a document; what had to be forgiven is in `defects` (`wrong-charset`, `unknown-charset`, `undeclared-charset`, `invalid-bytes`, `windows-1252-controls`). */
export function decodeDocument(document: Document): DecodedDocument {
  const defects: Defect[] = [];
  const { text, charset } = chooseAndDecode(document, defects);
  const couldHold = charset !== 'utf-8' || defects.length > 0 || hasControlBytes(document.bytes);
  if (!couldHold || !hasMislabelledControls(text)) return { text, charset, defects };
  defects.push({
    kind: 'windows-1252-controls',
    detail: 'Control characters U+0080 to U+009F were read as the windows-1252 characters they stand for.',
  });
  return { text: repairControls(text), charset, defects };
}

function chooseAndDecode({ bytes, contentType }: Document, defects: Defect[]): { text: string; charset: string } {
  const announced = readByteOrder(bytes);
  if (announced !== undefined) {
    const rest = bytes.subarray(announced.markBytes);
    if (announced.encoding !== 'utf-8') return decodeAs(announced.encoding, rest);
    return decodeUtf8(rest, defects);
  }
  const declared = readDeclared(bytes, contentType, defects);
  const first = declared[0];
  const strictUtf8 = first === 'iso-2022-jp' ? undefined : tryDecode('utf-8', bytes);
  if (strictUtf8 !== undefined) return acceptUtf8(strictUtf8, bytes, declared, defects);
  const census = takeUtf8Census(bytes);
  const language = readDeclaredLanguage(bytes);
  for (const encoding of declared) {
    if (encoding === 'utf-8') {
      if (census.sequences >= 2 * census.strays) return mixed(bytes, census, defects);
      continue;
    }
    const decoded = decodeAs(encoding, bytes);
    if (!isPlausible(decoded.text, encoding, bytes, language)) continue;
    if (encoding !== first) defects.push(overruled(first, encoding));
    return decoded;
  }
  if (census.sequences > 0 && census.sequences >= 2 * census.strays) return mixed(bytes, census, defects);
  const guess = guessEncoding(bytes, language);
  defects.push(first === undefined ? undeclared(guess.encoding) : overruled(first, guess.encoding));
  if (guess.encoding === 'windows-1252' && census.sequences > 0) return mixed(bytes, census, defects);
  return decodeAs(guess.encoding, bytes);
}

/** What `Content-Type` and the XML declaration name, in order of authority (RFC 7303 section 3), unknown ones reported. */
function readDeclared(bytes: Uint8Array, contentType: string | undefined, defects: Defect[]): string[] {
  const encodings: string[] = [];
  for (const label of [readContentTypeCharset(contentType), readDeclaredCharset(bytes, contentType)]) {
    if (label === undefined) continue;
    const encoding = toEncoding(label);
    if (encoding === undefined || (encoding.startsWith('ibm') && !isCodePage(encoding) && encoding !== 'ibm866')) {
      defects.push({ kind: 'unknown-charset', detail: `The declared charset "${label.slice(0, 40)}" is not known.` });
    } else if (/^utf-(?:16|32)/.test(encoding)) {
      // If it were true, there would be zero bytes.
      defects.push({ kind: 'wrong-charset', detail: `Declared as ${encoding}, but its bytes are not.` });
    } else if (!encodings.includes(encoding)) encodings.push(encoding);
  }
  return encodings;
}

/** How many multi-byte sequences prove UTF-8 against a declaration: chance makes a few in East Asian bytes. */
function sequencesThatProve(encoding: string): number {
  if (encoding === 'windows-1252' || encoding === 'iso-8859-15') return 1;
  return /^(?:windows|iso-8859|koi8|ibm|macintosh|x-mac)/.test(encoding) ? 2 : 4;
}

function acceptUtf8(text: string, bytes: Uint8Array, declared: string[], defects: Defect[]) {
  const first = declared[0];
  if (first === undefined || first === 'utf-8' || declaresAscii(text, bytes)) {
    const read = { text, charset: first ?? 'utf-8' };
    // ISO-2022-JP is ASCII with escapes: no declaration of a superset of ASCII refutes it.
    if (!bytes.includes(0x1b)) return read;
    const guess = guessEncoding(bytes, undefined);
    if (!guess.strong) return read;
    if (first !== undefined) defects.push(overruled(first, guess.encoding));
    return decodeAs(guess.encoding, bytes);
  }
  if (takeUtf8Census(bytes).sequences < sequencesThatProve(first)) return decodeAs(first, bytes);
  defects.push(overruled(first, 'utf-8'));
  return { text, charset: 'utf-8' };
}

/** True when all bytes are ASCII: every declared superset of ASCII gives the same text. */
function declaresAscii(text: string, bytes: Uint8Array): boolean {
  return text.length === bytes.length;
}

/** Whether text decoded as declared is plausible: few errors, and no foreign script that looks like Latin. */
function isPlausible(text: string, encoding: string, bytes: Uint8Array, language: string | undefined): boolean {
  if (encoding === 'windows-1252' || encoding === 'iso-8859-15') {
    const guess = guessEncoding(bytes, language);
    return !guess.strong || guess.encoding === encoding;
  }
  let errors = 0;
  let foreign = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0xfffd) errors += 1;
    if (unit >= 0x80) foreign += 1;
  }
  return errors * 10 <= foreign || errors <= 1;
}

function decodeUtf8(bytes: Uint8Array, defects: Defect[]): { text: string; charset: string } {
  const text = tryDecode('utf-8', bytes);
  return text !== undefined ? { text, charset: 'utf-8' } : mixed(bytes, takeUtf8Census(bytes), defects);
}

function mixed(bytes: Uint8Array, census: Utf8Census, defects: Defect[]): { text: string; charset: string } {
  const detail =
    census.strays > 0
      ? `UTF-8 with ${census.strays} bytes that are not; those were read as windows-1252.`
      : 'UTF-8 that ends inside a character; the piece was dropped.';
  defects.push({ kind: 'invalid-bytes', detail });
  return { text: decodeMixedUtf8(bytes), charset: 'utf-8' };
}

function tryDecode(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return undefined;
  }
}

function decodeAs(encoding: string, bytes: Uint8Array): { text: string; charset: string } {
  if (encoding === 'utf-32le' || encoding === 'utf-32be') {
    return { text: decodeUtf32(bytes, encoding === 'utf-32le'), charset: encoding };
  }
  if (isCodePage(encoding)) return { text: decodeCodePage(encoding, bytes), charset: encoding };
  return { text: new TextDecoder(encoding).decode(bytes), charset: encoding };
}

function overruled(declared: string | undefined, actual: string): Defect {
  return { kind: 'wrong-charset', detail: `Declared as ${declared ?? 'nothing'}, but its bytes are ${actual}.` };
}

function undeclared(guess: string): Defect {
  return {
    kind: 'undeclared-charset',
    detail: `No charset is declared and the bytes are not UTF-8; read as ${guess}.`,
  };
}

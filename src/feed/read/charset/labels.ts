/**
 * Turns a publisher's label of an encoding into the name under which it can be decoded.
 *
 * `TextDecoder` knows the labels of the Encoding Standard; the table adds those of Python, Java, MySQL and old servers.
 * Encodings that `TextDecoder` lacks are named here, too, and decoded by hand elsewhere.
 * @see https://encoding.spec.whatwg.org/#names-and-labels
 */

/** Labels outside the Encoding Standard, squeezed to letters and digits. */
const aliases: Readonly<Record<string, string>> = {
  u8: 'utf-8',
  utf: 'utf-8',
  utf8mb4: 'utf-8',
  utf8mb3: 'utf-8',
  utf8sig: 'utf-8',
  utf8bom: 'utf-8',
  utf8n: 'utf-8',
  cesu8: 'utf-8',
  u16: 'utf-16',
  utf16: 'utf-16',
  ucs2: 'utf-16',
  unicode: 'utf-16',
  csunicode: 'utf-16',
  iso10646ucs2: 'utf-16',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  unicodefffe: 'utf-16be',
  u32: 'utf-32',
  utf32: 'utf-32',
  ucs4: 'utf-32',
  csucs4: 'utf-32',
  iso10646ucs4: 'utf-32',
  utf32le: 'utf-32le',
  utf32be: 'utf-32be',
  ansi: 'windows-1252',
  ascii7: 'windows-1252',
  usascii: 'windows-1252',
  latin: 'windows-1252',
  cp819: 'windows-1252',
  iso88591windows1252: 'windows-1252',
  latin9: 'iso-8859-15',
  latin10: 'iso-8859-16',
  koi8u: 'koi8-u',
  macroman: 'macintosh',
  maccyrillic: 'x-mac-cyrillic',
  cp874: 'windows-874',
  cp932: 'shift_jis',
  mskanji: 'shift_jis',
  xms932: 'shift_jis',
  windows932: 'shift_jis',
  eucjp: 'euc-jp',
  eucjpwin: 'euc-jp',
  ujis: 'euc-jp',
  iso2022jp1: 'iso-2022-jp',
  iso2022jp2: 'iso-2022-jp',
  cp936: 'gbk',
  ms936: 'gbk',
  windows936: 'gbk',
  euccn: 'gbk',
  gb231280: 'gbk',
  gb18030: 'gb18030',
  gb180302000: 'gb18030',
  cp950: 'big5',
  windows950: 'big5',
  ms950: 'big5',
  euctw: 'big5',
  cp949: 'euc-kr',
  ms949: 'euc-kr',
  uhc: 'euc-kr',
  euckr: 'euc-kr',
  ksc56011987: 'euc-kr',
  cp866: 'ibm866',
};

/** Encodings that are decoded by hand: `TextDecoder` has none of them. */
const byHand: ReadonlySet<string> = new Set(['utf-16', 'utf-32', 'utf-32le', 'utf-32be']);

/** DOS code pages, in every spelling: `437`, `cp437`, `ibm437`, `csPC8CodePage437`, `IBM-850`. */
const codePage = /^(?:cp|ibm|oem|dos|x?ibm|cspc8codepage|cspcp|csibm)?0*(\d{2,5})$/;

/**
 * The encoding of a label: a name that `TextDecoder` takes, or `utf-16` (byte order unknown), `utf-32*`, `ibmNNN`.
 *
 * @returns `undefined` for an unknown label, and for `replacement` encodings, whose decoding is an attack surface.
 */
export function toEncoding(label: string): string | undefined {
  const squeezed = label.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (squeezed === '' || squeezed.length > 40) return undefined;
  const alias = aliases[squeezed];
  if (alias !== undefined) return alias;
  const spelled = label.trim().toLowerCase();
  for (const name of [spelled, spelled.replaceAll('_', '-'), squeezed, squeezed.replace(/^iso8859/, 'iso-8859-')]) {
    const known = knownToDecoder(name);
    if (known !== undefined) return known;
  }
  const page = codePage.exec(squeezed)?.[1];
  if (page === undefined) return undefined;
  return knownToDecoder(`windows-${page}`) ?? knownToDecoder(`ibm${page}`) ?? `ibm${page}`;
}

function knownToDecoder(name: string): string | undefined {
  if (byHand.has(name)) return name;
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return undefined;
  }
}

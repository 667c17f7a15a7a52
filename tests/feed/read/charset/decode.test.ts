import { describe, expect, it } from 'vitest';
import { decodeDocument } from '../../../../src/feed/read/charset/decode.ts';
import { givenUrl } from '../../../support/given.ts';

const url = givenUrl('https://example.org/feed');

function decode(bytes: Uint8Array | readonly number[], contentType?: string) {
  return decodeDocument({
    bytes: Uint8Array.from(bytes),
    url,
    ...(contentType === undefined ? {} : { contentType }),
  });
}

/** ASCII text with `~` standing for the given bytes. */
function bytesOf(text: string, ...insertions: readonly (readonly number[])[]): Uint8Array {
  const out: number[] = [];
  let next = 0;
  for (const character of text) {
    if (character === '~') {
      out.push(...(insertions[next] ?? []));
      next += 1;
    } else out.push(...new TextEncoder().encode(character));
  }
  return Uint8Array.from(out);
}

function utf16(text: string, littleEndian: boolean): number[] {
  return Array.from(text).flatMap((character) => {
    const unit = character.charCodeAt(0);
    return littleEndian ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255];
  });
}

function utf32(text: string, littleEndian: boolean): number[] {
  return Array.from(text).flatMap((character) => {
    const point = character.codePointAt(0) ?? 0;
    const bytes = [point & 255, (point >> 8) & 255, point >> 16, 0];
    return littleEndian ? bytes : bytes.reverse();
  });
}

const kinds = (decoded: ReturnType<typeof decode>) => decoded.defects.map((defect) => defect.kind);

describe('encodings that announce themselves', () => {
  it.each([
    ['utf-16le', true],
    ['utf-16be', false],
  ] as const)('reads %s with and without its mark', (charset, littleEndian) => {
    const text = '<rss>年é</rss>';
    const mark = littleEndian ? [0xff, 0xfe] : [0xfe, 0xff];
    for (const bytes of [utf16(text, littleEndian), [...mark, ...utf16(text, littleEndian)]]) {
      expect(decode(bytes)).toEqual({ text, charset, defects: [] });
    }
  });

  it.each([
    ['utf-32le', true],
    ['utf-32be', false],
  ] as const)('reads %s with and without its mark, astral characters included', (charset, littleEndian) => {
    const text = '<rss>年\u{1F600}</rss>';
    expect(decode(utf32(text, littleEndian))).toEqual({ text, charset, defects: [] });
    const marked = decode(utf32(`\uFEFF${text}`, littleEndian));
    expect(marked).toEqual({ text, charset, defects: [] });
  });

  it('reads what is no scalar value in UTF-32 as U+FFFD', () => {
    expect(decode([...utf32('<r>', true), 0xff, 0xff, 0xff, 0x7f]).text).toBe('<r>\uFFFD');
  });

  it('lets the UTF-8 mark win over Content-Type and drops it', () => {
    const bytes = [0xef, 0xbb, 0xbf, ...new TextEncoder().encode('<r>é</r>')];
    expect(decode(bytes, 'text/xml; charset=iso-8859-1')).toEqual({ text: '<r>é</r>', charset: 'utf-8', defects: [] });
  });
});

describe('declarations', () => {
  it('takes UTF-8 for granted when nobody says otherwise', () => {
    const bytes = new TextEncoder().encode('<r>é</r>');
    for (const type of [undefined, 'application/xml', 'text/xml', 'application/feed+json', 'nonsense;;=']) {
      expect(decode(bytes, type)).toEqual({ text: '<r>é</r>', charset: 'utf-8', defects: [] });
    }
  });

  it('believes Content-Type before the XML declaration', () => {
    const bytes = bytesOf('<?xml version="1.0" encoding="koi8-r"?><r>~</r>', [0xc0, 0xe0, 0xe5]);
    expect(decode(bytes, 'application/xml; charset="windows-1251"').text).toContain('<r>Аае</r>');
    expect(decode(bytes, 'application/xml').text).toContain('<r>юЮЕ</r>');
  });

  it.each([
    ['euc-kr', [0xb3, 0xe2], '년'],
    ['Shift_JIS', [0x8b, 0x4c], '記'],
    ['cp932', [0x8b, 0x4c], '記'],
    ['EUC-JP', [0xb5, 0xad], '記'],
    ['big5', [0xa7, 0xda], '我'],
    ['gb2312', [0xce, 0xd2], '我'],
    ['gb18030', [0x81, 0x30, 0x81, 0x30], '€'],
    ['iso-8859-2', [0xb1], 'ą'],
    ['iso-8859-15', [0xa4], '€'],
    ['iso8859_16', [0xaa], 'Ș'],
    ['latin-9', [0xa4], '€'],
    ['windows-1253', [0xe1], 'α'],
    ['cp1250', [0xb9], 'ą'],
    ['macintosh', [0x8e], 'é'],
    ['cp437', [0x82], 'é'],
    ['IBM850', [0xd5], 'ı'],
    ['866', [0xa0], 'а'],
    ['utf8', [0xc3, 0xa9], 'é'],
    ['UTF_8', [0xc3, 0xa9], 'é'],
  ])('reads %s from the XML declaration', (label, bytes, expected) => {
    const decoded = decode(bytesOf(`<?xml version='1.0' encoding = '${label}' ?><r>~</r>`, bytes));
    expect(decoded.text).toContain(`<r>${expected}</r>`);
  });

  it('reads ISO-2022-JP, declared or told by its escapes', () => {
    const bytes = [0x1b, 0x24, 0x42, 0x35, 0x2d, 0x1b, 0x28, 0x42];
    expect(decode(bytesOf('<?xml version="1.0" encoding="iso-2022-jp"?><r>~</r>', bytes)).text).toContain('<r>記</r>');
    expect(decode(bytesOf('<?xml version="1.0" encoding="utf-8"?><r>~</r>', bytes)).text).toContain('<r>記</r>');
    expect(decode(bytesOf('<r>~</r>', bytes)).text).toBe('<r>記</r>');
  });

  it('asks an HTML page for its meta element, and a feed never', () => {
    const page = bytesOf('<!doctype html><meta charset="windows-1251"><p>~', [0xe0]);
    expect(decode(page).text).toContain('<p>а');
    const feed = bytesOf('<rss><![CDATA[<meta charset="windows-1251">]]>~</rss>', [0xe0]);
    expect(decode(feed).text).toContain('à</rss>');
  });

  it('reports a label nobody knows and reads on', () => {
    const decoded = decode(bytesOf('<?xml version="1.0" encoding="x-klingon"?><r>~</r>', [0xc3, 0xa9]));
    expect(decoded.text).toContain('<r>é</r>');
    expect(kinds(decoded)).toEqual(['unknown-charset']);
  });
});

describe('declarations that the bytes refute', () => {
  it('reads windows-1252 where UTF-8 is declared', () => {
    const decoded = decode(
      bytesOf('<?xml version="1.0" encoding="utf-8"?><r>caf~ na~ve ~</r>', [0xe9], [0xef], [0x93]),
    );
    expect(decoded.text).toContain('<r>café naïve “</r>');
    expect(kinds(decoded)).toEqual(['wrong-charset']);
  });

  it('reads UTF-8 where Latin-1 or US-ASCII is declared', () => {
    for (const label of ['iso-8859-1', 'us-ascii', 'windows-1252', 'latin1']) {
      const decoded = decode(bytesOf('<r>~</r>', [0xe2, 0x80, 0x99]), `text/xml; charset=${label}`);
      expect(decoded).toMatchObject({ text: '<r>’</r>', charset: 'utf-8' });
      expect(kinds(decoded)).toEqual(['wrong-charset']);
    }
  });

  it('reads Latin-1 and US-ASCII as windows-1252 without complaint', () => {
    expect(decode(bytesOf('<r>~</r>', [0x92]), 'text/xml; charset=us-ascii')).toEqual({
      text: '<r>’</r>',
      charset: 'windows-1252',
      defects: [],
    });
  });

  it('keeps a declared East Asian encoding whose few bytes happen to be UTF-8', () => {
    expect(decode(bytesOf('<?xml version="1.0" encoding="big5"?><r>~</r>', [0xc4, 0xa7])).charset).toBe('big5');
  });

  it('reads eight-bit text that claims to be UTF-16 or UTF-32', () => {
    for (const label of ['utf-16', 'utf-16le', 'ucs-4', 'UTF-32']) {
      const decoded = decode(bytesOf(`<?xml version="1.0" encoding="${label}"?><r>~</r>`, [0xc3, 0xa9]));
      expect(decoded).toMatchObject({ charset: 'utf-8' });
      expect(decoded.text).toContain('<r>é</r>');
      expect(kinds(decoded)).toEqual(['wrong-charset']);
    }
  });

  it('takes the XML declaration where the server’s charset is refuted', () => {
    const bytes = bytesOf(
      '<?xml version="1.0" encoding="windows-1251"?><r>~</r>',
      [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2],
    );
    expect(decode(bytes, 'text/xml; charset=utf-8').text).toContain('<r>Привет</r>');
  });

  it('reads stray bytes in UTF-8 as windows-1252 and the rest as UTF-8', () => {
    const decoded = decode(bytesOf('<r>~ ~ ~</r>', [0xe2, 0x80, 0x99], [0xc3, 0xa9], [0xa9]));
    expect(decoded.text).toBe('<r>’ é ©</r>');
    expect(kinds(decoded)).toEqual(['invalid-bytes']);
  });

  it('drops the piece of a character at which a document was cut off', () => {
    const decoded = decode(bytesOf('<r>é~', [0xe2, 0x80]));
    expect(decoded.text).toBe('<r>é');
    expect(kinds(decoded)).toEqual(['invalid-bytes']);
  });

  it('reads C1 controls as the windows-1252 characters they stand for', () => {
    const decoded = decode(bytesOf('<r>don~t ~</r>', [0xc2, 0x92], [0xc2, 0x85]));
    expect(decoded.text).toBe('<r>don’t …</r>');
    expect(kinds(decoded)).toEqual(['windows-1252-controls']);
  });
});

// Sentences of our own, encoded with Python's codecs and written as hexadecimal.
const undeclared: readonly (readonly [string, string, string])[] = [
  [
    'windows-1251',
    'd1e5e3eee4edff20e220cceef1eae2e520efeef1e0e4e8ebe820e4e5f0e5e2fcff',
    'Сегодня в Москве посадили деревья',
  ],
  ['koi8-r', 'f3c5c7cfc4ced120d720edcfd3cbd7c520d0cfd3c1c4c9ccc920c4c5d2c5d7d8d1', 'Сегодня в Москве посадили деревья'],
  [
    'iso-8859-5',
    'c1d5d3ded4ddef20d220bcdee1dad2d520dfdee1d0d4d8dbd820d4d5e0d5d2ecef',
    'Сегодня в Москве посадили деревья',
  ],
  ['ibm866', '91a5a3aea4adef20a2208caee1aaa2a520afaee1a0a4a8aba820a4a5e0a5a2ecef', 'Сегодня в Москве посадили деревья'],
  [
    'windows-1253',
    'd3deece5f1e120f6fdf4e5f8e1ed20e4ddedf4f1e120f3f4e7ed20c1e8deede1',
    'Σήμερα φύτεψαν δέντρα στην Αθήνα',
  ],
  ['windows-1255', 'e4e9e5ed20f0e8f2e520f2f6e9ed20f8e1e9ed20e1e9f8e5f9ece9ed', 'היום נטעו עצים רבים בירושלים'],
  [
    'windows-1256',
    'c7e1ede6e320d2d1dae4c720c3d4ccc7d1c720dfcbedd1c920dded20c7e1dec7e5d1c9',
    'اليوم زرعنا أشجارا كثيرة في القاهرة',
  ],
  ['windows-874', 'c7d1b9b9d5e9e0c3d2bbc5d9a1b5e9b9e4c1e9e3b9a1c3d8a7e0b7be', 'วันนี้เราปลูกต้นไม้ในกรุงเทพ'],
  [
    'shift_jis',
    '8da193fa82cd938c8b9e82c982bd82ad82b382f182cc96d882f0904182a682dc82b582bd',
    '今日は東京にたくさんの木を植えました',
  ],
  [
    'euc-jp',
    'baa3c6fca4cfc5ecb5fea4cba4bfa4afa4b5a4f3a4ceccdaa4f2bfa2a4a8a4dea4b7a4bf',
    '今日は東京にたくさんの木を植えました',
  ],
  ['euc-kr', 'bfc0b4c320bcadbfefbfa1bcad20b3aab9abb8a620b8b9c0cc20bdc9befab4d9', '오늘 서울에서 나무를 많이 심었다'],
  ['gbk', 'bdf1ccecced2c3c7d4dab1b1bea9d6d6c1cbd0edb6e0caf7', '今天我们在北京种了许多树'],
  ['big5', 'a4b5a4d1a7daadcca662bb4fa55fbad8a446b35ca668bef0', '今天我們在臺北種了許多樹'],
];

describe('undeclared encodings', () => {
  it.each(undeclared)('guesses %s', (charset, hex, text) => {
    const bytes = hex.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [];
    const decoded = decode(bytesOf('<rss><title>~</title></rss>', bytes));
    expect(decoded).toMatchObject({ charset, text: `<rss><title>${text}</title></rss>` });
    expect(kinds(decoded)).toEqual(['undeclared-charset']);
    const mislabelled = decode(
      bytesOf('<rss><title>~</title></rss>', [...bytes, 0x20, ...bytes]),
      'text/xml; charset=latin1',
    );
    expect(mislabelled.charset).toBe(charset);
  });

  it('takes the declared language as a hint among Latin encodings', () => {
    const decoded = decode(bytesOf('<rss><language>pl</language><title>g~</title></rss>', [0xea, 0x9c]));
    expect(decoded.charset).toBe('windows-1250');
  });
});

it('takes any bytes and any label without throwing', () => {
  for (let length = 0; length < 40; length += 1) {
    for (const fill of [0x00, 0x1b, 0x7f, 0x80, 0xc3, 0xe2, 0xff]) {
      expect(typeof decode(new Uint8Array(length).fill(fill), 'text/xml; charset=\u0000').text).toBe('string');
    }
  }
});

import { constants, deflateRawSync, gunzipSync, crc32 as zlibCrc32 } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadDeflate } from '../../src/window/compress.ts';
import { combineCrc, crc32, joinGzip, powerOfX, storeText } from '../../src/window/gzip-join.ts';

const texts = fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 3 })), {
  maxLength: 20,
});

describe('a joined gzip member', () => {
  it('is what its pieces say, stored or compressed', async () => {
    const deflate = await loadDeflate();
    fc.assert(
      fc.property(texts, fc.infiniteStream(fc.boolean()), (parts, choices) => {
        const pieces = parts.map((part) => (choices.next().value ? deflate(part) : storeText(part)));
        expect(gunzipSync(joinGzip(pieces)).toString()).toBe(Buffer.from(parts.join('')).toString());
      }),
    );
  });

  it('holds texts longer than a stored block', () => {
    for (const length of [65_535, 65_536, 200_001]) {
      expect(gunzipSync(joinGzip([storeText('x'.repeat(length))]))).toHaveLength(length);
    }
  });

  it('is refused by any gunzip when a byte of it is another', () => {
    const joined = joinGzip([storeText('what was said')]);
    joined[20] = (joined[20] ?? 0) ^ 1;
    expect(() => gunzipSync(joined)).toThrow(/data|crc|check/i);
  });
});

describe('the CRC', () => {
  it('is the one of zlib, and so is that of two parts', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), fc.uint8Array({ maxLength: 5000 }), (first, second) => {
        expect(crc32(first)).toBe(zlibCrc32(first));
        const both = zlibCrc32(Buffer.concat([first, second]));
        expect(combineCrc(crc32(first), crc32(second), powerOfX(second.length))).toBe(both);
        expect(crc32(second, crc32(first))).toBe(both);
      }),
    );
  });
});

it('compresses with a sync flush, so that pieces end at a byte', async () => {
  const deflate = await loadDeflate();
  const piece = deflate('a fragment');
  expect(Array.from(piece.bytes.slice(-4))).toEqual([0, 0, 255, 255]);
  expect(Buffer.from(piece.bytes)).toEqual(deflateRawSync('a fragment', { finishFlush: constants.Z_SYNC_FLUSH }));
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Piece } from '../../src/window/gzip-join.ts';
import { decodeSegment, encodePieces, encodeSegment, pieceAt, piecePosition } from '../../src/window/segment.ts';
import { fragmentFormats } from '../../src/window/window.ts';

const name = '0123456789abcdef';
const arbitraryPiece: fc.Arbitrary<Piece> = fc.record({
  bytes: fc.uint8Array({ maxLength: 40 }),
  crc: fc.nat(0xffffffff),
  power: fc.nat(0xffffffff),
  plainLength: fc.nat(0xffffffff),
});

describe('a segment', () => {
  it('gives back each of its pieces, and none that it does not have', () => {
    fc.assert(
      fc.property(fc.array(arbitraryPiece), (pieces) => {
        const held = decodeSegment(encodeSegment(name, pieces), name);
        if (held === undefined) throw new Error('not read');
        expect(pieces.map((_, at) => pieceAt(held, at))).toEqual(pieces);
        expect(pieceAt(held, pieces.length)).toBeUndefined();
      }),
    );
  });

  it('is not there when it is cut, longer, of another name, or something else', () => {
    fc.assert(
      fc.property(fc.array(arbitraryPiece), fc.double({ min: 0, max: 0.999, noNaN: true }), (pieces, share) => {
        const bytes = encodeSegment(name, pieces);
        expect(decodeSegment(bytes.slice(0, Math.floor(bytes.length * share)), name)).toBeUndefined();
        expect(decodeSegment(Uint8Array.from([...bytes, 0]), name)).toBeUndefined();
        expect(decodeSegment(bytes, 'fedcba9876543210')).toBeUndefined();
      }),
    );
    fc.assert(fc.property(fc.uint8Array(), (bytes) => decodeSegment(bytes, name) === undefined));
  });

  it('never throws on a damaged table', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryPiece, { minLength: 1 }),
        fc.nat(),
        fc.nat(255),
        fc.nat(3),
        (pieces, at, value, which) => {
          const bytes = encodePieces(pieces);
          bytes[at % bytes.length] = value;
          expect(() => pieceAt(bytes, which)).not.toThrow();
        },
      ),
    );
  });

  it('that is open has the pieces of the formats one after another', () => {
    const pieces = fragmentFormats.flatMap((_, format) =>
      [0, 1, 2].map((at) => ({ bytes: new Uint8Array([format, at]), crc: 0, power: 0, plainLength: 0 })),
    );
    const held = encodePieces(pieces);
    for (const [at, format] of fragmentFormats.entries()) {
      const open = pieceAt(held, piecePosition(held, { name, isOpen: true }, format, 2));
      expect([...(open?.bytes ?? [])]).toEqual([at, 2]);
      expect(piecePosition(held, { name, isOpen: false }, format, 2)).toBe(2);
    }
  });
});

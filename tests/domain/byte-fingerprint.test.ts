import { assert, integer, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteFingerprint } from '../../src/domain/byte-fingerprint.ts';

describe('byteFingerprint', () => {
  it('is 16 hexadecimal digits, the same for the same bytes wherever they lie', () => {
    assert(
      property(uint8Array(), integer({ min: 0, max: 9 }), (bytes, offset) => {
        const moved = new Uint8Array(bytes.length + offset + 1);
        moved.set(bytes, offset);
        expect(byteFingerprint(bytes)).toMatch(/^[0-9a-f]{16}$/);
        expect(byteFingerprint(moved.subarray(offset, offset + bytes.length))).toBe(byteFingerprint(bytes));
      }),
    );
  });

  it('tells apart texts that differ by a number, and runs of one byte by their length', () => {
    const encoder = new TextEncoder();
    const seen = new Set<string>();
    for (let number = 0; number < 100_000; number += 1)
      seen.add(byteFingerprint(encoder.encode(`entry ${number} of it`)));
    for (let length = 0; length < 2000; length += 1) seen.add(byteFingerprint(new Uint8Array(length)));
    expect(seen.size).toBe(102_000);
  });

  it('sees a change of any bit', () => {
    const bytes = new Uint8Array(203).fill(97);
    const names = new Set([byteFingerprint(bytes)]);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = bytes.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      names.add(byteFingerprint(changed));
    }
    expect(names.size).toBe(1 + bytes.length * 8);
  });
});

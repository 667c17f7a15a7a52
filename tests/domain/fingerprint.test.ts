import { assert, integer, property, string, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteFingerprint, fingerprint, fingerprintAll } from '../../src/domain/fingerprint.ts';

describe('fingerprint', () => {
  it('is 16 hexadecimal digits, the same for the same content, whatever it is', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        expect(fingerprint(text)).toMatch(/^[0-9a-f]{16}$/);
        expect(fingerprint(text)).toBe(fingerprint(text));
      }),
    );
  });

  it('tells apart two hundred thousand texts that differ by a character, an order or a length', () => {
    const seen = new Set<string>();
    let count = 0;
    const add = (text: string): void => {
      seen.add(fingerprint(text));
      count += 1;
    };
    for (let number = 0; number < 100_000; number += 1) {
      add(`entry ${number}`);
      add(`${number} yrtne`);
    }
    for (let length = 0; length < 2000; length += 1) {
      add('\0'.repeat(length));
      add(`${' '.repeat(length)}x`);
    }
    expect(seen.size).toBe(count);
  });

  it('spreads a difference of one bit over both halves', () => {
    const [a, b] = [fingerprint(`${'a'.repeat(5000)}b`), fingerprint(`${'a'.repeat(5000)}c`)];
    expect(a.slice(0, 8)).not.toBe(b.slice(0, 8));
    expect(a.slice(8)).not.toBe(b.slice(8));
  });
});

describe('fingerprintAll', () => {
  it('is the fingerprint of one text alone, and tells where one ends', () => {
    expect(fingerprintAll(['entry'])).toBe(fingerprint('entry'));
    const lists = [
      ['ab', 'c'],
      ['a', 'bc'],
      ['abc'],
      ['abc', ''],
      ['', 'abc'],
      ['c', 'ab'],
      [],
      ['', ''],
      ['', '', ''],
    ];
    expect(new Set(lists.map(fingerprintAll)).size).toBe(lists.length);
  });
});

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

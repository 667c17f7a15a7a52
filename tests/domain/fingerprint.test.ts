import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprint, fingerprintAll } from '../../src/domain/fingerprint.ts';

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

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHttpDate } from '../../src/domain/http-date.ts';
import { renderRfc822 } from '../../src/domain/instant.ts';
import { givenInstant } from '../support/given.ts';

const now = givenInstant('2026-11-22T00:00:00Z');

describe('parseHttpDate', () => {
  it.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37Z'],
    ['sun, 06 nov 1994 08:49:37 gmt', '1994-11-06T08:49:37Z'],
    ['  Sun, 06 Nov 1994 08:49:37 GMT ', '1994-11-06T08:49:37Z'],
    ['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T08:49:37Z'],
    ['Sunday, 06-Nov-1994 08:49:37 GMT', '1994-11-06T08:49:37Z'],
    ['Sun Nov  6 08:49:37 1994', '1994-11-06T08:49:37Z'],
    ['Sun Nov 16 08:49:37 1994', '1994-11-16T08:49:37Z'],
    ['Sat, 31 Dec 2016 23:59:60 GMT', '2017-01-01T00:00:00Z'],
    ['Thu, 29 Feb 2024 00:00:00 UTC', '2024-02-29T00:00:00Z'],
  ])('reads %j', (text, iso) => {
    expect(parseHttpDate(text, now)).toBe(Date.parse(iso));
  });

  it.each([
    [''],
    ['0'],
    ['-1'],
    ['1994-11-06T08:49:37Z'],
    ['Sun, 06 Nov 1994 08:49:37 +0100'],
    ['Sun, 30 Feb 2024 00:00:00 GMT'],
    ['Sun, 00 Feb 2024 00:00:00 GMT'],
    ['Sun, 06 Foo 1994 08:49:37 GMT'],
    ['Sun, 06 Nov 1994 24:00:00 GMT'],
    ['Sun, 06 Nov 1994 08:60:00 GMT'],
    ['Sun, 06 Nov 1994 08:49:61 GMT'],
    ['Sun, 06 Nov 0001 08:49:37 GMT'],
    [`Sun, 06 Nov 1994 08:49:37 GMT${' '.repeat(50)}x`],
  ])('finds no date in %j', (text) => {
    expect(parseHttpDate(text, now)).toBeUndefined();
  });

  it('places a two-digit year at most 50 years ahead', () => {
    expect(parseHttpDate('Sunday, 06-Nov-76 08:49:37 GMT', now)).toBe(Date.parse('2076-11-06T08:49:37Z'));
    expect(parseHttpDate('Sunday, 06-Nov-77 08:49:37 GMT', now)).toBe(Date.parse('1977-11-06T08:49:37Z'));
  });

  it('reads back every date that we write', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1000, 0, 1) / 1000, max: Date.UTC(9999, 11, 31) / 1000 }), (seconds) => {
        const at = givenInstant(seconds * 1000);
        expect(parseHttpDate(renderRfc822(at), now)).toBe(at);
      }),
    );
  });

  it('throws on no text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseHttpDate(text, now)).not.toThrow();
      }),
    );
  });
});

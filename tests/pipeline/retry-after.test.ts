import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../src/pipeline/host-pause.ts';
import { now } from '../support/given-check.ts';

describe('parseRetryAfter', () => {
  it.each<[string | undefined, number | undefined]>([
    ['0', 0],
    ['1', 1000],
    ['120', 120_000],
    [' 120 ', 120_000],
    ['0.5', 500],
    ['1.0004', 1001],
    ['999999999999999', 999_999_999_999_999_000],
    ['Sun, 22 Nov 2026 10:31:00 GMT', 60_000],
    ['Sun, 22 Nov 2026 10:29:00 GMT', 0],
    [undefined, undefined],
    ['', undefined],
    ['-1', undefined],
    ['soon', undefined],
    ['1h', undefined],
    ['1e3', undefined],
    ['9999999999999999', undefined],
  ])('reads %j as %d ms', (text, ms) => {
    expect(parseRetryAfter(text, now)).toBe(ms);
  });
});

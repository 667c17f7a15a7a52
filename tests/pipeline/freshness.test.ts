import { describe, expect, it } from 'vitest';
import type { FreshnessHeaders } from '../../src/domain/source-state.ts';
import { readFreshness, updateFreshness } from '../../src/pipeline/freshness.ts';
import { now } from '../support/given-check.ts';

describe('readFreshness', () => {
  it.each<[string, number | undefined]>([
    ['max-age=0', 0],
    ['max-age=1', 1],
    ['public, max-age=3600', 3600],
    ['MAX-AGE=3600', 3600],
    ['max-age="3600"', 3600],
    ['max-age=60, max-age=3600', 60],
    ['no-cache, max-age=60', 60],
    ['private="x, max-age=5", max-age=60', 60],
    ['max-age=99999999999999999999', 2 ** 31],
    ['s-maxage=60', undefined],
    ['x-max-age=60', undefined],
    ['no-cache', undefined],
    ['max-age', undefined],
    ['max-age=', undefined],
    ['max-age=-1', undefined],
    ['max-age=1.5', undefined],
    ['max-age=abc', undefined],
    ['max-age = 60', undefined],
    [',,,', undefined],
    ['', undefined],
  ])('reads %j as %d seconds', (cacheControl, seconds) => {
    expect(readFreshness({ cacheControl }, now)?.lifetimeMs).toBe(seconds === undefined ? undefined : seconds * 1000);
  });

  it.each<[string, FreshnessHeaders, number | undefined]>([
    ['nothing', {}, undefined],
    ['an hour by Expires and our clock', { expires: 'Sun, 22 Nov 2026 11:30:00 GMT' }, 3600],
    ['a moment that has passed', { expires: 'Sun, 22 Nov 2026 09:30:00 GMT' }, 0],
    ['Expires: 0', { expires: '0' }, 0],
    ['Expires: -1', { expires: '-1' }, 0],
    [
      'an hour by the clock of the server',
      { expires: 'Sun, 22 Nov 2015 11:30:00 GMT', date: 'Sun, 22 Nov 2015 10:30:00 GMT' },
      3600,
    ],
    ['max-age beside Expires', { cacheControl: 'max-age=5', expires: 'Sun, 22 Nov 2026 11:30:00 GMT' }, 5],
    ['Expires beside a broken max-age', { cacheControl: 'max-age=x', expires: 'Sun, 22 Nov 2026 11:30:00 GMT' }, 3600],
  ])('reads %s', (_what, headers, seconds) => {
    expect(readFreshness(headers, now)?.remainingMs).toBe(seconds === undefined ? undefined : seconds * 1000);
  });

  it.each([
    ['0', 100],
    ['40', 60],
    ['100', 0],
    ['101', 0],
    ['-5', 100],
    ['x', 100],
  ])('with Age: %s leaves %d of 100 seconds', (age, left) => {
    expect(readFreshness({ cacheControl: 'max-age=100', age }, now)).toMatchObject({
      lifetimeMs: 100_000,
      remainingMs: left * 1000,
    });
  });
});

describe('updateFreshness', () => {
  it('keeps what a 304 does not repeat, but no Age and no Date', () => {
    const stored = { cacheControl: 'a', expires: 'b', age: '1', date: 'c' };
    expect(updateFreshness(stored, {})).toEqual({ cacheControl: 'a', expires: 'b' });
    expect(updateFreshness(stored, { cacheControl: 'x', date: 'y' })).toEqual({
      cacheControl: 'x',
      expires: 'b',
      date: 'y',
    });
  });

  it('takes what comes when nothing was stored', () => {
    expect(updateFreshness(undefined, { age: '7' })).toEqual({ age: '7' });
  });
});

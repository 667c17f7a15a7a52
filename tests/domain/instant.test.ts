import { describe, expect, it } from 'vitest';
import { renderRfc822, renderRfc3339, toInstant } from '../../src/domain/instant.ts';
import { givenInstant } from '../support/given.ts';

describe('toInstant', () => {
  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [Date.UTC(1000, 0, 1) - 1], [Date.UTC(10_000, 0, 1)]])(
    'refuses %d',
    (ms) => {
      expect(toInstant(ms)).toBeUndefined();
    },
  );

  it('drops fractions of a millisecond', () => {
    expect(toInstant(1.9)).toBe(1);
  });
});

describe('rendering', () => {
  const at = givenInstant('2023-02-01T12:17:05Z');

  it('writes whole seconds without a fraction', () => {
    expect(renderRfc3339(at)).toBe('2023-02-01T12:17:05Z');
  });

  it('keeps milliseconds where there are any', () => {
    expect(renderRfc3339(givenInstant(at + 26))).toBe('2023-02-01T12:17:05.026Z');
  });

  it('writes RFC 822 dates in GMT with a four-digit year', () => {
    expect(renderRfc822(at)).toBe('Wed, 01 Feb 2023 12:17:05 GMT');
  });
});

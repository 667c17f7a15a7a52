import { describe, expect, it } from 'vitest';
import { describeDuration } from '../../src/domain/duration.ts';

describe('describeDuration', () => {
  it.each([
    [0, '0 seconds'],
    [1000, '1 second'],
    [59_000, '59 seconds'],
    [60_000, '1 minute'],
    [90_000, '90 seconds'],
    [120_000, '2 minutes'],
    [3_600_000, '1 hour'],
    [5_400_000, '90 minutes'],
    [86_400_000, '1 day'],
    [129_600_000, '36 hours'],
    [172_800_000, '2 days'],
    [604_800_000, '7 days'],
  ])('says %d ms as %s', (ms, words) => {
    expect(describeDuration(ms)).toBe(words);
  });
});

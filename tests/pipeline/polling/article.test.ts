import { describe, expect, it } from 'vitest';
import { toInitialState } from '../../../src/domain/source-state.ts';
import { nextArticleState } from '../../../src/pipeline/polling/article.ts';
import { givenInstant } from '../../support/given.ts';
import { givenFailed, givenNotModified, givenState, givenUpdate, now } from '../../support/given-check.ts';

const dayMs = 86_400_000;

function daysToNext(result: Parameters<typeof nextArticleState>[1], age: number, previous = givenState()): number {
  const changedAt = givenInstant(now - age * dayMs);
  return (nextArticleState(previous, result, { now, jitter: 0, changedAt }).nextCheckAt - now) / dayMs;
}

describe('the page of an article', () => {
  it.each([
    [-3, 1],
    [0, 1],
    [0.5, 1],
    [1, 1],
    [2, 2],
    [4, 4],
    [29, 29],
    [30, 30],
    [31, 30],
    [1000, 30],
  ])('unchanged for %d days is asked again after %d', (age, days) => {
    expect(daysToNext(givenNotModified(), age)).toBe(days);
  });

  it('is asked after 1, 2, 4, 8, 16 days and then monthly', () => {
    const asked: number[] = [];
    for (let age = 0; asked.length < 8; age = asked.at(-1) ?? 0) asked.push(age + daysToNext(givenNotModified(), age));
    expect(asked).toEqual([1, 2, 4, 8, 16, 32, 62, 92]);
  });

  it('is left alone for as long as its headers and Retry-After say', () => {
    expect(daysToNext(givenUpdate({ freshness: { cacheControl: 'max-age=259200' } }), 0)).toBe(3);
    expect(daysToNext(givenFailed({ kind: 'http-status', status: 503, retryAfterMs: 5 * dayMs }), 0)).toBe(5);
  });

  it.each([
    [0, 1],
    [1, 2],
    [3, 8],
    [4, 16],
    [40, 16],
  ])('that failed %d times before waits %d days', (consecutiveFailures, days) => {
    const failed = givenFailed({ kind: 'http-status', status: 404 });
    expect(daysToNext(failed, 0, givenState({ consecutiveFailures }))).toBe(days);
  });

  it('is not asked any more when it is gone', () => {
    const state = nextArticleState(givenState(), givenFailed({ kind: 'gone' }), { now, jitter: 0, changedAt: now });
    expect(state).toMatchObject({ stopped: true, lastFailure: { kind: 'gone' } });
  });

  it('says why', () => {
    const context = { now, jitter: 0, changedAt: givenInstant(now - 3 * dayMs) };
    expect(nextArticleState(toInitialState(now), givenUpdate(), context).nextCheckWhy).toBe(
      'every 3 days: unchanged for 3 days',
    );
  });
});

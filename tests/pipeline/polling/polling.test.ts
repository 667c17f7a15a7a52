import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../src/domain/failure.ts';
import { type SourceState, toInitialState } from '../../../src/domain/source-state.ts';
import type { CheckResult } from '../../../src/pipeline/polling/check-result.ts';
import { nextState } from '../../../src/pipeline/polling/polling.ts';
import { givenInstant } from '../../support/given.ts';
import { givenFailed, givenNotModified, givenState, givenUpdate, interval, now } from '../../support/given-check.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

function check(result: CheckResult, previous: SourceState = givenState(), jitter = 0): SourceState {
  return nextState(previous, result, { now, jitter, interval });
}

function waitOf(state: SourceState): number {
  return state.nextCheckAt - now;
}

function withCadence(cadence: object): CheckResult {
  return givenUpdate({}, { cadence: { skipHours: [], skipDays: [], ...cadence } });
}

describe('the next check of a source', () => {
  it.each<[string, CheckResult, number, string]>([
    ['the usual interval when nothing is said', givenUpdate(), hourMs, 'the usual interval of 1 hour'],
    ['the usual interval after a 304', givenNotModified(), hourMs, 'the usual interval of 1 hour'],
    [
      'max-age',
      givenUpdate({ freshness: { cacheControl: 'max-age=7200' } }),
      2 * hourMs,
      'Cache-Control: max-age=7200',
    ],
    [
      'max-age without the time spent in caches',
      givenUpdate({ freshness: { cacheControl: 'max-age=10800', age: '3600' } }),
      2 * hourMs,
      'Cache-Control: max-age=10800',
    ],
    [
      'Expires, measured by the clock of the server',
      givenUpdate({ freshness: { date: 'Sun, 22 Nov 2026 04:00:00 GMT', expires: 'Sun, 22 Nov 2026 09:00:00 GMT' } }),
      5 * hourMs,
      'Expires: Sun, 22 Nov 2026 09:00:00 GMT',
    ],
    [
      'max-age of a 304',
      givenNotModified({ freshness: { cacheControl: 'max-age=7201' } }),
      2 * hourMs + 1000,
      'Cache-Control: max-age=7201',
    ],
    ['ttl', withCadence({ ttlMinutes: 90 }), 90 * minuteMs, 'ttl=90 in the feed'],
    [
      'sy:updatePeriod',
      withCadence({ updateEverySeconds: 14_400 }),
      4 * hourMs,
      'sy:updatePeriod in the feed, every 4 hours',
    ],
    [
      'the latest of all',
      withCadence({ ttlMinutes: 90, updateEverySeconds: 9 * 3600 }),
      9 * hourMs,
      'sy:updatePeriod in the feed, every 9 hours',
    ],
    ['the interval over a shorter ttl', withCadence({ ttlMinutes: 5 }), hourMs, 'the usual interval of 1 hour'],
    [
      'the longest Retry-After that redirects carried',
      givenUpdate({
        pauses: [
          { host: 'a.example', ms: 3 * hourMs },
          { host: 'b.example', ms: hourMs },
        ],
      }),
      3 * hourMs,
      'Retry-After from the server, 3 hours',
    ],
    [
      'a week at most',
      withCadence({ ttlMinutes: 525_600 }),
      7 * dayMs,
      'ttl=525600 in the feed, but never later than 7 days',
    ],
    ['exactly a week', withCadence({ ttlMinutes: 7 * 1440 }), 7 * dayMs, 'ttl=10080 in the feed'],
  ])('obeys %s', (_what, result, waitMs, why) => {
    const state = check(result);
    expect(waitOf(state)).toBe(waitMs);
    expect(state.nextCheckWhy).toBe(why);
  });

  it('takes the stored max-age when a 304 repeats none', () => {
    const state = check(givenNotModified(), givenState({ freshness: { cacheControl: 'max-age=9000' } }));
    expect(waitOf(state)).toBe(9000 * 1000);
  });

  it('remembers ttl over a 304, which carries no feed', () => {
    const first = check(withCadence({ ttlMinutes: 600 }));
    expect(waitOf(check(givenNotModified(), first))).toBe(600 * minuteMs);
  });

  it('does not let the freshness of an old document delay the retry after a failure', () => {
    const previous = givenState({ freshness: { cacheControl: 'max-age=86400' } });
    expect(waitOf(check(givenFailed({ kind: 'network', detail: 'reset' }), previous))).toBe(5 * minuteMs);
  });
});

describe('skipHours and skipDays', () => {
  const lateHours = Array.from({ length: 13 }, (_, index) => index + 11);

  it.each<[string, object, string]>([
    ['waits for the end of the skipped hours', { skipHours: [11, 12, 13] }, '2026-11-22T14:00:00Z'],
    ['wraps around midnight', { skipHours: [...lateHours, 0, 1] }, '2026-11-23T02:00:00Z'],
    ['waits for the end of the skipped days', { skipDays: [0, 1] }, '2026-11-24T00:00:00Z'],
    ['heeds both', { skipDays: [0], skipHours: [0, 1] }, '2026-11-23T02:00:00Z'],
    ['asks in an hour that is not skipped', { skipHours: [10, 12] }, '2026-11-22T11:30:00Z'],
    ['ignores a feed that skips every hour', { skipHours: [...Array(24).keys()] }, '2026-11-22T11:30:00Z'],
    ['ignores a feed that skips every day', { skipDays: [0, 1, 2, 3, 4, 5, 6] }, '2026-11-22T11:30:00Z'],
    ['never leaves the week', { ttlMinutes: 6 * 1440, skipDays: [6, 0, 1] }, '2026-11-29T10:30:00Z'],
  ])('%s', (_what, cadence, at) => {
    expect(check(withCadence(cadence)).nextCheckAt).toBe(Date.parse(at));
  });

  it('are named in the reason', () => {
    expect(check(withCadence({ skipHours: [11] })).nextCheckWhy).toBe(
      "the usual interval of 1 hour, and then the feed's skipHours and skipDays",
    );
  });
});

describe('failures', () => {
  const reset: Failure = { kind: 'network', detail: 'reset' };
  const missing: Failure = { kind: 'http-status', status: 404 };

  it.each([
    [0, 5],
    [1, 10],
    [2, 20],
    [3, 40],
    [6, 320],
    [8, 960],
    [50, 960],
  ])('after %d failures before, waits %d minutes for a connection that failed', (before, minutes) => {
    expect(waitOf(check(givenFailed(reset), givenState({ consecutiveFailures: before })))).toBe(minutes * minuteMs);
  });

  it('add up to half by jitter', () => {
    expect(waitOf(check(givenFailed(reset), givenState(), 0.5))).toBe(6.25 * minuteMs);
    expect(waitOf(check(givenFailed(reset), givenState(), 1))).toBe(7.5 * minuteMs);
  });

  it('go up to a week for a server that says no', () => {
    const previous = givenState({ consecutiveFailures: 100 });
    expect(waitOf(check(givenFailed(missing), previous))).toBe(5 * dayMs);
    expect(waitOf(check(givenFailed(missing), previous, 1))).toBe(7 * dayMs);
  });

  it('wait a day at least before a document over the size cap is tried again', () => {
    expect(waitOf(check(givenFailed({ kind: 'too-large', limitBytes: 1 })))).toBe(dayMs);
  });

  it('obey Retry-After when it is longer than the backoff', () => {
    const state = check(givenFailed({ kind: 'http-status', status: 429, retryAfterMs: 5 * hourMs }));
    expect(waitOf(state)).toBe(5 * hourMs);
    expect(state.nextCheckWhy).toBe('Retry-After from the server, 5 hours');
  });

  it('obey Retry-After the first time, though the backoff is longer', () => {
    const state = check(givenFailed({ kind: 'http-status', status: 429, retryAfterMs: 90_000 }), givenState(), 0.5);
    expect(waitOf(state)).toBe(90_000);
    expect(state.nextCheckWhy).toBe('Retry-After from the server, 90 seconds');
  });

  it('obey the backoff when the server asks for seconds again and again', () => {
    const previous = givenState({ consecutiveFailures: 1 });
    const state = check(givenFailed({ kind: 'http-status', status: 503, retryAfterMs: 90_000 }), previous);
    expect(waitOf(state)).toBe(10 * minuteMs);
    expect(state.nextCheckWhy).toBe('waiting 10 minutes after 2 failures in a row: The server answered 503.');
    const once = check(givenFailed({ kind: 'http-status', status: 503, retryAfterMs: 0 }));
    expect(waitOf(once)).toBe(5 * minuteMs);
  });

  it('wait neither for the usual interval nor for what the last document said', () => {
    const previous = check(withCadence({ ttlMinutes: 600, updateEverySeconds: 40_000 }));
    for (const failure of [reset, missing, { kind: 'timeout', phase: 'body', limitMs: 1 } as const]) {
      expect(waitOf(check(givenFailed(failure), previous))).toBe(5 * minuteMs);
    }
  });

  it('count in a row and heal with the first answer', () => {
    const failed = check(givenFailed(reset), check(givenFailed(missing)));
    expect(failed).toMatchObject({
      consecutiveFailures: 2,
      lastFailure: reset,
      lastOutcome: 'failed',
      lastCheckedAt: now,
    });
    const healed = check(givenNotModified(), failed);
    expect(healed).toMatchObject({ consecutiveFailures: 0, lastOutcome: 'not-modified' });
    expect(healed).not.toHaveProperty('lastFailure');
  });

  it('stop the source at 410, and an answer after it was enabled anew starts it again', () => {
    const stopped = check(givenFailed({ kind: 'gone' }));
    expect(stopped.stopped).toBe(true);
    expect(stopped.nextCheckWhy).toContain('410');
    expect(waitOf(stopped)).toBe(7 * dayMs);
    expect(check(givenUpdate(), stopped).stopped).toBe(false);
  });

  it('leave what is known of the document in place', () => {
    const before = givenState({ defects: [{ kind: 'bare-ampersand', detail: 'one' }], recentEntries: [now] });
    const after = check(givenFailed({ kind: 'not-a-feed', detail: 'text' }), before);
    const { validators, validatorsFrom, bytesDigest, defects, recentEntries, lastDocumentAt } = before;
    expect(after).toMatchObject({ validators, validatorsFrom, bytesDigest, defects, recentEntries, lastDocumentAt });
  });

  it.each([[400], [412], [431]])('forget validators that may be the cause of a %d', (status) => {
    expect(check(givenFailed({ kind: 'http-status', status })).validators).toEqual({});
  });
});

describe('a source without validators', () => {
  const fullCopy = { validators: {}, conditional: false };

  it('is asked at the usual interval', () => {
    const state = check(givenUpdate(fullCopy), toInitialState(now));
    expect(waitOf(state)).toBe(hourMs);
    expect(waitOf(check({ ...givenNotModified(fullCopy), sameBytes: true } as CheckResult, state))).toBe(hourMs);
  });

  it('is asked twice within the time that its document covers', () => {
    const entryInstants = Array.from({ length: 10 }, (_, at) => givenInstant(now - at * 10 * minuteMs));
    const state = check(givenUpdate(fullCopy, { entryInstants }), toInitialState(now));
    // One entry in ten may be a pinned one: nine cover 80 minutes.
    expect(waitOf(state)).toBe(40 * minuteMs);
    expect(state.nextCheckWhy).toBe('every 40 minutes: its document covers only 80 minutes');
  });

  it('is not asked before its own headers allow it', () => {
    const entryInstants = Array.from({ length: 10 }, (_, at) => givenInstant(now - at * 10 * minuteMs));
    const answer = { ...fullCopy, freshness: { cacheControl: 'max-age=5400' } };
    expect(waitOf(check(givenUpdate(answer, { entryInstants }), toInitialState(now)))).toBe(90 * minuteMs);
  });

  it.each<[Failure, number]>([
    [{ kind: 'http-status', status: 500 }, 5 * minuteMs],
    [{ kind: 'http-status', status: 404 }, 5 * minuteMs],
    [{ kind: 'timeout', phase: 'body', limitMs: 1 }, 5 * minuteMs],
    [{ kind: 'network', detail: 'cut off', phase: 'body' }, 5 * minuteMs],
    [{ kind: 'not-a-feed', detail: 'text' }, 5 * minuteMs],
    [{ kind: 'network', detail: 'refused' }, 5 * minuteMs],
    [{ kind: 'refused-address', detail: 'private' }, 5 * minuteMs],
  ])('first met with %j, waits %d ms: a failure is no copy', (failure, waitMs) => {
    const failed = check(givenFailed(failure, false), toInitialState(now));
    expect(waitOf(failed)).toBe(waitMs);
    expect(waitOf(check(givenUpdate(fullCopy), failed))).toBe(hourMs);
  });
});

describe('a source that lost its validators', () => {
  it('is not asked for two full copies in a day', () => {
    const previous = givenState({ lastUnconditionalAt: givenInstant(now - 20 * hourMs) });
    const state = check(givenFailed({ kind: 'http-status', status: 412 }), previous);
    expect(waitOf(state)).toBe(4 * hourMs);
    expect(state.nextCheckWhy).toBe('its validators were lost: a full copy at most once in 1 day');
  });

  it('is asked at its rhythm when it gave none for a day', () => {
    const previous = givenState({
      validators: {},
      lastUnconditionalAt: givenInstant(now - dayMs),
      validatorsUntil: givenInstant(now - dayMs),
    });
    expect(waitOf(check(givenUpdate({ validators: {}, conditional: false }), previous))).toBe(hourMs);
  });
});

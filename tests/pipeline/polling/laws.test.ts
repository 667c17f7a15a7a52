import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Validators } from '../../../src/domain/document.ts';
import type { Failure } from '../../../src/domain/failure.ts';
import { toInitialState } from '../../../src/domain/source-state.ts';
import { maxArticleIntervalMs, nextArticleState } from '../../../src/pipeline/polling/article.ts';
import type { CheckResult } from '../../../src/pipeline/polling/check-result.ts';
import { maxWaitMs, nextState } from '../../../src/pipeline/polling/polling.ts';
import { isConditional, nextRequest } from '../../../src/pipeline/polling/request.ts';
import { givenInstant, givenUrl } from '../../support/given.ts';
import {
  feedUrl,
  givenAnswer,
  givenFailed,
  givenState,
  givenUpdate,
  interval,
  now,
} from '../../support/given-check.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const instant = fc.integer({ min: now - 4000 * dayMs, max: now + 4000 * dayMs }).map(givenInstant);
const header = fc.oneof(
  fc.string(),
  fc.nat().map((seconds) => `max-age=${seconds}`),
  instant.map((at) => new Date(at).toUTCString()),
);
const freshness = fc.record({ cacheControl: header, expires: header, date: header, age: header }, { requiredKeys: [] });
const validators: fc.Arbitrary<Validators> = fc.record(
  { etag: fc.string(), lastModified: fc.string() },
  { requiredKeys: [] },
);
const cadence = fc.record(
  {
    ttlMinutes: fc.nat(),
    updateEverySeconds: fc.nat(),
    skipHours: fc.array(fc.nat(23)),
    skipDays: fc.array(fc.nat(6)),
  },
  { requiredKeys: ['skipHours', 'skipDays'] },
);
const redirects = fc.record({ permanentTo: fc.webUrl().map(givenUrl) }, { requiredKeys: [] });
const pauses = fc.array(fc.record({ host: fc.domain(), ms: fc.nat() }), { maxLength: 3 });
const answer = fc
  .record({ validators, freshness, redirects, pauses, conditional: fc.boolean() })
  .map((said) => givenAnswer(said));
const failure: fc.Arbitrary<Failure> = fc.oneof(
  fc.constantFrom<Failure>(
    { kind: 'network', detail: 'reset' },
    { kind: 'timeout', phase: 'body', limitMs: 1 },
    { kind: 'too-large', limitBytes: 1 },
    { kind: 'not-a-feed', detail: 'text' },
    { kind: 'gone' },
  ),
  fc.record({ kind: fc.constant('http-status' as const), status: fc.integer({ min: 200, max: 599 }) }),
  fc.record({
    kind: fc.constant('http-status' as const),
    status: fc.integer({ min: 300, max: 599 }),
    retryAfterMs: fc.oneof(fc.nat(), fc.constant(Number.MAX_SAFE_INTEGER)),
  }),
);
const result: fc.Arbitrary<CheckResult> = fc.oneof(
  fc
    .record({ answer, cadence, entryInstants: fc.array(instant), truncated: fc.boolean() })
    .map((said): CheckResult => ({ kind: 'updated', bytesDigest: 'x', defects: [], ...said })),
  fc.record({ answer, sameBytes: fc.boolean() }).map((said): CheckResult => ({ kind: 'not-modified', ...said })),
  fc.tuple(failure, fc.boolean()).map(([why, conditional]) => givenFailed(why, conditional)),
);
const jitter = fc.double({ min: 0, max: 1, noNaN: true });

describe('whatever the checks of a source bring', () => {
  it('the next one is the least interval away (after a failure a minute), a week at most, and gives a reason', () => {
    fc.assert(
      fc.property(fc.array(result, { minLength: 1, maxLength: 6 }), jitter, (results, spread) => {
        let state = givenState();
        let at = now;
        for (const each of results) {
          state = nextState(state, each, { now: at, jitter: spread, interval });
          const leastMinutes = each.kind === 'failed' ? 1 : interval.minMinutes;
          expect(state.nextCheckAt - at).toBeGreaterThanOrEqual(leastMinutes * 60_000);
          expect(state.nextCheckAt - at).toBeLessThanOrEqual(maxWaitMs);
          expect(state.nextCheckWhy).not.toBe('');
          expect(state.lastCheckedAt).toBe(at);
          expect(JSON.parse(JSON.stringify(state))).toEqual(state);
          at = state.nextCheckAt;
        }
      }),
    );
  });

  it('the next one is not before Retry-After, unless that is more than a week away', () => {
    fc.assert(
      fc.property(fc.nat(14 * dayMs), fc.constantFrom(429, 503, 500, 403), jitter, (retryAfterMs, status, spread) => {
        const failed = givenFailed({ kind: 'http-status', status, retryAfterMs });
        const state = nextState(givenState(), failed, { now, jitter: spread, interval });
        expect(state.nextCheckAt - now).toBeGreaterThanOrEqual(Math.min(retryAfterMs, maxWaitMs));
      }),
    );
  });

  it('the next one is not before max-age and ttl are over, unless that is more than a week away', () => {
    fc.assert(
      fc.property(fc.nat(30 * 86_400), fc.nat(30 * 1440), (seconds, ttlMinutes) => {
        const said = givenUpdate(
          { freshness: { cacheControl: `public, max-age=${seconds}` } },
          { cadence: { ttlMinutes, skipHours: [], skipDays: [] } },
        );
        const state = nextState(givenState(), said, { now, jitter: 0, interval });
        const promisedMs = Math.max(seconds * 1000, ttlMinutes * 60_000);
        expect(state.nextCheckAt - now).toBeGreaterThanOrEqual(Math.min(promisedMs, maxWaitMs));
      }),
    );
  });

  it('the next one is in no hour and on no day that the feed skips, unless the week ends', () => {
    const some = cadence.filter(
      ({ skipHours, skipDays }) => new Set(skipHours).size < 24 && new Set(skipDays).size < 7,
    );
    fc.assert(
      fc.property(some, (said) => {
        const { nextCheckAt } = nextState(givenState(), givenUpdate({}, { cadence: said }), {
          now,
          jitter: 0,
          interval,
        });
        if (nextCheckAt - now === maxWaitMs) return;
        expect(said.skipHours).not.toContain(new Date(nextCheckAt).getUTCHours());
        expect(said.skipDays).not.toContain(new Date(nextCheckAt).getUTCDay());
      }),
    );
  });

  it('a source that gave validators within a day is not asked twice without them in a day', () => {
    fc.assert(
      fc.property(fc.array(result, { minLength: 2, maxLength: 12 }), (results) => {
        let state = givenState();
        let gaveAt: number = now;
        let copyAt = Number.NEGATIVE_INFINITY;
        for (const said of results) {
          const at = state.nextCheckAt;
          const conditional = isConditional(nextRequest(feedUrl, state, at).validators);
          const gave = at - gaveAt < dayMs;
          expect(!conditional && gave ? at - copyAt : dayMs).toBeGreaterThanOrEqual(dayMs);
          const asked =
            said.kind === 'failed' ? { ...said, conditional } : { ...said, answer: { ...said.answer, conditional } };
          state = nextState(state, asked, { now: at, jitter: 0, interval });
          if (isConditional(state.validators)) gaveAt = at;
          // Only an answer that brings a document is a copy.
          if (!conditional && said.kind !== 'failed') copyAt = at;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('an active source is asked twice within the time that its document covers, or as often as the owner allows', () => {
    const gaps = fc.array(fc.integer({ min: 60_000, max: 6 * hourMs }), { minLength: 4, maxLength: 40 });
    fc.assert(
      fc.property(gaps, fc.boolean(), (between, hasValidators) => {
        let at: number = now;
        const entryInstants = between.map((gap) => givenInstant((at -= gap) + gap));
        const spanMs = now - (entryInstants.at(-1) ?? now);
        const answer = { conditional: false, ...(hasValidators ? {} : { validators: {} }) };
        const state = nextState(toInitialState(now), givenUpdate(answer, { entryInstants }), {
          now,
          jitter: 0,
          interval,
        });
        const leastMs = interval.minMinutes * 60_000;
        expect(state.nextCheckAt - now).toBeLessThanOrEqual(Math.max(spanMs / 2, leastMs) + 1);
        expect(state.nextCheckAt - now).toBeGreaterThanOrEqual(leastMs);
      }),
    );
  });

  it('a failure waits for Retry-After or the backoff, whatever was known before', () => {
    const known = fc.array(result, { maxLength: 4 });
    fc.assert(
      fc.property(known, failure, jitter, (results, why, spread) => {
        if (why.kind === 'gone' || why.kind === 'too-large') return;
        let state = givenState();
        for (const each of results) state = nextState(state, each, { now, jitter: 0, interval });
        const { skipHours: _hours, skipDays: _days, ...said } = state.cadence ?? { skipHours: [], skipDays: [] };
        // Who lost its validators today may wait for its next full copy.
        const { validatorsUntil: _lost, ...kept } = state;
        const before = { ...kept, consecutiveFailures: 0, cadence: { ...said, skipHours: [], skipDays: [] } };
        const after = nextState(before, givenFailed(why), { now, jitter: spread, interval });
        const askedMs = why.kind === 'http-status' ? (why.retryAfterMs ?? 0) : 0;
        const isRefused = why.kind === 'http-status' && [400, 412, 431].includes(why.status);
        if (isRefused) return;
        expect(after.nextCheckAt - now).toBeLessThanOrEqual(Math.min(Math.max(askedMs, 7.5 * 60_000), maxWaitMs) + 1);
      }),
    );
  });

  it('jitter only ever adds, half at most', () => {
    fc.assert(
      fc.property(failure, fc.nat(40), jitter, (why, consecutiveFailures, spread) => {
        const wait = (amount: number): number =>
          nextState(givenState({ consecutiveFailures }), givenFailed(why), { now, jitter: amount, interval })
            .nextCheckAt - now;
        expect(wait(spread)).toBeGreaterThanOrEqual(wait(0));
        expect(wait(spread)).toBeLessThanOrEqual(wait(0) * 1.5 + 1);
      }),
    );
  });
});

describe('whatever the checks of a page bring', () => {
  it('the next one is a day away at least, a month at most', () => {
    fc.assert(
      fc.property(result, instant, jitter, (said, changedAt, spread) => {
        const { nextCheckAt } = nextArticleState(givenState(), said, { now, jitter: spread, changedAt });
        expect(nextCheckAt - now).toBeGreaterThanOrEqual(dayMs);
        expect(nextCheckAt - now).toBeLessThanOrEqual(maxArticleIntervalMs);
      }),
    );
  });
});

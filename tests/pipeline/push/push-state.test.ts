import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/domain/duration.ts';
import type { Instant } from '../../../src/domain/instant.ts';
import { afterPush, type ReceiverState } from '../../../src/pipeline/push/push-state.ts';
import type { PushOutcome, Wish } from '../../../src/pipeline/push/receiver.ts';

const now = Date.UTC(2026, 10, 27, 12) as Instant;
const wish: Wish = { id: 'w1', mode: 'subscribe', leaseSeconds: 86_400, at: now, secret: 'new' };
const asked: ReceiverState = { kind: 'hub', wish, told: 0, nextAt: now, failures: 0, tries: [] };
const leased: ReceiverState = {
  kind: 'hub',
  secret: 'old',
  expiresAt: (now + hourMs) as Instant,
  told: 7,
  nextAt: now,
  failures: 0,
  tries: [],
};
const webhook: ReceiverState = { kind: 'webhook', told: 3, nextAt: now, failures: 0, tries: [] };
const failed: PushOutcome = { kind: 'failed', what: 'x', answer: 'HTTP 500' };

function after(state: ReceiverState, outcome: PushOutcome, at = now) {
  return afterPush(state, outcome, 40, at, 0);
}

describe('a subscriber of the hub', () => {
  it('is told what is new from its verification on', () => {
    const { state } = after(asked, { kind: 'verified', wish });
    expect(state).toMatchObject({ told: 40, secret: 'new', expiresAt: now + dayMs });
    expect(state).not.toHaveProperty('wish');
  });

  it('goes on where it was when it renews its lease', () => {
    expect(after({ ...leased, wish }, { kind: 'verified', wish }).state).toMatchObject({ told: 7, secret: 'new' });
  });

  it('stays what it was while somebody else asks in its name', () => {
    const refused: PushOutcome = { kind: 'refused', wish, answer: 'HTTP 404' };
    expect(after({ ...leased, wish }, refused).state).toEqual(leased);
    const end: Wish = { id: 'w2', mode: 'unsubscribe', at: now };
    expect(after({ ...leased, wish: end }, { kind: 'refused', wish: end, answer: 'HTTP 404' }).state).toEqual(leased);
    expect(after({ ...leased, wish: end }, { kind: 'verified', wish: end }).state).toBeUndefined();
  });

  it('is forgotten when it refuses, and when it was never reached', () => {
    expect(after(asked, { kind: 'refused', wish, answer: 'HTTP 404' }).state).toBeUndefined();
    const lost: PushOutcome = { kind: 'failed', what: 'subscribe', answer: 'no answer', wish };
    const first = after(asked, lost).state as ReceiverState;
    expect(first.nextAt - now).toBe(10_000);
    const second = after(first, lost).state as ReceiverState;
    expect(after(second, lost).state).toBeUndefined();
  });

  it('is not changed by the answer to a wish that was replaced meanwhile', () => {
    const later: Wish = { ...wish, id: 'w9' };
    expect(after({ ...asked, wish: later }, { kind: 'verified', wish }).state).toEqual({ ...asked, wish: later });
  });

  it('is removed when its callback is gone, and tried again ever later when it fails', () => {
    expect(after(leased, { kind: 'gone', what: 'x', answer: 'HTTP 410' }).state).toBeUndefined();
    let state = leased;
    const waits = Array.from({ length: 14 }, () => {
      state = after(state, failed).state as ReceiverState;
      return state.nextAt - now;
    });
    expect(waits.slice(0, 3)).toEqual([10_000, 20_000, 40_000]);
    expect(waits.at(-1)).toBe(6 * hourMs);
    expect(state).toMatchObject({ told: 7, failures: 14 });
  });

  it('is never told less than it was', () => {
    expect(after(leased, { kind: 'delivered', told: 5, what: 'x', answer: 'HTTP 200' }).state?.told).toBe(7);
    expect(after(leased, { kind: 'nothing', told: 9 }).state?.told).toBe(9);
  });
});

describe('a webhook', () => {
  it('is paused after a day of failures, once, and the owner is told', () => {
    const first = after(webhook, failed).state as ReceiverState;
    expect(after(first, failed, (now + dayMs - 1) as Instant)).not.toHaveProperty('isPaused');
    const paused = after(first, failed, (now + dayMs) as Instant);
    expect(paused).toMatchObject({ isPaused: true, state: { pausedAt: now + dayMs, told: 3 } });
  });

  it('is paused at once when it is gone, and is kept', () => {
    const gone: PushOutcome = { kind: 'gone', what: 'x', answer: 'HTTP 410' };
    expect(after(webhook, gone)).toMatchObject({ isPaused: true, state: { pausedAt: now } });
  });

  it('goes on after a test that succeeds, and not after one that fails', () => {
    const test: Wish = { id: 't', mode: 'test', at: now };
    const paused: ReceiverState = { ...webhook, failures: 30, failingSince: now, pausedAt: now, wish: test };
    const good = after(paused, { kind: 'delivered', told: 0, what: 'a test', answer: 'HTTP 200', wish: test }).state;
    expect(good).toMatchObject({ failures: 0, told: 3 });
    expect(good).not.toHaveProperty('pausedAt');
    expect(good).not.toHaveProperty('wish');
    expect(after(paused, { ...failed, wish: test }).state).toMatchObject({ pausedAt: now });
  });

  it('remembers the last ten tries, the newest first', () => {
    let state = webhook;
    for (let told = 1; told <= 12; told += 1) {
      const sent: PushOutcome = { kind: 'delivered', told, what: `entry ${told}`, answer: 'HTTP 200' };
      state = after(state, sent).state as ReceiverState;
    }
    expect(state.tries.map(({ what }) => what)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map((n) => `entry ${n}`));
  });
});

import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../src/domain/instant.ts';
import type { SourceId } from '../../../src/domain/source.ts';
import { toInitialState } from '../../../src/domain/source-state.ts';
import { afterPush, pingTime, pushesOf, pushWish } from '../../../src/pipeline/websub/push-rhythm.ts';
import {
  afterAnswer,
  afterAsking,
  afterVerification,
  endSubscription,
  type Subscription,
} from '../../../src/pipeline/websub/subscription.ts';
import { givenUrl } from '../../support/given.ts';

const now = Date.UTC(2026, 10, 27) as Instant;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const wanted: Subscription = {
  token: 't',
  sourceId: 's' as SourceId,
  sourceUrl: givenUrl('https://up.river.org/feed'),
  hub: givenUrl('https://hub.river.org/'),
  topic: givenUrl('https://up.river.org/feed'),
  isOwnTopic: true,
  secret: 'secret',
  status: 'wanted',
  tries: 0,
  nextAt: now,
};

function at(ms: number): Instant {
  return (now + ms) as Instant;
}

function asked(held: Subscription, when = now): Subscription {
  const next = afterAsking(held, when);
  if (next === undefined) throw new Error('it was forgotten');
  return next;
}

describe('a subscription', () => {
  it('asks a silent hub again later and later, then daily', () => {
    let held = wanted;
    const waits: number[] = [];
    for (let tries = 0; tries < 5; tries += 1) {
      held = asked(held);
      waits.push((held.nextAt - now) / minute);
    }
    expect(waits).toEqual([10, 60, 360, 1440, 1440]);
  });

  it('takes a verification within an hour, and no later one', () => {
    const held = asked(wanted);
    const verification = { mode: 'subscribe', topic: held.topic, challenge: 'c', leaseSeconds: 600 };
    expect(afterVerification(held, verification, at(hour))?.next).toMatchObject({
      status: 'active',
      leaseUntil: at(hour + 600_000),
      nextAt: at(hour + 300_000),
      tries: 0,
    });
    expect(afterVerification(held, verification, at(hour + 1))).toBeUndefined();
  });

  it.each([
    [0, minute],
    [30, minute],
    [undefined, 10 * day],
    [999_999_999, 365 * day],
  ])('bounds a lease of %s seconds', (leaseSeconds, leaseMs) => {
    const said = leaseSeconds === undefined ? {} : { leaseSeconds };
    const verified = afterVerification(
      asked(wanted),
      { mode: 'subscribe', topic: wanted.topic, challenge: 'c', ...said },
      now,
    );
    expect(verified?.next?.leaseUntil).toBe(now + leaseMs);
  });

  it('is told to the hub three times when it ends, and not at all when the hub was never asked', () => {
    expect(endSubscription(wanted, now, false)).toBeUndefined();
    let held = endSubscription(asked(wanted), now, false);
    for (let tries = 0; tries < 3; tries += 1) held = held && afterAsking(held, now);
    expect(held?.pending).toEqual({ mode: 'unsubscribe', at: now });
    expect(held && afterAsking(held, now)).toBeUndefined();
  });

  it('is kept when its source may come back', () => {
    const held = endSubscription(asked(wanted), now, true);
    expect(held && afterAnswer(held, { kind: 'refused', reason: 'unknown' }, now)).toMatchObject({ status: 'ended' });
  });
});

describe('the rhythm of a source that is pushed', () => {
  const active: Subscription = { ...wanted, status: 'active', leaseUntil: at(3 * day), pushedAt: now };
  const state = { ...toInitialState(now), lastCheckedAt: now, nextCheckAt: at(hour) };

  it('is one check a day, and none after the end of the lease', () => {
    expect(pushWish(pushesOf(active, state, now), now)?.waitMs).toBe(day);
    expect(pushWish(pushesOf(active, state, at(3 * day - hour)), at(3 * day - hour))?.waitMs).toBe(hour);
    expect(pushesOf(active, state, at(3 * day))).toBeUndefined();
    expect(afterPush(state, at(3 * day), at(minute)).nextCheckAt).toBe(at(day));
    expect(afterPush(state, at(2 * hour), at(minute)).nextCheckAt).toBe(at(2 * hour));
  });

  it('is not begun before the first push, and does not hide that the source is due or fails', () => {
    const { pushedAt: _pushed, ...silent } = active;
    expect(pushesOf(silent, state, now)).toBeUndefined();
    expect(afterPush(state, at(day), at(2 * hour))).toBe(state);
    const failing = { ...state, consecutiveFailures: 1 };
    expect(afterPush(failing, at(day), at(minute))).toBe(failing);
  });

  it('counts a check as the doing of a push only when the push came after the check before', () => {
    expect(pushesOf({ ...active, pingedAt: at(-minute) }, state, at(1))?.isPinged).toBe(false);
    expect(pushesOf({ ...active, pingedAt: at(1) }, state, at(1))?.isPinged).toBe(true);
  });

  it('lets pushes ask once a minute', () => {
    expect(pingTime(active, now)).toBe(now);
    const pinged = { ...active, pingedAt: now };
    expect(pingTime(pinged, at(1))).toBe(at(minute));
    expect(pingTime({ ...active, pingedAt: at(minute) }, at(1))).toBeUndefined();
    expect(pingTime(pinged, at(2 * minute))).toBe(at(2 * minute));
  });
});

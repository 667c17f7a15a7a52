/**
 * Defines a subscription at a hub, and its changes: asked for, confirmed, renewed, denied, ended.
 *
 * Pure: `now` comes in, the next subscription goes out. When a hub is silent or denies, we try again later: the source is
 * polled meanwhile.
 *
 * @see https://www.w3.org/TR/websub/#subscribing-and-unsubscribing
 */
import { dayMs, hourMs, minuteMs } from '../../domain/duration.ts';
import type { HttpUrl } from '../../domain/http-url.ts';
import type { Instant } from '../../domain/instant.ts';
import type { SourceId } from '../../domain/source.ts';

/** The two requests to a hub. */
export type HubMode = 'subscribe' | 'unsubscribe';

/** A subscription as the Archive keeps it. */
export interface Subscription {
  /** The random part of the callback's address: only the hub knows it. */
  readonly token: string;
  readonly sourceId: SourceId;
  /** The source's address when the hub was found. */
  readonly sourceUrl: HttpUrl;
  readonly hub: HttpUrl;
  readonly topic: HttpUrl;
  /** Whether the topic is at the source's own host. A push for another topic only means that it is time to ask. */
  readonly isOwnTopic: boolean;
  /** The key of the hub's signatures. */
  readonly secret: string;
  /** `ending`: the hub is being told that we want no more pushes; afterwards it is `ended`. */
  readonly status: 'wanted' | 'active' | 'denied' | 'ending' | 'ended';
  /** It ends because its source is not followed now. When the source is followed again, it is renewed. */
  readonly isKept?: true;
  /** A request that the hub has not verified yet. */
  readonly pending?: { readonly mode: HubMode; readonly at: Instant };
  /** Requests since the last one that the hub confirmed. */
  readonly tries: number;
  /** When the hub is asked next. */
  readonly nextAt: Instant;
  readonly leaseUntil?: Instant;
  /** The challenge that was confirmed last: a hub that missed our answer asks again. */
  readonly challenge?: string;
  /** When the last push with a right signature came; absent again after a check found new entries that no push had brought. */
  readonly pushedAt?: Instant;
  /** When a push last made us ask the source. */
  readonly pingedAt?: Instant;
  /** Why the hub refused. */
  readonly reason?: string;
}

/** A hub's verification of our request. */
export interface Verification {
  readonly mode: string;
  readonly topic: string;
  readonly challenge: string;
  readonly leaseSeconds?: number;
}

/** A hub's answer to a request. */
export type HubAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'silent'; readonly reason: string };

/** The lease that is asked for; the hub decides. Seconds. */
export const wantedLeaseSeconds = 10 * 24 * 60 * 60;

/** Leases outside these bounds are cut to them. Milliseconds. */
const leaseBounds = { least: minuteMs, most: 365 * dayMs } as const;

/** A hub verifies within this time; a later verification is refused. Milliseconds. */
const verifiedWithinMs = hourMs;

/** Waits before a silent hub is asked again; then daily. Milliseconds. */
const silenceMs = [10 * minuteMs, hourMs, 6 * hourMs, dayMs] as const;

/** Wait before a hub that refused is asked again. Milliseconds. */
const deniedMs = dayMs;

/** How often a hub that does not answer is told of the end of a subscription; then its lease runs out. */
const endingTries = 3;

const maxChallengeLength = 2000;

/** The next request to the hub of an ended subscription: never. */
const never = Number.MAX_SAFE_INTEGER as Instant;

/** Whether a subscription exists and is not ending. */
export function isLive({ status }: Subscription): boolean {
  return status !== 'ending' && status !== 'ended';
}

/** The request that a subscription needs now. */
export function modeOf({ status }: Subscription): HubMode {
  return status === 'ending' ? 'unsubscribe' : 'subscribe';
}

/** Whether the lease is still valid. */
export function isLeased({ status, leaseUntil = 0 as Instant }: Subscription, now: Instant): boolean {
  return status === 'active' && leaseUntil > now;
}

/** The subscription while its hub is asked. Written before the request is sent, because hubs may verify during it. */
export function afterAsking(held: Subscription, now: Instant): Subscription | undefined {
  if (held.status === 'ending' && held.tries >= endingTries) return forget(held);
  const waitMs = silenceMs[Math.min(held.tries, silenceMs.length - 1)] ?? dayMs;
  const pending = { mode: modeOf(held), at: now };
  return { ...held, pending, tries: held.tries + 1, nextAt: (now + waitMs) as Instant };
}

/** The subscription after the hub's answer to the request; `undefined` when it is deleted. */
export function afterAnswer(held: Subscription, answer: HubAnswer, now: Instant): Subscription | undefined {
  switch (answer.kind) {
    case 'accepted':
      return held;
    case 'refused':
      return afterDenial(held, answer.reason, now);
    case 'silent':
      return { ...held, reason: answer.reason };
  }
}

/** The subscription after a denial by the hub; `undefined` when it is deleted. */
export function afterDenial(held: Subscription, reason: string, now: Instant): Subscription | undefined {
  if (!isLive(held)) return forget(held);
  const { pending: _asked, leaseUntil: _lease, pushedAt: _pushed, challenge: _challenge, ...kept } = held;
  return { ...kept, status: 'denied', reason, nextAt: (now + deniedMs) as Instant };
}

/**
 * Decides about a verification. `undefined` refuses it: nothing was asked for, or too long ago. Else the answer is the
 * challenge, and `next` is the subscription from then on; absent when it is deleted.
 */
export function afterVerification(
  held: Subscription,
  { mode, topic, challenge, leaseSeconds }: Verification,
  now: Instant,
): { readonly next?: Subscription } | undefined {
  if (topic !== held.topic || challenge === '' || challenge.length > maxChallengeLength) return undefined;
  const { pending, reason: _reason, ...rest } = held;
  if (pending === undefined) {
    return mode === 'subscribe' && isLeased(held, now) && challenge === held.challenge ? { next: held } : undefined;
  }
  if (mode !== pending.mode || now - pending.at > verifiedWithinMs) return undefined;
  if (pending.mode === 'unsubscribe') {
    const next = forget(held);
    return next === undefined ? {} : { next };
  }
  const grantedMs = (leaseSeconds ?? wantedLeaseSeconds) * 1000;
  const leaseMs = Math.min(Math.max(grantedMs, leaseBounds.least), leaseBounds.most);
  return {
    next: {
      ...rest,
      status: 'active',
      challenge,
      tries: 0,
      leaseUntil: (now + leaseMs) as Instant,
      nextAt: (now + leaseMs / 2) as Instant,
    },
  };
}

/** The subscription after it is no longer wanted; `undefined` when it is deleted at once. */
export function endSubscription(held: Subscription, now: Instant, isKept: boolean): Subscription | undefined {
  const { pending: _asked, isKept: _kept, ...rest } = held;
  const ending = { ...rest, ...(isKept && { isKept: true as const }) };
  if (held.status === 'wanted' && held.tries === 0) return forget(ending);
  return held.status === 'ended' ? forget(ending) : { ...ending, status: 'ending', tries: 0, nextAt: now };
}

function forget(held: Subscription): Subscription | undefined {
  if (held.isKept !== true) return undefined;
  const { pending: _asked, leaseUntil: _lease, pushedAt: _pushed, pingedAt: _pinged, challenge: _last, ...kept } = held;
  return { ...kept, status: 'ended', nextAt: never };
}

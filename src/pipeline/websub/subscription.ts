/**
 * One subscription at a hub, and how it changes: asked for, confirmed, renewed, denied, ended.
 *
 * Pure: `now` comes in, the next subscription goes out. Silence and denial cost nothing but a later try, because the source
 * is polled meanwhile.
 * @see https://www.w3.org/TR/websub/#subscribing-and-unsubscribing
 */
import type { HttpUrl } from '../../domain/http-url.ts';
import type { Instant } from '../../domain/instant.ts';
import type { SourceId } from '../../domain/source.ts';
import { dayMs, hourMs, minuteMs } from '../polling/duration.ts';

/** What is asked of a hub. */
export type HubMode = 'subscribe' | 'unsubscribe';

/** A subscription as the Archive keeps it. */
export interface Subscription {
  /** The random part of the callback's address: whoever knows it is the hub. */
  readonly token: string;
  readonly sourceId: SourceId;
  /** The address that the source had when the hub was found there. */
  readonly sourceUrl: HttpUrl;
  readonly hub: HttpUrl;
  readonly topic: HttpUrl;
  /** Whether the topic is at the source's own host. Of another topic a push only says that it is time to ask. */
  readonly isOwnTopic: boolean;
  /** Signs what the hub sends. */
  readonly secret: string;
  /** `ending`: the hub is told that nothing more is wanted; then it has `ended`. */
  readonly status: 'wanted' | 'active' | 'denied' | 'ending' | 'ended';
  /** It ends because its source is not followed now: when the source is followed again, so is its hub. */
  readonly isKept?: true;
  /** A request to the hub that the hub has not verified yet. */
  readonly pending?: { readonly mode: HubMode; readonly at: Instant };
  /** Requests since the last one that the hub confirmed. */
  readonly tries: number;
  /** When the hub is asked next. */
  readonly nextAt: Instant;
  readonly leaseUntil?: Instant;
  /** The challenge that was confirmed last: a hub that did not get our answer asks again. */
  readonly challenge?: string;
  /** When the last push came whose signature was right; absent again when a check found news that no push had told of. */
  readonly pushedAt?: Instant;
  /** When a push last made us ask the source. */
  readonly pingedAt?: Instant;
  /** Why the hub refused. */
  readonly reason?: string;
}

/** What the hub says when it verifies what we want. */
export interface Verification {
  readonly mode: string;
  readonly topic: string;
  readonly challenge: string;
  readonly leaseSeconds?: number;
}

/** How a hub took a request. */
export type HubAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'silent'; readonly reason: string };

/** The lease that is asked for; the hub decides. Seconds. */
export const wantedLeaseSeconds = 10 * 24 * 60 * 60;

/** A lease is believed within these bounds. Milliseconds. */
const leaseBounds = { least: minuteMs, most: 365 * dayMs } as const;

/** A hub verifies within this time; a later verification is refused. Milliseconds. */
const verifiedWithinMs = hourMs;

/** A hub that stays silent is asked again after these times, then daily. Milliseconds. */
const silenceMs = [10 * minuteMs, hourMs, 6 * hourMs, dayMs] as const;

/** A hub that refused is asked again after this: it may have been mended. Milliseconds. */
const deniedMs = dayMs;

/** A hub that does not answer the end of a subscription is told so often; then its lease runs out. */
const endingTries = 3;

const maxChallengeLength = 2000;

/** When the hub of an ended subscription is asked next. */
const never = Number.MAX_SAFE_INTEGER as Instant;

/** Whether a subscription is there, and is not about to go. */
export function isLive({ status }: Subscription): boolean {
  return status !== 'ending' && status !== 'ended';
}

/** What a subscription asks of its hub now. */
export function modeOf({ status }: Subscription): HubMode {
  return status === 'ending' ? 'unsubscribe' : 'subscribe';
}

/** Whether the lease of a subscription lives. */
export function isLeased({ status, leaseUntil = 0 as Instant }: Subscription, now: Instant): boolean {
  return status === 'active' && leaseUntil > now;
}

/** The subscription while its hub is asked; written before the request goes out, because hubs may verify within it. */
export function afterAsking(held: Subscription, now: Instant): Subscription | undefined {
  if (held.status === 'ending' && held.tries >= endingTries) return forget(held);
  const waitMs = silenceMs[Math.min(held.tries, silenceMs.length - 1)] ?? dayMs;
  const pending = { mode: modeOf(held), at: now };
  return { ...held, pending, tries: held.tries + 1, nextAt: (now + waitMs) as Instant };
}

/** The subscription after the hub's answer to the request; `undefined` when it is forgotten. */
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

/** The subscription that a hub denies, or takes back; `undefined` when it is forgotten. */
export function afterDenial(held: Subscription, reason: string, now: Instant): Subscription | undefined {
  if (!isLive(held)) return forget(held);
  const { pending: _asked, leaseUntil: _lease, pushedAt: _pushed, challenge: _challenge, ...kept } = held;
  return { ...kept, status: 'denied', reason, nextAt: (now + deniedMs) as Instant };
}

/**
 * Decides about a verification: `undefined` refuses what was not asked for, or too long ago. Else the answer is the challenge,
 * and `next` is the subscription from then on; absent when it is forgotten.
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

/** The subscription that is not wanted now; `undefined` when it is forgotten at once. */
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

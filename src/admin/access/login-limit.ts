/**
 * Guessing is slow: after a few wrong tokens a client waits, and when many clients guess, all of them do.
 *
 * Counted in the memory of one isolate, so that a guess costs no storage: a lock on a door that a token of 144 bits keeps
 * shut anyway. The owner is never shut out for long, and scripts with the right token are not concerned.
 */
import type { Instant } from '../../domain/instant.ts';

/** Within this time. Milliseconds. */
const windowMs = 15 * 60_000;

/** Wrong tokens of one client, and of all of them. */
const perClient = 5;
const overall = 100;

/** Counts wrong tokens. */
export interface LoginLimit {
  /** Milliseconds to wait before the next try; 0 = now. */
  readonly waitMs: (request: Request, now: Instant) => number;
  readonly countWrong: (request: Request, now: Instant) => void;
}

/** Creates an empty count. */
export function createLoginLimit(): LoginLimit {
  let wrong: readonly { readonly client: string; readonly at: Instant }[] = [];
  const recent = (now: Instant): typeof wrong => wrong.filter(({ at }) => at > now - windowMs);
  return {
    waitMs: (request, now) => {
      const all = recent(now);
      const own = all.filter(({ client }) => client === clientOf(request));
      return Math.max(untilFree(own, perClient, now), untilFree(all, overall, now));
    },
    countWrong: (request, now) => {
      wrong = [...recent(now), { client: clientOf(request), at: now }];
    },
  };
}

function untilFree(tries: readonly { readonly at: Instant }[], most: number, now: Instant): number {
  const blocking = tries.at(-most);
  return blocking === undefined ? 0 : blocking.at + windowMs - now;
}

/** As Cloudflare says; IPv6 by its /64, which one person has whole. */
function clientOf(request: Request): string {
  const address = request.headers.get('CF-Connecting-IP') ?? '';
  return address.includes(':') ? address.split(':').slice(0, 4).join(':') : address;
}

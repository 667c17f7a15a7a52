/**
 * Limits how fast tokens can be guessed, at the login page and at the API together.
 *
 * Each client has a few tries in a quarter of an hour. A program that repeats one wrong token has made one try. When many
 * clients guess, every try waits a moment, but no client is locked out because of others. The counts live in the memory
 * of one isolate: a guess costs no storage, and the token itself has 144 random bits.
 */

import { networkOf } from '../../domain/client-network.ts';
import type { Instant } from '../../domain/instant.ts';

/** Tries are counted over this time. Milliseconds. */
const windowMs = 15 * 60_000;

/** Tries that one client has. */
const maxTriesOfClient = 5;

/** With this many tries of all clients, each further try waits. */
const maxQuickTries = 100;

/** How long a try waits then. Milliseconds. */
const slowTryMs = 2000;

/** Most tries that are remembered; the oldest are dropped. About 100 bytes each. */
const maxRemembered = 10_000;

/** The answer to a try. */
export type LoginTry =
  | {
      readonly isAllowed: true;
      /** Wait this long before the token is compared. Milliseconds. */
      readonly pauseMs: number;
      /** Does not count the try: the token was right. */
      readonly forget: () => void;
    }
  | { readonly isAllowed: false; readonly retryAfterMs: number };

/**
 * Counts a try and says whether it may go on. It counts at once, so simultaneous tries are all counted.
 * @param guess the tried token, where it is known already: the same token again is not another try
 */
export type CountLoginTry = (request: Request, now: Instant, guess?: string) => LoginTry;

/** Creates an empty count. */
export function createLoginLimit(): CountLoginTry {
  let tries: readonly { readonly client: string; readonly at: Instant; readonly guess: string | undefined }[] = [];
  return (request, now, guess) => {
    const recent = tries.filter(({ at }) => at > now - windowMs);
    const client = clientOf(request);
    const blocking = recent.filter((held) => held.client === client).at(-maxTriesOfClient);
    if (blocking !== undefined) {
      tries = recent;
      return { isAllowed: false, retryAfterMs: blocking.at + windowMs - now };
    }
    const pauseMs = recent.length < maxQuickTries ? 0 : slowTryMs;
    if (guess !== undefined && recent.some((held) => held.client === client && held.guess === guess)) {
      return { isAllowed: true, pauseMs, forget: () => undefined };
    }
    const own = { client, at: now, guess };
    tries = [...recent, own].slice(-maxRemembered);
    const forget = (): void => {
      tries = tries.filter((held) => held !== own);
    };
    return { isAllowed: true, pauseMs, forget };
  };
}

/** The network that Cloudflare saw the request come from. */
function clientOf(request: Request): string {
  return networkOf(request.headers.get('CF-Connecting-IP') ?? '');
}

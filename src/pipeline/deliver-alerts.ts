/**
 * Posts alerts to the owner's webhook, the oldest first. What it does not take is posted again at the next round, for a day.
 */
import { type Instant, renderRfc3339 } from '../domain/instant.ts';
import type { RecordedAlert } from './alerts.ts';

/** What delivering takes. */
export interface AlertDelivery {
  readonly undelivered: (since: Instant, limit: number) => Promise<readonly RecordedAlert[]>;
  readonly noteDelivered: (id: number) => Promise<void>;
  /** Posts JSON; `false` when the webhook did not take it. */
  readonly post: (body: string) => Promise<boolean>;
  readonly now: () => Instant;
}

/** Alerts of one round: each is a request. */
const maxPosts = 20;

/** Older alerts are no news. Milliseconds. */
const newsMs = 24 * 60 * 60_000;

/** Returns how many alerts were delivered. */
export async function deliverAlerts({ undelivered, noteDelivered, post, now }: AlertDelivery): Promise<number> {
  let delivered = 0;
  for (const alert of await undelivered((now() - newsMs) as Instant, maxPosts)) {
    const { id, at, kind, detail, source } = alert;
    const body = { id, at: renderRfc3339(at), kind, source: source ?? null, detail };
    // A webhook that does not answer is left alone until the next round.
    if (!(await post(JSON.stringify(body)))) break;
    await noteDelivered(id);
    delivered += 1;
  }
  return delivered;
}

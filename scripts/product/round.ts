/**
 * Runs one refresh round: calls the scheduled handler until every feed that is due was asked and nothing is left to do.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Health, Product } from './product.ts';
import type { LoadUpstream } from './upstream.ts';

/** After so long a source is due again: POLL_MINUTES of the load. Milliseconds. */
export const intervalMs = 60 * 60_000;

/** The handler is called again when no feed was asked for this long. Milliseconds. */
const quietMs = 5000;

/** Runs a round as if it were `at`; throws when it takes longer than `withinMs`. */
export async function runRound(
  product: Product,
  upstream: LoadUpstream,
  at: number,
  withinMs: number,
): Promise<Health> {
  const deadline = Date.now() + withinMs;
  let asked = 0;
  let movedAt = 0;
  for (;;) {
    // One wake-up claims everything: each host's next job follows when one is done. Another wake-up repairs losses.
    if (upstream.asked().feeds > asked) {
      asked = upstream.asked().feeds;
      movedAt = Date.now();
    } else if (Date.now() - movedAt > quietMs && asked < upstream.feeds.length) {
      await product.fireCron(at);
      movedAt = Date.now();
    }
    await delay(100);
    // With every feed asked, the last recordings are on their way; then the publish.
    if (upstream.asked().feeds === upstream.feeds.length) {
      const health = await product.health();
      if (health.queue.due === 0 && health.queue.inFlight === 0) return health;
    }
    if (Date.now() > deadline) {
      const health = JSON.stringify(await product.health());
      throw new Error(`the round did not end: ${JSON.stringify(upstream.asked())} ${health}`);
    }
  }
}

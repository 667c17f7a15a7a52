/**
 * Posts alerts to the webhook of the settings.
 */
import type { HttpUrl } from '../domain/http-url.ts';
import type { Instant } from '../domain/instant.ts';
import { deliverAlerts } from '../pipeline/deliver-alerts.ts';
import { archiveDoor } from './archive-doors.ts';
import type { Bindings } from './bindings.ts';
import { logEvent } from './log.ts';

/** A webhook answers within seconds. Milliseconds. */
const timeoutMs = 10_000;

/** Delivers what the webhook has not got. The address is never logged: it may hold a secret. */
export async function postAlerts(env: Bindings, webhook: HttpUrl): Promise<void> {
  const { undeliveredAlerts, noteDelivered } = archiveDoor(env, 'owner');
  const post = async (body: string): Promise<boolean> => {
    try {
      const response = await fetch(webhook, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      if (!response.ok) logEvent({ event: 'alert-not-taken', status: response.status });
      return response.ok;
    } catch {
      logEvent({ event: 'alert-not-taken', status: null });
      return false;
    }
  };
  await deliverAlerts({ undelivered: undeliveredAlerts, noteDelivered, post, now });
}

function now(): Instant {
  return Date.now() as Instant;
}

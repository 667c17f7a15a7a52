/**
 * Collects who asked to be left alone while a document was retrieved: `Retry-After`, of the host that sent it.
 */
import type { RetrieveFailure } from '../domain/failure.ts';
import type { Result } from '../domain/result.ts';
import type { HostPause, Retrieved } from './retrieval.ts';

/** The hosts that asked for patience while a request was answered, or failed. */
export function pausesOf(retrieved: Result<Retrieved, RetrieveFailure>): { readonly pauses?: readonly HostPause[] } {
  if (retrieved.ok) return retrieved.value.pauses.length === 0 ? {} : { pauses: retrieved.value.pauses };
  const { failure } = retrieved;
  if (failure.kind !== 'http-status' || failure.retryAfterMs === undefined || failure.host === undefined) return {};
  return { pauses: [{ host: failure.host, ms: failure.retryAfterMs }] };
}

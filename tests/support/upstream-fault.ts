/**
 * What a fault of a site is: a name, what it does, and what is to come of it.
 */
import type { Failure, RetrieveFailure } from '../../src/domain/failure.ts';
import type { Upstream, UpstreamHandler } from './upstream.ts';

/** One way a site can misbehave. */
export interface UpstreamFault {
  /** In kebab case; its path is `/faults/<name>`. */
  readonly name: string;
  /** What the site does, one sentence. */
  readonly does: string;
  readonly handler: UpstreamHandler;
  /** What one unconditional request by the retriever ends in. */
  readonly retrieved: 'document' | RetrieveFailure['kind'];
  /** The same where workerd is more patient than Node. */
  readonly retrievedInWorkerd?: 'document';
  /** What the first check of such a source ends in, in the whole product. */
  readonly checked: 'updated' | Failure['kind'];
  /** Evidence the failure must carry. */
  readonly evidence?: Readonly<Record<string, unknown>>;
}

/** The bounds that the faults are made for: give them to the retriever, or to the product as settings. */
export const faultLimits = { timeoutMs: 400, maxBodyBytes: 512 * 1024 } as const;

/** The path of a fault. */
export function faultPath(name: string): string {
  return `/faults/${name}`;
}

/** Serves each fault at its path. */
export function serveFaults(upstream: Upstream, faults: readonly UpstreamFault[]): void {
  for (const fault of faults) upstream.serve(faultPath(fault.name), fault.handler);
}

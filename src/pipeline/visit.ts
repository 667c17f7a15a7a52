/**
 * Sends requests that are no jobs: pages of articles, previews, discoveries. Such a request takes a place at its host as jobs
 * do, so that a host gets one request at a time.
 */
import { hostOf } from '../domain/http-url.ts';
import { fail } from '../domain/result.ts';
import { pausesOf } from './host-pause.ts';
import type { ArchiveWriter } from './ports.ts';
import type { HostPause, Retrieve } from './retrieval.ts';

/** What a visit needs from outside. */
export interface VisitPorts {
  readonly archive: Pick<ArchiveWriter, 'enterHost' | 'leaveHost'>;
  readonly retrieve: Retrieve;
  /** Waits; milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
}

/** The longest wait for a host that rests. Milliseconds. */
const patienceMs = 10_000;

/** A retriever that asks only free hosts. For a busy host it returns a `network` failure that says so. */
export function createVisit({ archive, retrieve, pause }: VisitPorts): Retrieve {
  return async (request) => {
    const host = hostOf(request.url);
    const waitMs = await archive.enterHost(host, patienceMs);
    if (waitMs === 'busy') return fail({ kind: 'network', detail: `${host} is being asked for something else` });
    if (waitMs === 'resting') return fail({ kind: 'network', detail: `${host} asked us to wait (Retry-After)` });
    let pauses: readonly HostPause[] = [];
    try {
      if (waitMs > 0) await pause(waitMs);
      const retrieved = await retrieve(request);
      pauses = pausesOf(retrieved).pauses ?? [];
      return retrieved;
    } finally {
      await archive.leaveHost(host, pauses);
    }
  };
}

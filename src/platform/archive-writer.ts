/**
 * The Archive as the write side reaches it: RPC to the one Durable Object, as the port the pipeline is written against.
 */
import { toMessages } from '../pipeline/job-message.ts';
import type { ArchiveWriter } from '../pipeline/ports.ts';
import { archiveStub } from './archive-reader.ts';
import type { Bindings } from './bindings.ts';
import { createEnqueue } from './jobs.ts';

/** Adapts the stub; each call is one request to the Durable Object. */
export function createArchiveWriter(env: Bindings): ArchiveWriter {
  return {
    loadSeeds: async () => await archiveStub(env).loadSeeds(),
    retireExpired: async (limit) => await archiveStub(env).retireExpired(limit),
    claimDue: async (at, limit) => await archiveStub(env).claimDue(at, limit),
    openJobs: async (deliveries) => await archiveStub(env).openJobs(deliveries),
    unknownEntries: async (source, candidates) => await archiveStub(env).unknownEntries(source, candidates),
    record: async (recordings) => await archiveStub(env).record(recordings),
    enterHost: async (host, patienceMs) => await archiveStub(env).enterHost(host, patienceMs),
    leaveHost: async (host, pauses) => {
      const next = await archiveStub(env).leaveHost(host, pauses);
      if (next !== undefined) await createEnqueue(env.JOBS)(toMessages([next]));
    },
  };
}

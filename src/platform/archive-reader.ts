/**
 * The Archive as readers reach it: RPC to the one Durable Object, as the port the pages and feeds are written against.
 */
import type { ArchiveReader } from '../pipeline/ports.ts';
import { createTotalsMemory } from './archive/answers/totals-on-the-wire.ts';
import type { Archive } from './archive.ts';
import type { Bindings } from './bindings.ts';

/** The one Archive of this installation. */
export function archiveStub(env: Bindings): DurableObjectStub<Archive> {
  return env.ARCHIVE.getByName('archive');
}

/** Adapts the stub; each call is one request to the Durable Object. Remembers the totals of the last answer. */
export function createArchiveReader(env: Bindings): ArchiveReader {
  const withTotals = createTotalsMemory();
  return {
    count: async (query, most) => await archiveStub(env).count(query, most),
    answer: async (query, format) => await withTotals((state) => archiveStub(env).answer(query, format, state)),
    month: async (month, before, format) => await archiveStub(env).month(month, before, format),
    months: async () => await archiveStub(env).months(),
    views: async () => await archiveStub(env).views(),
    entry: async (id) => await archiveStub(env).entry(id),
    totals: async () => await archiveStub(env).totals(),
    bootstrap: async () => await archiveStub(env).bootstrap(),
    rewrite: async (keys) => await archiveStub(env).rewrite(keys),
  };
}

/**
 * Reaches the Archive by RPC: one door for readers, one for refreshes, one for the owner.
 *
 * `ArchiveDoors` types both ends. The Durable Object has one method, `ask`, so a new call is added to its door and to the
 * port, and to no third place.
 */
import { askHubsMessage, iconMessage, toMessages } from '../pipeline/job-message.ts';
import { type ArchiveReader, type ArchiveWriter, archiveUnavailable } from '../pipeline/ports.ts';
import { createTotalsMemory } from './archive/answers/totals-on-the-wire.ts';
import type { ArchiveDoors } from './archive/core.ts';
import type { Bindings } from './bindings.ts';
import { createEnqueue } from './enqueue.ts';

/** The one method of the Archive as RPC sees it: plain data without types. */
interface Callable {
  readonly ask: (door: keyof ArchiveDoors, name: string, given: readonly unknown[]) => Promise<unknown>;
}

/** A door of the one Archive of this installation. Each call is one request to the Durable Object. */
export function archiveDoor<Door extends keyof ArchiveDoors>(env: Bindings, door: Door): ArchiveDoors[Door] {
  const calls: ProxyHandler<ArchiveDoors[Door]> = {
    get: (_, name) => (typeof name === 'string' && name !== 'then' ? call(name) : undefined),
  };
  const call =
    (name: string) =>
    async (...given: readonly unknown[]) => {
      try {
        return await (env.ARCHIVE.getByName('archive') as Callable).ask(door, name, given);
      } catch (cause) {
        // Callers answer "not possible now" instead of "broken".
        throw new Error(`${archiveUnavailable}: ${String(cause)}`, { cause });
      }
    };
  return new Proxy<ArchiveDoors[Door]>(Object.create(null), calls);
}

/** The Archive's operations for pages and feeds. Remembers the totals of the last answer. */
export function createArchiveReader(env: Bindings): ArchiveReader {
  const door = archiveDoor(env, 'reader');
  const { count, month, digests, months, views, entry, mergedSource, totals, bootstrap, rewrite } = door;
  const withTotals = createTotalsMemory();
  return {
    answer: async (query, format) => await withTotals((state) => door.answer(query, format, state)),
    icon: async (sourceId) => {
      const found = await door.icon(sourceId);
      if (found.wanted !== undefined) await createEnqueue(env.JOBS)([iconMessage(found.wanted)]);
      return found;
    },
    count,
    month,
    digests,
    months,
    views,
    entry,
    mergedSource,
    totals,
    bootstrap,
    rewrite,
  };
}

/** The Archive's operations for refreshes. When a host becomes free, its next job is put into the Queue. */
export function createArchiveWriter(env: Bindings): ArchiveWriter {
  const { loadSeeds, retireExpired, claimDue, openJobs, unknownEntries, record, enterHost, leaveHost } = archiveDoor(
    env,
    'writer',
  );
  return {
    loadSeeds,
    retireExpired,
    claimDue,
    openJobs,
    unknownEntries,
    record: async (recordings) => {
      const receipts = await record(recordings);
      if (receipts.some((receipt) => receipt.ok && receipt.value.isHubWanted === true)) {
        await createEnqueue(env.JOBS)([askHubsMessage]);
      }
      return receipts;
    },
    enterHost,
    leaveHost: async (host, pauses) => {
      const next = await leaveHost(host, pauses);
      if (next !== undefined) await createEnqueue(env.JOBS)(toMessages([next]));
    },
  };
}

/**
 * Does what the cron wakes us for: new seeds are loaded, what is past its time is dropped, and what is due goes into the
 * Queue.
 *
 * Cheap on purpose: the work itself is done by one small invocation a message.
 */
import type { Instant } from '../domain/instant.ts';
import { toMessages } from './job-message.ts';
import type { ArchiveWriter, Enqueue } from './ports.ts';

/** Jobs taken into work by one wake-up: a hundred messages. What did not fit goes first next time. */
export const jobsPerWakeUp = 1000;

/** Entries that retention drops in one wake-up: the Archive is busy for well under a second. */
export const retiredPerWakeUp = 500;

/** Wakes up at `at`; returns how many jobs were enqueued. */
export async function schedule(archive: ArchiveWriter, enqueue: Enqueue, at: Instant): Promise<number> {
  await archive.loadSeeds();
  await archive.retireExpired(retiredPerWakeUp);
  const jobs = await archive.claimDue(at, jobsPerWakeUp);
  if (jobs.length > 0) await enqueue(toMessages(jobs));
  return jobs.length;
}

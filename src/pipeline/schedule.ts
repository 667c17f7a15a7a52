/**
 * Does the work of a cron wake-up: loads new seeds, drops text past its retention, and puts due jobs into the Queue.
 *
 * It is cheap on purpose: small invocations, one a message, do the jobs themselves.
 */
import type { Instant } from '../domain/instant.ts';
import { toMessages } from './job-message.ts';
import type { ArchiveWriter, Enqueue } from './ports.ts';

/** Jobs that one wake-up claims: a hundred messages. The jobs that did not fit go first next time. */
export const jobsPerWakeUp = 1000;

/** Entries that retention drops in one wake-up: the Archive is busy for well under a second. */
const retiredPerWakeUp = 500;

/** Wakes up at `at`; returns how many jobs were enqueued. */
export async function schedule(archive: ArchiveWriter, enqueue: Enqueue, at: Instant): Promise<number> {
  await archive.loadSeeds();
  await archive.retireExpired(retiredPerWakeUp);
  const jobs = await archive.claimDue(at, jobsPerWakeUp);
  if (jobs.length > 0) await enqueue(toMessages(jobs));
  return jobs.length;
}

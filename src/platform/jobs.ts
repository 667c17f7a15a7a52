/**
 * The queue between the cron and the refreshes: one message a job.
 */
import type { EnqueueJobs } from '../pipeline/ports.ts';
import type { RefreshJob } from '../pipeline/recording.ts';

/** Messages the platform takes in one call. */
const batchSize = 100;

/** Adapts the Queue binding. Pauses are whole seconds there, so shorter ones are rounded up. */
export function createEnqueue(queue: Queue<RefreshJob>): EnqueueJobs {
  return async (jobs, afterMs = 0) => {
    const delaySeconds = Math.ceil(afterMs / 1000);
    for (let at = 0; at < jobs.length; at += batchSize) {
      const messages = jobs.slice(at, at + batchSize).map((body) => ({ body, contentType: 'json' as const }));
      await queue.sendBatch(messages, { delaySeconds });
    }
  };
}

/**
 * The queue between the cron and the refreshes: one message a job.
 */
import type { EnqueueJobs, EnqueueNext } from '../pipeline/ports.ts';
import type { RefreshJob } from '../pipeline/recording.ts';

/** Messages the platform takes in one call. */
const batchSize = 100;

/** Adapts the Queue binding. */
export function createEnqueue(queue: Queue<RefreshJob>): EnqueueJobs {
  const enqueue = createEnqueueNext(queue);
  return (jobs) => enqueue(jobs.map((job) => ({ job, afterMs: 0 })));
}

/** Adapts the Queue binding for jobs with a pause before. Pauses are whole seconds there, so shorter ones are rounded up. */
export function createEnqueueNext(queue: Queue<RefreshJob>): EnqueueNext {
  return async (next) => {
    for (let at = 0; at < next.length; at += batchSize) {
      const messages = next.slice(at, at + batchSize).map(({ job, afterMs }) => ({
        body: job,
        contentType: 'json' as const,
        delaySeconds: Math.ceil(afterMs / 1000),
      }));
      await queue.sendBatch(messages);
    }
  };
}

/**
 * Puts jobs into the Queue: the port that the pipeline is written against.
 */
import type { JobMessage } from '../pipeline/job-message.ts';
import type { Enqueue } from '../pipeline/ports.ts';

/** Messages the platform takes in one call. */
const batchSize = 100;

/** Adapts the Queue binding. Its delays are whole seconds. */
export function createEnqueue(queue: Queue<JobMessage>): Enqueue {
  return async (messages, afterMs = 0) => {
    const delaySeconds = Math.floor(afterMs / 1000);
    for (let at = 0; at < messages.length; at += batchSize) {
      const batch = messages.slice(at, at + batchSize);
      await queue.sendBatch(batch.map((body) => ({ body, contentType: 'json' as const, delaySeconds })));
    }
  };
}

/**
 * What the Queue's daily operations mean in messages.
 */

/** Operations of one message: written, read, deleted. */
export const operationsPerMessage = 3;

/**
 * The share of a day that a wake-up after a long rest may take at once. Small, because checks come evenly: four fifths
 * of the day are there for rounds that come every hour.
 */
export const queueBurstShare = 0.2;

/** Messages a day that these operations allow; infinite for 0, at least one. */
export function messagesPerDay(operationsPerDay: number): number {
  return operationsPerDay === 0
    ? Number.POSITIVE_INFINITY
    : Math.max(1, Math.floor(operationsPerDay / operationsPerMessage));
}

/**
 * What is left of the day's Queue operations: no more jobs are handed out than the plan has messages for.
 *
 * Written down the first time, and then only while less than half of the reserve is left. A restart counts on half of the
 * reserve at most, which is never too much.
 */
import type { Instant } from '../../../domain/instant.ts';
import { parseConfig } from '../../../pipeline/config.ts';
import { type BudgetState, leftOf, reserveOf, takeFrom } from '../../../pipeline/daily-budget.ts';
import { messagesPerDay, queueBurstShare } from '../../../pipeline/queue-budget.ts';
import type { ArchiveBindings } from '../../archive-bindings.ts';
import { readMeta, writeMeta } from '../ground/meta.ts';

/** Counts the messages of an awake Archive. */
export interface QueueBudget {
  /** Messages that may be sent now; infinite without a bound. */
  readonly left: (now: Instant) => number;
  readonly take: (messages: number, now: Instant) => void;
}

/** Goes on where the Archive before this one stopped. `perDay`: messages, infinite without a bound. */
export function createQueueBudget(sql: SqlStorage, perDay: number): QueueBudget {
  if (!Number.isFinite(perDay)) return { left: () => perDay, take: () => undefined };
  const half = reserveOf(perDay, queueBurstShare) / 2;
  const written = readMeta(sql, 'queue_budget');
  const before: BudgetState | undefined = written === undefined ? undefined : JSON.parse(written);
  let isWritten = before !== undefined;
  let state: BudgetState | undefined;
  const current = (now: Instant): BudgetState => {
    const left = leftOf(before, perDay, now, queueBurstShare);
    state ??= { left: before === undefined ? left : Math.min(half, left), at: now };
    return state;
  };
  return {
    left: (now) => Math.floor(leftOf(current(now), perDay, now, queueBurstShare)),
    take: (messages, now) => {
      if (messages === 0) return;
      state = takeFrom(current(now), perDay, now, { count: messages, share: queueBurstShare });
      if (isWritten && state.left >= half) return;
      isWritten = true;
      writeMeta(sql, 'queue_budget', JSON.stringify(state));
    },
  };
}

/** What the settings allow; those that cannot be used are reported where requests are answered. */
export function dailyMessages(env: ArchiveBindings): number {
  const config = parseConfig(env);
  return messagesPerDay(config.ok ? config.value.queueOperationsPerDay : 0);
}

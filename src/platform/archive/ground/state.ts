/**
 * What the Archive keeps at hand while it is awake, and the one way its rows change.
 *
 * Every change of entries runs in `changeEntries`: one transaction, consecutive sequence numbers, totals adjusted only
 * after it committed, and an alarm so that the change is published.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { BudgetState } from '../../../pipeline/daily-budget.ts';
import {
  afterPublish,
  isPublishDue,
  nextPublishAt,
  type PublishPace,
  publishAllowedAt,
  wakePace,
  withoutPublish,
} from '../../../pipeline/publish-pace.ts';
import type { RenderedEntry } from '../../../window/rendered-entry.ts';
import { readMeta, readSequence, writeMeta } from './meta.ts';
import { createTotals, type Totals, type TotalsChange } from './totals.ts';

/** The awake Archive. */
export interface ArchiveState {
  readonly storage: DurableObjectStorage;
  readonly sql: SqlStorage;
  readonly totals: Totals;
  /** Rendered entries by id; an entry is rendered again when its sequence is another. */
  readonly rendered: Map<string, RenderedEntry>;
  readonly publishing: Publishing;
}

/** How publishes are kept apart. */
export interface Publishing {
  /** Publishes a day; infinite when KV has no bound. */
  readonly perDay: number;
  pace: PublishPace;
  /** Since when a change waits; absent when none does. */
  pendingSince?: number | undefined;
}

/** A writer of changes inside one transaction. */
export interface ChangeLog {
  /** The number of the change about to be made. */
  readonly nextSequence: () => number;
  /** Says that the change with that number was made. */
  readonly note: (change: TotalsChange) => void;
}

/** Loads what is kept at hand. The schema is up to date. `publishesPerDay` bounds what is written into KV. */
export function wakeArchive(storage: DurableObjectStorage, publishesPerDay = Number.POSITIVE_INFINITY): ArchiveState {
  const written = readMeta(storage.sql, 'publish_budget');
  const budget: BudgetState | undefined = written === undefined ? undefined : JSON.parse(written);
  const totals = createTotals(storage.sql);
  return {
    storage,
    sql: storage.sql,
    totals,
    rendered: new Map(),
    publishing: { perDay: publishesPerDay, pace: wakePace(budget) },
  };
}

/** Runs `work` in one transaction; a throw undoes everything. */
export function changeEntries<T>(archive: ArchiveState, work: (log: ChangeLog) => T): T {
  const changes: TotalsChange[] = [];
  const value = archive.storage.transactionSync(() => {
    const before = readSequence(archive.sql);
    const result = work({
      nextSequence: () => before + changes.length + 1,
      note: (change) => changes.push(change),
    });
    if (changes.length > 0) writeMeta(archive.sql, 'sequence', String(before + changes.length));
    return result;
  });
  for (const change of changes) archive.totals.apply(change);
  return value;
}

/** Asks for a publish: soon when it has been quiet, later while changes keep coming. An alarm that is set already stays. */
export async function schedulePublish(archive: ArchiveState, now: Instant): Promise<void> {
  const { publishing, storage } = archive;
  publishing.pendingSince ??= now;
  if ((await storage.getAlarm()) !== null) return;
  await storage.setAlarm(nextPublishTime(archive, now));
}

/** When a change made now is to be published. */
export function nextPublishTime({ publishing }: ArchiveState, now: Instant): number {
  return nextPublishAt(publishing.pace, publishing.perDay, now);
}

/** Whether work that goes on in steps is to be published between two of them. */
export function isPublishTime({ publishing }: ArchiveState, now: Instant): boolean {
  return isPublishDue(publishing.pace, publishing.perDay, now);
}

/** From when on a publish is within the day's budget; `now` when it is. */
export function publishableAt({ publishing }: ArchiveState, now: Instant): Instant {
  return publishAllowedAt(publishing.pace, publishing.perDay, now) as Instant;
}

/**
 * Counts a publish before its first write, so that neither a kill nor a failing KV is a way around the budget. The budget
 * is written down: a restart does not fill it. Returns how to take it back when nothing was to be written.
 */
export function countPublish({ publishing, sql }: ArchiveState, now: Instant): () => void {
  const before = publishing.pace;
  const keep = (pace: PublishPace): void => {
    publishing.pace = pace;
    if (pace.budget !== undefined) writeMeta(sql, 'publish_budget', JSON.stringify(pace.budget));
  };
  keep(afterPublish(before, publishing.perDay, now));
  return () => keep(withoutPublish(before, publishing.perDay, now));
}

/**
 * Holds the Archive's state in memory while it is awake. `changeEntries` is the only function that modifies entries.
 *
 * Every change of entries runs in `changeEntries`: one transaction, consecutive sequence numbers, totals adjusted only
 * after the commit, and an alarm so that the change is published.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { BudgetState } from '../../../pipeline/daily-budget.ts';
import {
  afterPublish,
  isPublishDue,
  nextPublishAt,
  type PublishPace,
  publishAllowedAt,
  usualWrites,
  wakePace,
} from '../../../pipeline/publish-pace.ts';
import { nameOfSource, nameOfTag } from '../../../window/view-changes.ts';
import { readMeta, readSequence, writeMeta } from './meta.ts';
import { noteViewChanges } from './note-view-changes.ts';
import { forgetTally } from './source-tally.ts';
import { type CountedEntry, createTotals, type Totals, type TotalsChange } from './totals.ts';

/** The awake Archive. */
export interface ArchiveState {
  readonly storage: DurableObjectStorage;
  readonly sql: SqlStorage;
  readonly totals: Totals;
  readonly publishing: Publishing;
  /** Names the code that renders entries. */
  readonly renderDigest: string;
}

/** The state of publishing. */
export interface Publishing {
  /** KV writes a day; infinite when KV has no bound. */
  readonly perDay: number;
  pace: PublishPace;
  /** When the oldest waiting change was made; absent when none waits. */
  pendingSince?: number | undefined;
  /** KV writes of the publish that waits for the day's budget; absent while it is not planned. */
  wanted?: number | undefined;
}

/** A writer of changes inside one transaction. */
export interface ChangeLog {
  /** The number of the next change. */
  readonly nextSequence: () => number;
  /** Notes that the change with that number was made. */
  readonly note: (change: TotalsChange) => void;
}

/** Loads the state. The schema is up to date. `writesPerDay` bounds the KV writes. */
export function wakeArchive(
  storage: DurableObjectStorage,
  writesPerDay = Number.POSITIVE_INFINITY,
  renderDigest = '',
): ArchiveState {
  const written = readMeta(storage.sql, 'publish_budget');
  const budget: BudgetState | undefined = written === undefined ? undefined : JSON.parse(written);
  const totals = createTotals(storage.sql);
  return {
    storage,
    sql: storage.sql,
    totals,
    publishing: { perDay: writesPerDay, pace: wakePace(budget) },
    renderDigest,
  };
}

/**
 * Names the code that renders entries and this archive. Fragments under another name are not used: a sequence number
 * means another state there, and a restored archive counts as another one.
 */
export function readEpoch({ renderDigest, sql }: ArchiveState): string {
  return `${renderDigest} ${readMeta(sql, 'restored') ?? ''}`;
}

/** Runs `work` in one transaction; a throw undoes everything. */
export function changeEntries<T>(archive: ArchiveState, work: (log: ChangeLog) => T): T {
  const changes: TotalsChange[] = [];
  try {
    const value = archive.storage.transactionSync(() => {
      const before = readSequence(archive.sql);
      const result = work({
        nextSequence: () => before + changes.length + 1,
        note: (change) => changes.push(change),
      });
      noteViewChanges(archive.sql, departuresOf(changes));
      if (changes.length > 0) writeMeta(archive.sql, 'sequence', String(before + changes.length));
      return result;
    });
    for (const change of changes) archive.totals.apply(change);
    return value;
  } catch (error) {
    forgetTally(archive.sql);
    throw error;
  }
}

/** The names of views that have fewer entries after these changes. */
function departuresOf(changes: readonly TotalsChange[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { before, after } of changes) {
    const left = before.flatMap(namesOf);
    for (const name of after.flatMap(namesOf)) {
      const at = left.indexOf(name);
      if (at !== -1) left.splice(at, 1);
    }
    for (const name of left) names.add(name);
  }
  return names;
}

function namesOf({ tags, sources }: CountedEntry): readonly string[] {
  return [...tags.map(({ slug }) => nameOfTag(slug)), ...sources.map(nameOfSource)];
}

/** Schedules a publish: soon after a quiet time, later while changes keep coming. An alarm that is already set stays. */
export async function schedulePublish(archive: ArchiveState, now: Instant): Promise<void> {
  const { publishing, storage } = archive;
  publishing.pendingSince ??= now;
  if ((await storage.getAlarm()) !== null) return;
  await storage.setAlarm(nextPublishTime(archive, now));
}

/** When a change that is made now will be published. */
export function nextPublishTime({ publishing }: ArchiveState, now: Instant): number {
  return nextPublishAt(publishing.pace, publishing.perDay, now, publishing.wanted);
}

/** Whether work in steps should publish between two steps. */
export function isPublishTime({ publishing }: ArchiveState, now: Instant): boolean {
  return isPublishDue(publishing.pace, publishing.perDay, now, publishing.wanted);
}

/** When the day's budget allows a publish of so many KV writes, or the waiting one; `now` if it does. */
export function publishableAt(
  { publishing }: ArchiveState,
  now: Instant,
  writes: number = publishing.wanted ?? usualWrites,
): Instant {
  return publishAllowedAt(publishing.pace, publishing.perDay, writes, now) as Instant;
}

/**
 * Counts a publish before its first write, so that neither a kill nor a failing KV gets around the budget. The budget is
 * stored: a restart does not refill it.
 */
export function countPublish({ publishing, sql }: ArchiveState, now: Instant, writes: number): void {
  publishing.pace = afterPublish(publishing.pace, publishing.perDay, writes, now);
  if (publishing.pace.budget !== undefined) writeMeta(sql, 'publish_budget', JSON.stringify(publishing.pace.budget));
}

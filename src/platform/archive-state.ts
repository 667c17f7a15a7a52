/**
 * What the Archive keeps at hand while it is awake, and the one way its rows change.
 *
 * Every change of entries runs in `changeEntries`: one transaction, consecutive sequence numbers, totals adjusted only
 * after it committed, and an alarm so that the change is published.
 */
import type { Instant } from '../domain/instant.ts';
import type { RenderedEntry } from '../window/rendered-entry.ts';
import { createTotals, type Totals, type TotalsChange } from './archive-totals.ts';

/** The awake Archive. */
export interface ArchiveState {
  readonly storage: DurableObjectStorage;
  readonly sql: SqlStorage;
  readonly totals: Totals;
  /** Rendered entries by id; an entry is rendered again when its sequence is another. */
  readonly rendered: Map<string, RenderedEntry>;
  readonly publishing: PublishingPace;
}

/** Keeps publishes apart: at least a second, more while changes keep coming. Milliseconds. */
export interface PublishingPace {
  lastPublishedAt: number;
  gapMs: number;
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

/** Loads what is kept at hand. The schema is up to date. */
export function wakeArchive(storage: DurableObjectStorage): ArchiveState {
  return {
    storage,
    sql: storage.sql,
    totals: createTotals(storage.sql),
    rendered: new Map(),
    publishing: { lastPublishedAt: 0, gapMs: minimumGapMs },
  };
}

/** KV takes one write a second per key; a little more keeps clear of clocks that differ. Milliseconds. */
const minimumGapMs = 1100;

/** While changes keep coming, publishes move apart up to this, so that a burst does not eat the day's KV writes. Milliseconds. */
const maximumGapMs = 60_000;

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

/** The last number of the archive's sequence of changes; 0 when nothing was ever recorded. */
export function readSequence(sql: SqlStorage): number {
  return Number(readMeta(sql, 'sequence') ?? 0);
}

/** A remembered value, see docs/storage.md for the keys. */
export function readMeta(sql: SqlStorage, key: string): string | undefined {
  return sql.exec<{ value: string }>('SELECT value FROM meta WHERE key = ?', key).toArray()[0]?.value;
}

/** Remembers a value: no row is written when it is there already. */
export function writeMeta(sql: SqlStorage, key: string, value: string): void {
  sql.exec(
    `INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`,
    key,
    value,
  );
}

/** Asks for a publish: soon when it has been quiet, later while changes keep coming. An alarm that is set already stays. */
export async function schedulePublish(archive: ArchiveState, now: Instant): Promise<void> {
  archive.publishing.pendingSince ??= now;
  if ((await archive.storage.getAlarm()) !== null) return;
  await archive.storage.setAlarm(Math.max(now + 50, archive.publishing.lastPublishedAt + archive.publishing.gapMs));
}

/** Notes a publish and moves the next one away, or back after a pause. */
export function notePublish(pace: PublishingPace, now: Instant): void {
  const isBusy = now - pace.lastPublishedAt < pace.gapMs * 3;
  pace.gapMs = isBusy ? Math.min(pace.gapMs * 2, maximumGapMs) : minimumGapMs;
  pace.lastPublishedAt = now;
}

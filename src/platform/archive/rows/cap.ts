/**
 * At most so many entries of a source are shown: what is beyond the cap is retired, and shown again when there is room.
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Source } from '../../../domain/source.ts';
import { ownEntriesSql } from '../duplicates/own-entries.ts';
import type { ChangeLog } from '../ground/state.ts';
import { restoreEntry, retireEntry } from './write-entries.ts';

/** Retires the oldest entries beyond the source's cap; a cap of 0 is none. */
export function retireBeyondCap(sql: SqlStorage, source: Source, log: ChangeLog, now: Instant): void {
  if (source.maxEntries === 0) return;
  const beyond = sql.exec<{ id: string }>(
    `SELECT id FROM (${ownEntriesSql('?1')}) ORDER BY sort_at DESC, id DESC LIMIT -1 OFFSET ?2`,
    source.id,
    source.maxEntries,
  );
  for (const { id } of beyond.toArray()) {
    const change = retireEntry(sql, id as EntryId, log.nextSequence(), 'over-cap', now);
    if (change !== undefined) log.note(change);
  }
}

/** Shows the newest of the entries that an earlier, lower cap retired, as many as there is room for now. */
export function restoreWithinCap(sql: SqlStorage, source: Source, log: ChangeLog): void {
  const { shown } = sql
    .exec<{ shown: number }>(`SELECT COUNT(*) AS shown FROM (${ownEntriesSql('?1')})`, source.id)
    .one();
  const room = source.maxEntries === 0 ? -1 : Math.max(0, source.maxEntries - shown);
  const retired = sql.exec<{ id: string }>(
    `SELECT id FROM entry WHERE source_id = ? AND retired_why = 'over-cap'
      ORDER BY sort_at DESC, id DESC LIMIT ?`,
    source.id,
    room,
  );
  for (const { id } of retired.toArray()) {
    const change = restoreEntry(sql, id as EntryId, log.nextSequence(), 'over-cap');
    if (change !== undefined) log.note(change);
  }
}

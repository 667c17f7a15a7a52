/**
 * Limits how many entries of a source are shown: entries beyond the cap are retired, and shown again when there is room
 * (settle-source.ts).
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Source } from '../../../domain/source.ts';
import { ownEntriesSql } from '../duplicates/shown-members.ts';
import { retireEntry } from '../entries/write-entries.ts';
import type { ChangeLog } from '../ground/state.ts';
import { settledPerStep, settleSource } from './settle-source.ts';

/**
 * Retires the oldest entries beyond the source's cap; 0 means no cap. When there are many, most follow in the background.
 */
export function retireBeyondCap(sql: SqlStorage, source: Source, log: ChangeLog, now: Instant): void {
  if (source.maxEntries === 0) return;
  const beyond = sql
    .exec<{ id: string }>(
      `SELECT id FROM (${ownEntriesSql('?1')}) ORDER BY sort_at DESC, id DESC LIMIT ?2 OFFSET ?3`,
      source.id,
      settledPerStep + 1,
      source.maxEntries,
    )
    .toArray();
  if (beyond.length > settledPerStep) {
    settleSource(sql, source, {}, log, now);
    return;
  }
  for (const { id } of beyond) {
    const change = retireEntry(sql, id as EntryId, log.nextSequence(), 'over-cap', now);
    if (change !== undefined) log.note(change);
  }
}

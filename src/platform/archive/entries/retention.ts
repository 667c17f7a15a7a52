/**
 * Drops the text of feed entries that came longer ago than RETENTION_DAYS; they are not shown any more.
 *
 * A tombstone stays (id, link, content hash), so that a feed which still lists the entry does not bring it back as new.
 * The time counts from when an entry first came, not from its date. Archived articles are the owner's own collection and
 * stay.
 */
import { dayMs } from '../../../domain/duration.ts';
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import { type ArchiveState, changeEntries } from '../ground/state.ts';
import { retireEntry } from './write-entries.ts';

/** Retires at most `limit` entries; returns how many. Call again while it returns `limit`. */
export function retireExpired(archive: ArchiveState, retentionDays: number, limit: number, now: Instant): number {
  if (retentionDays === 0) return 0;
  const expired = findExpired(archive.sql, (now - retentionDays * dayMs) as Instant, limit);
  if (expired.length === 0) return 0;
  return changeEntries(archive, (log) => {
    for (const id of expired) {
      const change = retireEntry(archive.sql, id, log.nextSequence(), 'retention', now);
      if (change !== undefined) log.note(change);
      archive.sql.exec(
        `UPDATE entry SET title = '', tags = '[]', body = 'null', content = NULL, retired_why = 'retention' WHERE id = ?`,
        id,
      );
    }
    return expired.length;
  });
}

/** Both tables are walked from their old end only: no entry has a place later than its first-seen time. */
function findExpired(sql: SqlStorage, before: Instant, limit: number): readonly EntryId[] {
  const rows = sql.exec<{ id: string }>(
    `SELECT e.id AS id FROM source s JOIN entry e ON e.source_id = s.id
      WHERE s.kind <> 'site' AND e.retired_at IS NULL AND e.retired_why IS NULL
        AND e.sort_at < ?1 AND e.first_seen < ?1
      UNION ALL
      SELECT e.id AS id FROM entry e
      WHERE e.retired_at IS NOT NULL AND e.retired_why IN ('over-cap', 'removed-source', 'hidden', 'private', 'duplicate')
        AND e.sort_at < ?1 AND e.first_seen < ?1
        AND e.source_id NOT IN (SELECT id FROM source WHERE kind = 'site')
        AND e.source_id NOT IN (SELECT id FROM removed_source WHERE source ->> 'kind' = 'site')
      LIMIT ?2`,
    before,
    limit,
  );
  return rows.toArray().map((row) => row.id as EntryId);
}

/**
 * Decides which entries are late: those that came after a reader had asked for the digest of their day.
 *
 * Once a digest was read, the days before are closed: entries that arrive for them later are filed under the day they
 * came, so that no digest changes and none misses an entry (ADR 18). Months work alike (`months.ts`).
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import { readMeta, writeMeta } from './meta.ts';

/** Files a new entry. An entry that is not late costs no row. */
export function fileEntry(sql: SqlStorage, id: EntryId, sortAt: Instant, now: Instant): void {
  const closed = Number(readMeta(sql, 'digests_closed') ?? Number.NEGATIVE_INFINITY);
  if (sortAt < closed) fileLate(sql, id, now);
}

/** Files an entry under the day it came. */
export function fileLate(sql: SqlStorage, id: EntryId, cameAt: Instant): void {
  sql.exec('INSERT OR IGNORE INTO late_entry VALUES (?, ?)', cameAt, id);
}

/** Closes all periods that ended by then. */
export function closeDigests(sql: SqlStorage, until: Instant): void {
  if (until > Number(readMeta(sql, 'digests_closed') ?? 0)) writeMeta(sql, 'digests_closed', String(until));
}

/**
 * Retires the entries of removed sources, some in each step, so that the Archive is never busy for long.
 *
 * The source itself goes at once: it is not asked any more. A list in `meta` names the sources whose entries are still
 * shown, so the work continues after a restart.
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Source, SourceId } from '../../../domain/source.ts';
import { ownEntriesSql } from '../duplicates/shown-members.ts';
import { retireEntry } from '../entries/write-entries.ts';
import { readMeta, writeMeta } from '../ground/meta.ts';
import { type ArchiveState, type ChangeLog, changeEntries } from '../ground/state.ts';
import { forgetNewsletter } from '../rows/newsletter-rows.ts';
import { noteRemoval } from '../rows/removed-sources.ts';
import { deleteSource } from '../rows/source-rows.ts';
import { forgetSettling } from './settling-rows.ts';

/** Entries retired in one step: a tenth of a second of work. */
export const retiredPerStep = 200;

/** Removes a source and retires its newest entries; `retireRemoved` retires the others. Runs inside a transaction. */
export function beginRemoval(sql: SqlStorage, source: Source, log: ChangeLog, now: Instant): void {
  noteRemoval(sql, source, now);
  deleteSource(sql, source.id);
  forgetNewsletter(sql, source.id);
  forgetSettling(sql, source.id);
  if (!retireSome(sql, source.id, retiredPerStep, log, now)) return;
  writeRemovals(sql, [...readRemovals(sql), source.id]);
}

/** The source is followed again: entries that are still shown stay. */
export function cancelRemoval(sql: SqlStorage, id: SourceId): void {
  const removals = readRemovals(sql);
  if (removals.includes(id))
    writeRemovals(
      sql,
      removals.filter((other) => other !== id),
    );
}

/** A removed source got entries after its removal: they are retired, too. */
export function resumeRemoval(sql: SqlStorage, id: SourceId): void {
  const removals = readRemovals(sql);
  if (!removals.includes(id)) writeRemovals(sql, [...removals, id]);
}

/** Retires the next entries of removed sources; `true` while there are more. */
export function retireRemoved(archive: ArchiveState, now: Instant): boolean {
  const [first, ...more] = readRemovals(archive.sql);
  if (first === undefined) return false;
  return changeEntries(archive, (log) => {
    const isLeft = retireSome(archive.sql, first, retiredPerStep, log, now);
    if (!isLeft) writeRemovals(archive.sql, more);
    return isLeft || more.length > 0;
  });
}

/** Removed sources whose entries are still shown. */
export function readRemovals(sql: SqlStorage): readonly SourceId[] {
  return JSON.parse(readMeta(sql, 'removing') ?? '[]');
}

/** Entries of removed sources that are still shown. */
export function countRemoving({ sql, totals }: ArchiveState): number {
  return readRemovals(sql).reduce((sum, id) => sum + (totals.countOf('sources', id) ?? 0), 0);
}

function writeRemovals(sql: SqlStorage, ids: readonly SourceId[]): void {
  if (ids.length === 0) sql.exec(`DELETE FROM meta WHERE key = 'removing'`);
  else writeMeta(sql, 'removing', JSON.stringify(ids));
}

/** Retires the newest entries of a source, at most `limit`; `true` while there are more. */
function retireSome(sql: SqlStorage, id: SourceId, limit: number, log: ChangeLog, now: Instant): boolean {
  const rows = sql
    .exec<{ id: string }>(
      `SELECT id FROM (${ownEntriesSql('?1')}) ORDER BY sort_at DESC, id DESC LIMIT ?2`,
      id,
      limit + 1,
    )
    .toArray();
  for (const row of rows.slice(0, limit)) {
    const change = retireEntry(sql, row.id as EntryId, log.nextSequence(), 'removed-source', now);
    if (change !== undefined) log.note(change);
  }
  return rows.length > limit;
}

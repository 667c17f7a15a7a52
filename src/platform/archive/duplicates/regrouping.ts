/**
 * Groups all entries anew in the background: in an archive of a former release, and after duplicates were switched on or
 * off, for all sources or for one.
 *
 * Each step takes some entries, by id; meta key `regrouping` holds the place to continue. Ids and dates of entries stay.
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import { noteUnpublished, readMeta, writeMeta } from '../ground/meta.ts';
import { type ArchiveState, type ChangeLog, changeEntries } from '../ground/state.ts';
import { leaveGroup, regroup } from './article-groups.ts';
import { addKeys } from './entry-keys.ts';
import { changeShown } from './shown.ts';

/** Follows the setting: when it changed, all entries are grouped anew in the background. */
export function followDeduplication(sql: SqlStorage, isOn: boolean): void {
  const [before, now] = [readMeta(sql, 'deduplicate') ?? 'on', isOn ? 'on' : 'off'];
  if (before === now) return;
  writeMeta(sql, 'deduplicate', now);
  beginRegrouping(sql);
}

/** Starts to group all entries anew. */
export function beginRegrouping(sql: SqlStorage): void {
  if (sql.exec('SELECT 1 FROM entry LIMIT 1').toArray().length === 0) return;
  writeMeta(sql, 'regrouping', '');
  // Schedules alarms, also after a restart, until everything is done and published.
  noteUnpublished(sql);
}

/** Entries of one step: a tenth of a second of work. */
const regroupedPerStep = 200;

/** Groups the next entries; `true` while there are more. */
export function regroupSome(archive: ArchiveState, _now: Instant, limit: number = regroupedPerStep): boolean {
  const { sql } = archive;
  const after = readMeta(sql, 'regrouping');
  if (after === undefined) return false;
  return changeEntries(archive, (log) => {
    const rows = sql
      .exec<{ id: string; guid: string; url: string | null }>(
        'SELECT id, guid, url FROM entry WHERE id > ? ORDER BY id LIMIT ?',
        after,
        limit,
      )
      .toArray();
    for (const row of rows) {
      const id = row.id as EntryId;
      addKeys(sql, id, row);
      const change = changeShown(sql, log.nextSequence(), ({ touch }) => regroup(sql, id, touch));
      if (change.before.length > 0 || change.after.length > 0) log.note(change);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) sql.exec(`DELETE FROM meta WHERE key = 'regrouping'`);
    else writeMeta(sql, 'regrouping', last.id);
    return rows.length === limit;
  });
}

/**
 * Takes entries of a source out of their groups, at most `limit`, also those that it does not show, because it became
 * private. Returns how many.
 */
export function leaveGroups(sql: SqlStorage, source: SourceId, limit: number, log: ChangeLog): number {
  const rows = sql
    .exec<{ id: string }>('SELECT entry_id AS id FROM duplicate WHERE source_id = ? LIMIT ?', source, limit)
    .toArray();
  for (const { id } of rows) {
    log.note(changeShown(sql, log.nextSequence(), ({ touch }) => leaveGroup(sql, id as EntryId, touch)));
  }
  return rows.length;
}

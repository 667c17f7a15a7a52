/**
 * Remembers other names of entries: ids that were made of guids which their publishers no longer use, or of sources that
 * were merged. An entry keeps its own id; what comes under another one is known.
 */
import type { EntryId } from '../../../domain/entry.ts';

/** Notes that `id` means `entryId`; what led to `id` before leads there, too. */
export function noteAlias(sql: SqlStorage, id: EntryId, entryId: EntryId): void {
  if (id === entryId) return;
  sql.exec('UPDATE entry_alias SET entry_id = ? WHERE entry_id = ?', entryId, id);
  sql.exec(
    'INSERT INTO entry_alias VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET entry_id = ?2 WHERE entry_id <> ?2',
    id,
    entryId,
  );
}

/** The entry that an id means; `undefined` when the id is no alias. */
export function resolveAlias(sql: SqlStorage, id: string): EntryId | undefined {
  const row = sql.exec<{ entry_id: string }>('SELECT entry_id FROM entry_alias WHERE id = ?', id).toArray()[0];
  return row?.entry_id as EntryId | undefined;
}

/** The other names of an entry. */
export function listAliases(sql: SqlStorage, entryId: string): readonly EntryId[] {
  return sql
    .exec<{ id: string }>('SELECT id FROM entry_alias WHERE entry_id = ? ORDER BY id', entryId)
    .toArray()
    .map(({ id }) => id as EntryId);
}

/**
 * Reads and writes rows of saved views. They are part of the window's index, so a change of one is published.
 */
import type { SavedView } from '../../../domain/saved-view.ts';
import { noteOtherChange } from '../ground/meta.ts';
import type { ArchiveState } from '../ground/state.ts';

interface ViewRow extends Record<string, SqlStorageValue> {
  name: string;
  title: string;
  query: string;
  tags: string;
  key_hash: string | null;
}

/** All saved views, by name. */
export function listViews(sql: SqlStorage): readonly SavedView[] {
  return sql
    .exec<ViewRow>('SELECT name, title, query, tags, key_hash FROM view ORDER BY name')
    .toArray()
    .map(({ name, title, query, tags, key_hash: keyHash }) => ({
      name,
      title,
      query,
      tags: JSON.parse(tags),
      ...(keyHash === null ? {} : { keyHash }),
    }));
}

/** Saves a view under its name; returns whether anything changed. */
export function saveView({ sql }: Pick<ArchiveState, 'sql'>, view: SavedView): boolean {
  const { rowsWritten } = sql.exec(
    `INSERT INTO view VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (name)
      DO UPDATE SET title = ?2, query = ?3, tags = ?4, key_hash = ?5
      WHERE title <> ?2 OR query <> ?3 OR tags <> ?4 OR key_hash IS NOT ?5`,
    view.name,
    view.title,
    view.query,
    JSON.stringify(view.tags),
    view.keyHash ?? null,
  );
  if (rowsWritten > 0) noteOtherChange(sql);
  return rowsWritten > 0;
}

/** Removes a view; `false` when there is none of this name. Its entries stay. */
export function removeView({ sql }: Pick<ArchiveState, 'sql'>, name: string): boolean {
  sql.exec('DELETE FROM view_reader WHERE view = ?', name);
  const { rowsWritten } = sql.exec('DELETE FROM view WHERE name = ?', name);
  if (rowsWritten > 0) noteOtherChange(sql);
  return rowsWritten > 0;
}

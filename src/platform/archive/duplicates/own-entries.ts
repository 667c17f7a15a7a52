/**
 * Says which entries a source shows: those at their own places, and those that views show at the places of others.
 *
 * Two indexes hold them. A row that is not retired has its place, but its own source may not show it any more.
 */

/** SQL for (rowid, id, sort_at, tags) of the entries that a source shows; `source` is a parameter, used twice. */
export function ownEntriesSql(source: string): string {
  const columns = 'rowid, id, sort_at, tags';
  return `SELECT ${columns} FROM entry WHERE source_id = ${source} AND retired_at IS NULL AND retired_why IS NULL
    UNION ALL SELECT ${columns} FROM entry
      WHERE source_id = ${source} AND retired_at IS NOT NULL AND retired_why = 'duplicate'`;
}

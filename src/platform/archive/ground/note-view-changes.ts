/**
 * Remembers when views changed in ways that none of their entries shows: an entry left, a source was renamed, a view was
 * saved again.
 *
 * `Last-Modified` of a view is no earlier than that (RFC 9110 section 8.8.2). The newest changes are kept by tag and
 * source; older ones count for every view.
 */
import type { Instant } from '../../../domain/instant.ts';
import { everyView } from '../../../window/view-changes.ts';

/** Most names that are kept: every index of the window holds them, at some 30 bytes each. */
const mostKept = 64;

/** The present in SQL, in milliseconds. */
export const nowSql = "CAST(unixepoch('now', 'subsec') * 1000 AS INTEGER)";

/** Notes that these names changed now. */
export function noteViewChanges(sql: SqlStorage, names: ReadonlySet<string>): void {
  if (names.size === 0) return;
  if (names.size >= mostKept) return noteViewChanges(sql, new Set([everyView]));
  sql.exec(
    `INSERT INTO view_change SELECT value, ${nowSql} FROM json_each(?) WHERE true
      ON CONFLICT (name) DO UPDATE SET at = excluded.at`,
    JSON.stringify([...names]),
  );
  const { most } = sql
    .exec<{ most: number | null }>(
      'SELECT at AS most FROM view_change WHERE name <> ? ORDER BY at DESC LIMIT 1 OFFSET ?',
      everyView,
      mostKept,
    )
    .toArray()[0] ?? { most: null };
  if (most === null) return;
  sql.exec('DELETE FROM view_change WHERE at <= ? AND name <> ?', most, everyView);
  sql.exec(
    'INSERT INTO view_change VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET at = MAX(at, excluded.at)',
    everyView,
    most,
  );
}

/** Notes that every view may have changed now. */
export function noteEveryViewChanged(sql: SqlStorage): void {
  noteViewChanges(sql, new Set([everyView]));
}

/**
 * When views changed, by name. Private sources, and tags without public entries, are left out: the window holds this
 * list.
 */
export function readViewChanges(sql: SqlStorage): Readonly<Record<string, Instant>> {
  const rows = sql
    .exec<{ name: string; at: number }>(
      `SELECT name, at FROM view_change WHERE name = ?
        OR name IN (SELECT 'source ' || id FROM source WHERE is_private = 0)
        OR (name LIKE 'tag %' AND EXISTS (SELECT 1 FROM entry_tag WHERE tag = substr(name, 5)))
        ORDER BY name`,
      everyView,
    )
    .toArray();
  return Object.fromEntries(rows.map(({ name, at }) => [name, at as Instant]));
}

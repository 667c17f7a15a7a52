/**
 * Keeps who read a saved view in the last seven days: digests of their addresses and names, which nobody can turn back.
 */
import { digest } from '../../../domain/digest.ts';
import { dayMs } from '../../../domain/duration.ts';
import type { Instant } from '../../../domain/instant.ts';
import { readMeta, writeMeta } from '../ground/meta.ts';

/** A reader that was not seen for this long is none. Milliseconds. */
const keptMs = 7 * dayMs;

/** Readers of one view that are kept; a service with many subscribers is one. */
const maxReaders = 500;

/** Notes a reader of a view; nothing for a view that is not there. */
export function noteReader(sql: SqlStorage, view: string, reader: string, people: number, now: Instant): void {
  if (sql.exec('SELECT 1 FROM view WHERE name = ?', view).toArray().length === 0) return;
  sql.exec('DELETE FROM view_reader WHERE view = ? AND seen_at < ?', view, now - keptMs);
  sql.exec(
    `INSERT INTO view_reader (view, reader, people, seen_at)
      SELECT ?1, ?2, ?3, ?4 WHERE (SELECT COUNT(*) FROM view_reader WHERE view = ?1) < ${maxReaders}
        OR EXISTS (SELECT 1 FROM view_reader WHERE view = ?1 AND reader = ?2)
      ON CONFLICT (view, reader) DO UPDATE SET people = excluded.people, seen_at = excluded.seen_at`,
    view,
    digest(`${readerSalt(sql)}\n${reader}`).slice(0, 16),
    people,
    now,
  );
}

/** How many people read a view in the last seven days. */
export function countReaders(sql: SqlStorage, view: string, now: Instant): number {
  const row = sql
    .exec<{ people: number | null }>(
      'SELECT SUM(people) AS people FROM view_reader WHERE view = ? AND seen_at >= ?',
      view,
      now - keptMs,
    )
    .one();
  return row.people ?? 0;
}

function readerSalt(sql: SqlStorage): string {
  const held = readMeta(sql, 'reader_salt');
  if (held !== undefined) return held;
  const salt = crypto.randomUUID();
  writeMeta(sql, 'reader_salt', salt);
  return salt;
}

/**
 * Reads and writes the values of table `meta`. docs/storage.md lists the keys.
 */
import { noteEveryViewChanged } from './note-view-changes.ts';

/** The last number of the archive's sequence of changes; 0 when nothing was ever recorded. */
export function readSequence(sql: SqlStorage): number {
  return Number(readMeta(sql, 'sequence') ?? 0);
}

/** The value of a key, when there is one. */
export function readMeta(sql: SqlStorage, key: string): string | undefined {
  return sql.exec<{ value: string }>('SELECT value FROM meta WHERE key = ?', key).toArray()[0]?.value;
}

/** Stores a value; writes no row when it is unchanged. */
export function writeMeta(sql: SqlStorage, key: string, value: string): void {
  sql.exec(
    `INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`,
    key,
    value,
  );
}

/**
 * Marks the archive as unpublished after a change that the sequence does not count. Each mark is unique, so that a
 * publish under way does not clear it.
 */
export function noteUnpublished(sql: SqlStorage): void {
  writeMeta(sql, 'published_sequence', `unpublished ${crypto.randomUUID()}`);
}

/** Marks a change of views that the sequence does not count: a source's own description, a saved view. */
export function noteOtherChange(sql: SqlStorage): void {
  noteEveryViewChanged(sql);
  noteUnpublished(sql);
}

/** Requests a publish at once that removes hidden entries from KV: something became private. */
export function noteHidden(sql: SqlStorage): void {
  writeMeta(sql, 'publish_at_once', '1');
  noteOtherChange(sql);
}

/** Whether such a publish is requested. */
export function isPublishUrgent(sql: SqlStorage): boolean {
  return readMeta(sql, 'publish_at_once') === '1';
}

/**
 * Wraps `make`, which only reads: its value is kept until this object's database sees a write. Do not call the result inside a
 * transaction: after a rollback it would still hold the value of rows that are gone.
 */
export function rememberUnchanged<Given, Value>(
  sql: SqlStorage,
  make: (given: Given) => Value,
): (given: Given) => Value {
  let held: { readonly writes: number; readonly value: Value } | undefined;
  return (given) => {
    const { writes } = sql.exec<{ writes: number }>('SELECT total_changes() AS writes').one();
    if (held?.writes !== writes) held = { writes, value: make(given) };
    return held.value;
  };
}

/**
 * Keeps track of KV in table `published`: which keys were written, and when they were replaced. Publishing reads nothing
 * from KV.
 */
import type { Instant } from '../../../domain/instant.ts';

/** A replaced value is kept this long: a reader may hold a small key a minute old. Milliseconds. */
const keepReplacedMs = 10 * 60_000;

/** Keys that one publish deletes at most: the free plan has 1,000 deletes a day. */
const deletesPerPublish = 20;

/** Keys that are written and not replaced. */
export function listWritten(sql: SqlStorage): ReadonlySet<string> {
  return new Set(
    [...sql.exec<{ key: string }>('SELECT key FROM published WHERE written_at IS NOT NULL')].map(({ key }) => key),
  );
}

/** Whether the table is empty: KV may hold the values of a former release. */
export function knowsNothing(sql: SqlStorage): boolean {
  return sql.exec('SELECT 1 FROM published LIMIT 1').toArray().length === 0;
}

/** Notes a key before it is written, so that a value whose publish was cut short is deleted later. */
export function noteIntent(sql: SqlStorage, key: string): void {
  sql.exec('INSERT INTO published VALUES (?, NULL, NULL) ON CONFLICT (key) DO NOTHING', key);
}

/** Notes that a key has its value. */
export function noteWritten(sql: SqlStorage, key: string, now: Instant): void {
  sql.exec('UPDATE published SET written_at = ?, replaced_at = NULL WHERE key = ?', now, key);
}

/** Notes keys that existed before the table: of a former release, or of a lost archive. */
export function noteFormer(sql: SqlStorage, keys: readonly string[], now: Instant): void {
  for (const key of keys) {
    sql.exec('INSERT INTO published VALUES (?, NULL, ?) ON CONFLICT (key) DO NOTHING', key, now);
  }
}

/**
 * Notes that a value is missing: it is written again. The entries of a segment are placed anew, since some of its members
 * may have no fragments any more.
 */
export function noteAbsent(sql: SqlStorage, key: string): void {
  sql.exec('UPDATE published SET written_at = NULL WHERE key = ?', key);
  sql.exec('DELETE FROM segment WHERE instr(?, name) > 0', key);
}

/** Notes that all values are absent. */
export function noteAllAbsent(sql: SqlStorage): void {
  sql.exec('UPDATE published SET written_at = NULL WHERE written_at IS NOT NULL');
  sql.exec('DELETE FROM segment');
}

/** Notes which keys are needed: all others count as replaced from now on, unless they already do. */
export function noteNeeded(sql: SqlStorage, keys: ReadonlySet<string>, now: Instant): void {
  for (const { key, replaced_at: replacedAt } of sql
    .exec<{ key: string; replaced_at: number | null }>('SELECT key, replaced_at FROM published')
    .toArray()) {
    const isNeeded = keys.has(key);
    if (isNeeded && replacedAt !== null) sql.exec('UPDATE published SET replaced_at = NULL WHERE key = ?', key);
    if (!isNeeded && replacedAt === null) sql.exec('UPDATE published SET replaced_at = ? WHERE key = ?', now, key);
  }
}

/** Deletes values that no reader can be using any more. A failed deletion is repeated later. */
export async function deleteExpired(sql: SqlStorage, kv: KVNamespace, now: Instant): Promise<void> {
  const expired = sql
    .exec<{ key: string }>(
      'SELECT key FROM published WHERE replaced_at < ? ORDER BY replaced_at LIMIT ?',
      now - keepReplacedMs,
      deletesPerPublish,
    )
    .toArray();
  await deleteKeys(sql, kv, expired);
}

/**
 * Deletes all replaced values at once, even if a reader may be using them: they hold something that became private or
 * hidden.
 */
export async function deleteReplaced(sql: SqlStorage, kv: KVNamespace): Promise<void> {
  await deleteKeys(
    sql,
    kv,
    sql.exec<{ key: string }>('SELECT key FROM published WHERE replaced_at IS NOT NULL').toArray(),
  );
}

async function deleteKeys(sql: SqlStorage, kv: KVNamespace, keys: readonly { readonly key: string }[]): Promise<void> {
  await Promise.all(
    keys.map(async ({ key }) => {
      await kv.delete(key);
      sql.exec('DELETE FROM published WHERE key = ?', key);
    }),
  );
}

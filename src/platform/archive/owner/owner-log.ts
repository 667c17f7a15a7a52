/**
 * Logs the actions of the owner, and the work of each hour.
 */
import { hourMs } from '../../../domain/duration.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { HourUse, OwnerAction } from '../../../pipeline/system-report.ts';

/** How many actions are kept, the newest. */
const maxKept = 500;

/** A repeated action counts up its row for this long: an upload of a thousand files is one line. Milliseconds. */
const sameActionMs = 60 * 60_000;

/** How many hours of work are kept. */
const keptHours = 48;

/** Logs an action of the owner. */
export function noteAction(sql: SqlStorage, action: string, subject: string, now: Instant): void {
  const last = sql
    .exec<{ id: number; action: string; subject: string; at: number }>(
      'SELECT id, action, subject, at FROM owner_action ORDER BY id DESC LIMIT 1',
    )
    .toArray()[0];
  if (last?.action === action && last.subject === subject && now - last.at < sameActionMs) {
    sql.exec('UPDATE owner_action SET times = times + 1, at = ? WHERE id = ?', now, last.id);
    return;
  }
  sql.exec('INSERT INTO owner_action (at, action, subject, times) VALUES (?, ?, ?, 1)', now, action, subject);
  sql.exec(`DELETE FROM owner_action WHERE id <= (SELECT MAX(id) FROM owner_action) - ${maxKept}`);
}

/** The newest actions, the newest first. */
export function listActions(sql: SqlStorage, limit: number): readonly OwnerAction[] {
  return sql
    .exec<{ at: number; action: string; subject: string; times: number }>(
      'SELECT at, action, subject, times FROM owner_action ORDER BY id DESC LIMIT ?',
      limit,
    )
    .toArray()
    .map(({ at, ...rest }) => ({ at: at as Instant, ...rest }));
}

/** When the owner last did this. A long log may have lost it. */
export function lastActionAt(sql: SqlStorage, action: string): Instant | undefined {
  const row = sql
    .exec<{ at: number | null }>('SELECT MAX(at) AS at FROM owner_action WHERE action = ?', action)
    .toArray()[0];
  return (row?.at ?? undefined) as Instant | undefined;
}

/** Adds work to the present hour. */
export function noteUse(sql: SqlStorage, use: Partial<Omit<HourUse, 'hour'>>, now: Instant): void {
  const { rounds = 0, jobs = 0, publishes = 0, kvWrites = 0 } = use;
  sql.exec(
    `INSERT INTO hour_use VALUES (?, ?, ?, ?, ?) ON CONFLICT (hour) DO UPDATE SET rounds = rounds + excluded.rounds,
      jobs = jobs + excluded.jobs, publishes = publishes + excluded.publishes, kv_writes = kv_writes + excluded.kv_writes`,
    Math.floor(now / hourMs),
    rounds,
    jobs,
    publishes,
    kvWrites,
  );
  sql.exec('DELETE FROM hour_use WHERE hour < ?', Math.floor(now / hourMs) - keptHours);
}

/** The work of the last 24 hours, the newest first. */
export function listUse(sql: SqlStorage, now: Instant): readonly HourUse[] {
  return sql
    .exec<{ hour: number; rounds: number; jobs: number; publishes: number; kv_writes: number }>(
      'SELECT hour, rounds, jobs, publishes, kv_writes FROM hour_use WHERE hour > ? ORDER BY hour DESC',
      Math.floor(now / hourMs) - 24,
    )
    .toArray()
    .map(({ hour, kv_writes, ...rest }) => ({ hour: (hour * hourMs) as Instant, ...rest, kvWrites: kv_writes }));
}

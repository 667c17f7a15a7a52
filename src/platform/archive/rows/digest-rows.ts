/**
 * Stores digests as they were made: they never change afterwards, even when their entries do.
 *
 * Entries that are no longer shown (removed, private, past retention) are left out all the same. The number is bounded,
 * because anyone can ask for digests of any view. A digest that was dropped for room, or did not fit into the day's room,
 * is made again when it is asked for.
 */

import type { Instant } from '../../../domain/instant.ts';
import type { DigestItem, PeriodDigest } from '../../../domain/period-digest.ts';
import { readMeta, writeMeta } from '../ground/meta.ts';

/** The stored part of a digest. */
export type KeptDigest = Pick<PeriodDigest, 'count' | 'isMore' | 'items'>;

/** How many digests are kept, the newest: at most 200 MB, usually about 20 MB. */
const mostKept = 4000;

/** How many digests are kept a day: each is two written rows, and strangers must not use up the plan's 100,000. */
const mostKeptADay = 4000;

interface KeptToday {
  readonly day: number;
  readonly count: number;
}

/** How many more digests may be kept on the day of `now`. */
export function roomForDigests(sql: SqlStorage, now: Instant): number {
  return mostKeptADay - readKeptToday(sql, now).count;
}

/** Counts digests that were kept now. */
export function noteKeptDigests(sql: SqlStorage, added: number, now: Instant): void {
  const { day, count } = readKeptToday(sql, now);
  writeMeta(sql, 'digests_today', JSON.stringify({ day, count: count + added } satisfies KeptToday));
}

function readKeptToday(sql: SqlStorage, now: Instant): KeptToday {
  const day = Math.floor(now / 86_400_000);
  const held: KeptToday | undefined = JSON.parse(readMeta(sql, 'digests_today') ?? 'null') ?? undefined;
  return held?.day === day ? held : { day, count: 0 };
}

/** The digest of a period; `undefined` where none was made. */
export function findDigest(sql: SqlStorage, name: string, start: Instant): KeptDigest | undefined {
  const row = sql
    .exec<{ content: string }>('SELECT content FROM digest WHERE name = ? AND start = ?', name, start)
    .toArray()[0];
  return row === undefined ? undefined : JSON.parse(row.content);
}

/** The last period before `before` that has a digest. */
export function lastDigestBefore(sql: SqlStorage, name: string, before: number): Instant | undefined {
  const { start } = sql
    .exec<{ start: number | null }>('SELECT MAX(start) AS start FROM digest WHERE name = ? AND start < ?', name, before)
    .one();
  return start === null ? undefined : (start as Instant);
}

/** Keeps a digest. */
export function keepDigest(sql: SqlStorage, name: string, start: Instant, kept: KeptDigest): void {
  sql.exec('INSERT INTO digest (name, start, content) VALUES (?, ?, ?)', name, start, JSON.stringify(kept));
  sql.exec('DELETE FROM digest WHERE id <= (SELECT MAX(id) FROM digest) - ?', mostKept);
}

/**
 * The items that the caller may see. Items whose entry is a duplicate or over its cap stay. It depends on why their own
 * source does not show them: at the place of a private entry, the article of another source may be shown.
 */
export function visibleItems(sql: SqlStorage, items: readonly DigestItem[], withPrivate: boolean): DigestItem[] {
  const rows = sql
    .exec<{ id: string }>(
      `SELECT id FROM entry WHERE id IN (SELECT value FROM json_each(?))
        AND (retired_why IS NULL OR retired_why IN ('merged', 'over-cap', 'duplicate', ?))`,
      JSON.stringify(items.map(({ id }) => id)),
      withPrivate ? 'private' : 'merged',
    )
    .toArray();
  const visible = new Set<string>(rows.map(({ id }) => id));
  return items.filter(({ id }) => visible.has(id));
}

/**
 * Keeps digests as they were made: they never change afterwards, whatever becomes of the entries they list.
 *
 * What is shown no more (removed, private, past its retention) leaves them all the same. Bounded: anybody can ask for the
 * digests of any view. A digest that was dropped for room, or for which the day had no room, is made again when it is asked for.
 */

import type { Instant } from '../../../domain/instant.ts';
import type { DigestItem, PeriodDigest } from '../../../domain/period-digest.ts';
import { readMeta, writeMeta } from '../ground/meta.ts';

/** What is kept of a digest. */
export type KeptDigest = Pick<PeriodDigest, 'count' | 'isMore' | 'items'>;

/** Digests that are kept, the last that were made: at most 200 MB, in use about 20 MB. */
const mostKept = 4000;

/** Digests that may be kept a day: each is two written rows, and strangers must not use up the plan's 100,000. */
const mostKeptADay = 4000;

interface KeptToday {
  readonly day: number;
  readonly count: number;
}

/** How many digests may be kept on the day of `now`. */
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

/** The last period before `before` that a digest was made of. */
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
 * The items that whoever asks may see. Those that another entry stands for, or that made room for newer ones, stay. What counts
 * is why their own source does not show them: at the place of a private entry, the article of another source may be shown.
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

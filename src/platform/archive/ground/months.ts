/**
 * Decides under which month an entry is filed (RFC 5005 section 4).
 *
 * An entry is filed under the month of its place in views. Once an archive document was read, the months before the
 * current one are closed: entries that arrive for them later are filed under the current month, so that no document that
 * a reader may have kept changes, and no reader misses an entry (ADR 8).
 */
import type { Instant } from '../../../domain/instant.ts';
import { type Month, monthOf } from '../../../domain/month.ts';
import { readMeta, writeMeta } from './meta.ts';

/** The month a new entry is filed under. */
export function filingMonth(sql: SqlStorage, sortAt: Instant, now: Instant): Month {
  const [month, current] = [monthOf(sortAt), monthOf(now)];
  return month > current || month <= (readMeta(sql, 'closed_month') ?? '') ? current : month;
}

/** The newest month that has visible entries: readers of the archive start there. */
export function newestMonth(sql: SqlStorage): Month | undefined {
  const { month } = sql
    .exec<{ month: string | null }>('SELECT MAX(archive_month) AS month FROM entry WHERE retired_at IS NULL')
    .one();
  return month === null ? undefined : (month as Month);
}

/** The last month before `month` that has visible entries. */
export function monthBefore(sql: SqlStorage, month: Month): Month | undefined {
  const row = sql
    .exec<{ month: string | null }>(
      'SELECT MAX(archive_month) AS month FROM entry WHERE retired_at IS NULL AND archive_month < ?',
      month,
    )
    .one();
  return row.month === null ? undefined : (row.month as Month);
}

/** All months that have visible entries, newest first: one step through the index for each. */
export function listMonths(sql: SqlStorage): readonly Month[] {
  const months: Month[] = [];
  for (let month = newestMonth(sql); month !== undefined; month = monthBefore(sql, month)) months.push(month);
  return months;
}

/** Closes all months up to `until`. */
export function closeMonths(sql: SqlStorage, until: Month): void {
  if (until > (readMeta(sql, 'closed_month') ?? '')) writeMeta(sql, 'closed_month', until);
}

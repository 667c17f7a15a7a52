/**
 * Decides under which month an entry is filed (RFC 5005 section 4).
 *
 * An entry is filed under the month it is ordered by. Once anybody has read an archive document, the months before the
 * current one are closed: what arrives for them later is filed under the current month, so that no document that somebody
 * may have kept changes, and no walker misses an entry (docs/adr/0008).
 */
import type { Instant } from '../../../domain/instant.ts';
import { type Month, monthOf } from '../../../domain/month.ts';
import { readMeta, writeMeta } from './meta.ts';

/** The month a new entry is filed under. */
export function filingMonth(sql: SqlStorage, sortAt: Instant, now: Instant): Month {
  const [month, current] = [monthOf(sortAt), monthOf(now)];
  return month > current || month <= (readMeta(sql, 'closed_month') ?? '') ? current : month;
}

/** The newest month that has visible entries: a reader who walks the archive starts there. */
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

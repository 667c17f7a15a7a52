/**
 * The newest month of the archive: where a walker starts.
 */
import type { Month } from '../../domain/month.ts';

/** The newest month that has visible entries. */
export function newestMonth(sql: SqlStorage): Month | undefined {
  const { month } = sql
    .exec<{ month: string | null }>('SELECT MAX(archive_month) AS month FROM entry WHERE retired_at IS NULL')
    .one();
  return month === null ? undefined : (month as Month);
}

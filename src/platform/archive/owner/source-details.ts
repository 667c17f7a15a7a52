/**
 * Reads what the entries of one source tell about it: how many came each day, and which tags they have.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import type { Tag } from '../../../domain/tag.ts';
import { chartedDays, type SourceDetails } from '../../../pipeline/archive-owner.ts';
import { ownEntriesSql } from '../duplicates/own-entries.ts';

const dayMs = 24 * 3_600_000;

/** Entries whose tags are counted: enough to see what rules do, and a bounded read. */
const maxTagged = 200;

/** Counts over the newest entries that are shown. */
export function readSourceDetails(sql: SqlStorage, id: SourceId, now: Instant): SourceDetails {
  const days = Array.from({ length: chartedDays }, () => 0);
  const rows = sql.exec<{ back: number; amount: number }>(
    `SELECT CAST((?1 - sort_at) / ${dayMs} AS INTEGER) AS back, COUNT(*) AS amount FROM (${ownEntriesSql('?2')})
      WHERE sort_at > ?3 AND sort_at <= ?1 GROUP BY back`,
    now,
    id,
    now - chartedDays * dayMs,
  );
  for (const { back, amount } of rows) days[chartedDays - 1 - back] = amount;
  const tags: Record<string, number> = {};
  let lookedAt = 0;
  for (const row of sql.exec<{ tags: string }>(
    `SELECT tags FROM (${ownEntriesSql('?1')}) ORDER BY sort_at DESC, id DESC LIMIT ${maxTagged}`,
    id,
  )) {
    lookedAt += 1;
    for (const { slug } of JSON.parse(row.tags) as readonly Tag[]) tags[slug] = (tags[slug] ?? 0) + 1;
  }
  return { days, tags, lookedAt };
}

/**
 * Finds receivers that have a job: a wish, or something new for them.
 */
import type { Instant } from '../../../domain/instant.ts';

/** A receiver that has a job. */
export interface DueReceiver extends Record<string, SqlStorageValue> {
  id: number;
  host: string;
  since: number;
}

const isWaiting = `(r.wish IS NOT NULL
  OR (t.changed > r.told AND r.paused_at IS NULL AND r.url <> '' AND (t.kind <> 'hub' OR r.expires_at > ?2)))`;

/** Receivers whose next job is due at `now`: a wish, or something new. @param ids only these */
export function dueReceivers(sql: SqlStorage, now: Instant, ids?: readonly number[]): readonly DueReceiver[] {
  return sql
    .exec<DueReceiver>(
      `SELECT r.id AS id, r.host AS host, MAX(r.next_at, CASE WHEN r.wish IS NULL THEN t.changed_at ELSE 0 END) AS since
        FROM ${fromThese(ids)} WHERE r.next_at <= ?1 AND ${isWaiting} ORDER BY since, r.id`,
      now,
      now,
      ...toGiven(ids),
    )
    .toArray();
}

/** When the next waiting job of a receiver is due; `undefined` when none waits. */
export function nextReceiverAt(sql: SqlStorage, now: Instant, ids?: readonly number[]): number | undefined {
  const { at } = sql
    .exec<{ at: number | null }>(
      `SELECT MIN(r.next_at) AS at FROM ${fromThese(ids)} WHERE r.next_at > ?1 AND ${isWaiting}`,
      now,
      now,
      ...toGiven(ids),
    )
    .one();
  return at ?? undefined;
}

function fromThese(ids: readonly number[] | undefined): string {
  const all = 'receiver r CROSS JOIN topic t ON t.id = r.topic_id';
  return ids === undefined
    ? all
    : `json_each(?3) asked CROSS JOIN receiver r ON r.id = asked.value CROSS JOIN topic t ON t.id = r.topic_id`;
}

function toGiven(ids: readonly number[] | undefined): readonly string[] {
  return ids === undefined ? [] : [JSON.stringify(ids)];
}

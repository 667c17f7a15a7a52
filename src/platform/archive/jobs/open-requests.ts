/**
 * Stores what a restarted Archive must know about hosts: which requests may still be out, and which hosts asked us to
 * wait.
 *
 * Requests are written when their jobs are opened (one row for all jobs of a message) and not when they end: a job's own
 * state tells whether it ended.
 */
import { type HttpUrl, hostOf } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { OpenedJob } from '../../../pipeline/ports.ts';
import type { RefreshJob } from '../../../pipeline/recording.ts';
import { readMeta, writeMeta } from '../ground/meta.ts';

/** A request that may be out. */
export interface OpenRequest {
  readonly job: RefreshJob;
  readonly host: string;
  readonly openedAt: Instant;
}

/** Requests that were opened within `withinMs` before `now` and have no recorded outcome. */
export function readOpenRequests(sql: SqlStorage, withinMs: number, now: Instant): readonly OpenRequest[] {
  const noted: readonly OpenRequest[] = JSON.parse(readMeta(sql, 'open_requests') ?? '[]');
  return noted.filter(
    ({ job, openedAt }) => openedAt <= now && now - openedAt < withinMs && !wasChecked(sql, job, openedAt),
  );
}

/** Writes down the requests that may be out. */
export function saveOpenRequests(sql: SqlStorage, requests: readonly OpenRequest[]): void {
  writeMeta(sql, 'open_requests', JSON.stringify(requests));
}

function wasChecked(sql: SqlStorage, job: RefreshJob, since: Instant): boolean {
  if (job.kind === 'push') return wasTried(sql, job.receiverId, since);
  const [table, column, id] =
    job.kind === 'source'
      ? ['source_state', 'source_id', job.sourceId]
      : (['article_check', 'entry_id', job.entryId] as const);
  const row = sql
    .exec<{ at: number | null }>(`SELECT state ->> '$.lastCheckedAt' AS at FROM ${table} WHERE ${column} = ?`, id)
    .toArray()[0];
  return (row?.at ?? 0) >= since;
}

function wasTried(sql: SqlStorage, receiverId: number, since: Instant): boolean {
  const row = sql.exec<{ at: number }>('SELECT tried_at AS at FROM receiver WHERE id = ?', receiverId).toArray()[0];
  return row === undefined || row.at >= since;
}

/** The stored pauses of hosts, and until when. */
export function loadHostPauses(sql: SqlStorage): ReadonlyMap<string, Instant> {
  const pauses: Readonly<Record<string, Instant>> = JSON.parse(readMeta(sql, 'host_pauses') ?? '{}');
  return new Map(Object.entries(pauses));
}

/** Stores the pauses of hosts. */
export function saveHostPauses(sql: SqlStorage, pauses: ReadonlyMap<string, Instant>): void {
  writeMeta(sql, 'host_pauses', JSON.stringify(Object.fromEntries(pauses)));
}

/** The host that a job asks. */
export function hostOfJob(opened: OpenedJob): string {
  const url = addressOf(opened);
  return url === undefined ? '' : hostOf(url);
}

function addressOf(opened: OpenedJob): HttpUrl | undefined {
  switch (opened.kind) {
    case 'source':
      return opened.source.url;
    case 'article':
      return opened.entry.url;
    case 'push':
      return opened.url;
  }
}

/**
 * Lists due jobs: followed sources, pages of archived articles, and receivers, by their next check.
 */
import { dayMs } from '../../../domain/duration.ts';
import type { EntryId } from '../../../domain/entry.ts';
import { type HttpUrl, hostOf } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import { maxArticleIntervalMs } from '../../../pipeline/polling/article.ts';
import { maxWaitMs } from '../../../pipeline/polling/polling.ts';
import type { RefreshJob } from '../../../pipeline/recording.ts';
import { isOwnShownSql } from '../duplicates/shown-members.ts';
import { dueReceivers } from '../push/due-receivers.ts';
import { neverDue } from '../rows/source-rows.ts';

/** Like `isDue`, for a row that may not exist; `first` is when a job that was never done is due. */
function dueCondition(first: string): string {
  const next = `COALESCE(c.next_check_at, ${first})`;
  return `${next} < ${neverDue} AND (${next} <= ? OR ${next} > ?)`;
}

/** A job whose time has come. */
export interface DueJob {
  readonly job: RefreshJob;
  /** The source that is checked. */
  readonly sourceId?: SourceId;
  readonly key: string;
  readonly host: string;
  /** When it became due; 0 when it was never done. */
  readonly since: number;
}

/** A job by name. */
export function keyOf(job: RefreshJob): string {
  switch (job.kind) {
    case 'source':
      return `source:${job.sourceId}`;
    case 'article':
      return `article:${job.entryId}`;
    case 'push':
      return `push:${job.receiverId}`;
  }
}

interface DueRow extends Record<string, SqlStorageValue> {
  id: string;
  source_id: string;
  url: string;
  since: number;
}

/**
 * No check is further away than this (a week for feeds, a month for pages), with a day for clocks that differ. A later
 * one was written by a clock that was ahead, and is due. Milliseconds.
 */
const furthestMs = { feed: maxWaitMs + dayMs, article: maxArticleIntervalMs + dayMs } as const;

/** Whether the next check of a job has come, or is further away than any can be. */
export function isDue(kind: 'feed' | 'article', nextCheckAt: number, at: number, now: Instant): boolean {
  return nextCheckAt <= at || (nextCheckAt > now + furthestMs[kind] && nextCheckAt < neverDue);
}

/**
 * All due jobs, longest waiting first: followed sources, pages of archived articles, and receivers with something to get.
 * `at` may differ from `now`.
 */
export function dueJobs(sql: SqlStorage, at: Instant, now: Instant): readonly DueJob[] {
  const sources = sql.exec<DueRow>(
    `SELECT s.id AS id, s.id AS source_id, s.url AS url, COALESCE(c.next_check_at, 0) AS since
      FROM source s LEFT JOIN source_state c ON c.source_id = s.id
      WHERE s.kind IN ('feed', 'page') AND s.enabled = 1 AND ${dueCondition('0')}`,
    at,
    now + furthestMs.feed,
  );
  const articles = sql.exec<DueRow>(
    `SELECT e.id AS id, e.source_id AS source_id, e.url AS url, COALESCE(c.next_check_at, s.first_check_at) AS since
      FROM seed_entry s JOIN entry e ON e.id = s.entry_id LEFT JOIN article_check c ON c.entry_id = s.entry_id
      WHERE e.url IS NOT NULL AND ${isOwnShownSql('e')} AND ${dueCondition('s.first_check_at')}`,
    at,
    now + furthestMs.article,
  );
  const due = [
    ...[...sources].map((row) => toDue({ kind: 'source', sourceId: row.id as SourceId }, row)),
    ...[...articles].map((row) => toDue({ kind: 'article', entryId: row.id as EntryId }, row)),
    ...duePushes(sql, now),
  ];
  return due.sort((a, b) => a.since - b.since || (a.key < b.key ? -1 : 1));
}

/** Receivers that have something to get. @param ids only these */
export function duePushes(sql: SqlStorage, now: Instant, ids?: readonly number[]): readonly DueJob[] {
  return dueReceivers(sql, now, ids).map(({ id, host, since }): DueJob => {
    const job: RefreshJob = { kind: 'push', receiverId: id };
    return { job, key: keyOf(job), host, since };
  });
}

function toDue(job: RefreshJob, row: DueRow): DueJob {
  const host = hostOf(row.url as HttpUrl);
  return { job, sourceId: row.source_id as SourceId, key: keyOf(job), host, since: row.since };
}

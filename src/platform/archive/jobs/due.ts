/**
 * What is due: sources that are followed, and pages of seed articles, by their next check.
 */
import type { EntryId } from '../../../domain/entry.ts';
import { type HttpUrl, hostOf } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import type { RefreshJob } from '../../../pipeline/recording.ts';

/** A job whose time has come. */
export interface DueJob {
  readonly job: RefreshJob;
  readonly sourceId: SourceId;
  readonly key: string;
  readonly host: string;
  /** When it became due; 0 when it was never done. */
  readonly since: number;
}

/** A job by name. */
export function keyOf(job: RefreshJob): string {
  return job.kind === 'source' ? `source:${job.sourceId}` : `article:${job.entryId}`;
}

interface DueRow extends Record<string, SqlStorageValue> {
  id: string;
  source_id: string;
  url: string;
  since: number;
}

/** Everything due, longest waiting first: sources that are followed, and pages of seed articles. */
export function dueJobs(sql: SqlStorage, at: Instant): readonly DueJob[] {
  const sources = sql.exec<DueRow>(
    `SELECT s.id AS id, s.id AS source_id, s.url AS url, COALESCE(c.next_check_at, 0) AS since
      FROM source s LEFT JOIN source_state c ON c.source_id = s.id
      WHERE s.kind = 'feed' AND s.enabled = 1 AND COALESCE(c.next_check_at, 0) <= ?`,
    at,
  );
  const articles = sql.exec<DueRow>(
    `SELECT e.id AS id, e.source_id AS source_id, e.url AS url, COALESCE(c.next_check_at, 0) AS since
      FROM seed_entry s JOIN entry e ON e.id = s.entry_id LEFT JOIN article_check c ON c.entry_id = s.entry_id
      WHERE e.url IS NOT NULL AND e.retired_at IS NULL AND COALESCE(c.next_check_at, 0) <= ?`,
    at,
  );
  const due = [
    ...[...sources].map((row) => toDue({ kind: 'source', sourceId: row.id as SourceId }, row)),
    ...[...articles].map((row) => toDue({ kind: 'article', entryId: row.id as EntryId }, row)),
  ];
  return due.sort((a, b) => a.since - b.since || (a.key < b.key ? -1 : 1));
}

function toDue(job: RefreshJob, row: DueRow): DueJob {
  const host = hostOf(row.url as HttpUrl);
  return { job, sourceId: row.source_id as SourceId, key: keyOf(job), host, since: row.since };
}

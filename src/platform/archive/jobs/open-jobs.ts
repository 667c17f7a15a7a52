/**
 * Opens jobs: reads the state of each, and starts it.
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import { type SourceState, toInitialState } from '../../../domain/source-state.ts';
import type { HandedOut } from '../../../pipeline/job-message.ts';
import type { DeliveredJob, OpenedJob, OpenedJobs } from '../../../pipeline/ports.ts';
import type { CheckJob, RefreshJob } from '../../../pipeline/recording.ts';
import { pushesOf } from '../../../pipeline/websub/push-rhythm.ts';
import { findOwnEntry } from '../entries/read-entries.ts';
import type { ArchiveState } from '../ground/state.ts';
import { openPush } from '../push/push-jobs.ts';
import { listOrigins } from '../rows/source-origins.ts';
import { findSource, findState } from '../rows/source-rows.ts';
import { findSubscriptionOf } from '../rows/subscription-rows.ts';
import type { Jobs } from './claim-jobs.ts';
import { isDue } from './due.ts';
import { hostOfJob } from './open-requests.ts';

/** The jobs with their state, without those that are done or under way. */
export function openJobs(
  archive: ArchiveState,
  jobs: Jobs,
  deliveries: readonly DeliveredJob[],
  now: Instant,
): OpenedJobs {
  const next: HandedOut[] = [];
  const opened = deliveries.map(({ job, isRetry }) => {
    const known = openJob(archive, job, jobs.dueAt(job, now), now);
    if (known !== undefined) {
      const restMs = jobs.open(job, hostOfJob(known), now, isRetry);
      return restMs === undefined ? undefined : { job: known, restMs };
    }
    const freed = jobs.finish(job, now);
    if (freed !== undefined) next.push(freed);
    return undefined;
  });
  if (opened.some((one) => one !== undefined)) jobs.noteOpen(now);
  return { opened, next };
}

/** The job with its state, unless it is not due at `at` or does not exist any more. */
function openJob(archive: ArchiveState, job: RefreshJob, at: Instant, now: Instant): OpenedJob | undefined {
  if (job.kind === 'push') return openPush(archive, job.receiverId, now);
  const state = findJobState(archive.sql, job) ?? toInitialState(now);
  if (state.stopped || !isDue(job.kind === 'source' ? 'feed' : 'article', state.nextCheckAt, at, now)) return undefined;
  return job.kind === 'source'
    ? openSource(archive, job.sourceId, state, now)
    : openArticle(archive, job.entryId, state);
}

function openSource({ sql }: ArchiveState, id: SourceId, state: SourceState, now: Instant): OpenedJob | undefined {
  const source = findSource(sql, id);
  if (source?.enabled !== true) return undefined;
  const held = findSubscriptionOf(sql, id);
  const pushes = held === undefined ? undefined : pushesOf(held, state, now);
  return { kind: 'source', source, state, ...(pushes === undefined ? {} : { pushes }) };
}

function openArticle({ sql }: ArchiveState, id: EntryId, state: SourceState): OpenedJob | undefined {
  const entry = findOwnEntry(sql, id, listOrigins(sql));
  return entry === undefined ? undefined : { kind: 'article', entry, state };
}

/** The stored state of the source or page that a job checks. */
export function findJobState(sql: SqlStorage, job: CheckJob): SourceState | undefined {
  if (job.kind === 'source') return findState(sql, job.sourceId);
  const row = sql.exec<{ state: string }>('SELECT state FROM article_check WHERE entry_id = ?', job.entryId);
  const [found] = row.toArray();
  return found === undefined ? undefined : JSON.parse(found.state);
}

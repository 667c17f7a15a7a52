/**
 * Counts how the Archive is. Scripts wait for it to say that nothing is left to do, so what was written or claimed counts
 * at once.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { ArchiveHealth, SeedProgress } from '../../../pipeline/archive-owner.ts';
import { countWork, isWorkLeft } from '../follow/pending-work.ts';
import { readMeta, readSequence } from '../ground/meta.ts';
import { countSources } from '../ground/source-tally.ts';
import { type ArchiveState, publishableAt } from '../ground/state.ts';
import type { Jobs } from '../jobs/claim-jobs.ts';
import { readFailure } from '../publish/publisher.ts';
import { countOpenAlerts } from '../rows/alert-rows.ts';
import { countPushed } from '../rows/subscription-rows.ts';

/** How long the count of due jobs is remembered while nothing is written or claimed. Milliseconds. */
const rememberedMs = 1000;

interface RememberedDue {
  readonly key: string;
  readonly at: Instant;
  readonly due: ReturnType<Jobs['due']>;
}

const remembered = new WeakMap<Jobs, RememberedDue>();

/** Counts. */
export function countHealth(archive: ArchiveState, jobs: Jobs, seeds: SeedProgress, now: Instant): ArchiveHealth {
  const { sql } = archive;
  const { unreachable, reached, refreshedAt, total, ok, failing, stopped } = countSources(sql);
  const counts = jobs.counts(now);
  const waiting = countDue(sql, jobs, counts, now);
  const work = countWork(archive);
  const isWorking = isWorkLeft(work);
  const publishedAt = readMeta(sql, 'published_at');
  const failure = readFailure(sql);
  const isUnpublished = readMeta(sql, 'published_sequence') !== String(readSequence(sql));
  return {
    entries: archive.totals.entries(),
    unreachable,
    reached,
    sources: { total, ok, failing, stopped },
    due: waiting.count,
    restingHosts: jobs.restingHosts(now).size,
    seeds,
    inFlight: counts.inFlight + [isUnpublished, isWorking, seeds.loaded < seeds.total].filter(Boolean).length,
    longestWaitMs: waiting.oldest === undefined ? 0 : Math.max(0, now - waiting.oldest),
    alerts: countOpenAlerts(sql),
    pushed: countPushed(sql, now),
    ...(isWorking ? { work } : {}),
    // Waiting for the day's budget is no failure: the wait counts from when it could have been published.
    ...(isUnpublished
      ? { unpublishedSince: Math.max(archive.publishing.pendingSince ?? now, publishableAt(archive, now)) as Instant }
      : {}),
    ...(publishedAt === undefined ? {} : { publishedAt: Number(publishedAt) as Instant }),
    ...(failure?.reason === undefined ? {} : { publishFailure: failure.reason }),
    ...(refreshedAt === undefined ? {} : { refreshedAt }),
  };
}

/** The due jobs: a scan of all sources, which callers of a public address must not be able to repeat at will. */
function countDue(
  sql: SqlStorage,
  jobs: Jobs,
  { inFlight, waiting }: ReturnType<Jobs['counts']>,
  now: Instant,
): ReturnType<Jobs['due']> {
  const { writes } = sql.exec<{ writes: number }>('SELECT total_changes() AS writes').one();
  const key = `${writes} ${inFlight} ${waiting}`;
  const held = remembered.get(jobs);
  if (held?.key === key && now - held.at < rememberedMs) return held.due;
  const due = jobs.due(now);
  remembered.set(jobs, { key, at: now, due });
  return due;
}

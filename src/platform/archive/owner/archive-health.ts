/**
 * Reports the health of the Archive, and the numbers of the page "System".
 *
 * Scripts wait until the health says that nothing is left to do, so it counts written and claimed work at once.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { ArchiveHealth, SeedProgress } from '../../../pipeline/archive-owner.ts';
import type { SlowSource, SystemReport } from '../../../pipeline/system-report.ts';
import { countWork, isWorkLeft } from '../follow/pending-work.ts';
import { readMeta, readSequence } from '../ground/meta.ts';
import { countSources } from '../ground/source-tally.ts';
import { type ArchiveState, publishableAt } from '../ground/state.ts';
import type { Jobs } from '../jobs/claim-jobs.ts';
import { readFailure } from '../publish/publisher.ts';
import { countOpenAlerts, listAlerts } from '../rows/alert-rows.ts';
import { countPushed } from '../rows/subscription-rows.ts';
import { lastActionAt, listActions, listUse } from './owner-log.ts';
import { reportEach } from './report-sources.ts';

/** How long the number of due jobs is remembered while nothing is written or claimed. Milliseconds. */
const rememberedMs = 1000;

interface RememberedDue {
  readonly key: string;
  readonly at: Instant;
  readonly due: ReturnType<Jobs['due']>;
}

const remembered = new WeakMap<Jobs, RememberedDue>();

/** Counts the health. */
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
    // Waiting for the day's budget is no failure: the wait counts from when the budget allowed a publish.
    ...(isUnpublished
      ? { unpublishedSince: Math.max(archive.publishing.pendingSince ?? now, publishableAt(archive, now)) as Instant }
      : {}),
    ...(publishedAt === undefined ? {} : { publishedAt: Number(publishedAt) as Instant }),
    ...(failure?.reason === undefined ? {} : { publishFailure: failure.reason }),
    ...(refreshedAt === undefined ? {} : { refreshedAt }),
  };
}

/** The number of due jobs. It scans all sources, so callers of a public address must not be able to repeat it at will. */
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

/** Lines of each list on the page. */
const shownAlerts = 20;
const shownActions = 50;
const shownSlow = 5;

/** Sources that answer faster are not slow. Milliseconds. */
const slowMs = 2000;

/** Makes the report of the page. */
export function reportSystem(archive: ArchiveState, now: Instant): SystemReport {
  const { sql } = archive;
  const lastBackupAt = lastActionAt(sql, 'backUp');
  return {
    use: listUse(sql, now),
    alerts: listAlerts(sql, shownAlerts),
    actions: listActions(sql, shownActions),
    ...(lastBackupAt === undefined ? {} : { lastBackupAt }),
    slow: slowSources(archive, now),
  };
}

function slowSources(archive: ArchiveState, now: Instant): readonly SlowSource[] {
  const slow: SlowSource[] = [];
  for (const { source, state } of reportEach(archive, now)) {
    const { tookMs = 0 } = state;
    if (tookMs >= slowMs) slow.push({ id: source.id, title: source.title, tookMs });
  }
  return slow.toSorted((a, b) => b.tookMs - a.tookMs).slice(0, shownSlow);
}

/**
 * How the Archive is: counted anew for each question, because scripts wait for it to say that nothing is left to do.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { ArchiveHealth, SeedProgress } from '../../../pipeline/archive-owner.ts';
import { readMeta, readSequence } from '../ground/meta.ts';
import { type ArchiveState, publishableAt } from '../ground/state.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { readFailure } from '../publish/publisher.ts';
import { countOpenAlerts } from '../rows/alert-rows.ts';

/** Counts. */
export function countHealth(archive: ArchiveState, jobs: Jobs, seeds: SeedProgress, now: Instant): ArchiveHealth {
  const { sql } = archive;
  const { checked, unreachable, ...sources } = sql
    .exec<{ total: number; stopped: number; failing: number; unreachable: number; checked: number | null }>(
      `SELECT COUNT(*) AS total, MAX(c.state ->> 'lastCheckedAt') AS checked,
        COALESCE(SUM(s.enabled = 0 OR COALESCE(c.state ->> 'stopped', 0)), 0) AS stopped,
        COALESCE(SUM(s.enabled = 1 AND NOT COALESCE(c.state ->> 'stopped', 0)
          AND COALESCE(c.state ->> 'consecutiveFailures', 0) > 0), 0) AS failing,
        COALESCE(SUM(s.enabled = 1 AND NOT COALESCE(c.state ->> 'stopped', 0)
          AND COALESCE(c.state ->> '$.lastFailure.isUnreachable', 0)), 0) AS unreachable
        FROM source s LEFT JOIN source_state c ON c.source_id = s.id`,
    )
    .one();
  const pages = sql
    .exec<{ checked: number | null }>(`SELECT MAX(state ->> 'lastCheckedAt') AS checked FROM article_check`)
    .one();
  const refreshed = Math.max(checked ?? 0, pages.checked ?? 0);
  const waiting = jobs.due(now);
  const publishedAt = readMeta(sql, 'published_at');
  const failure = readFailure(sql);
  const isUnpublished = readMeta(sql, 'published_sequence') !== String(readSequence(sql));
  return {
    entries: archive.totals.entries(),
    unreachable,
    sources: { ...sources, ok: sources.total - sources.stopped - sources.failing },
    due: waiting.count,
    restingHosts: jobs.restingHosts(now).size,
    seeds,
    inFlight: jobs.counts(now).inFlight + (isUnpublished ? 1 : 0) + (seeds.loaded < seeds.total ? 1 : 0),
    longestWaitMs: waiting.oldest === undefined ? 0 : Math.max(0, now - waiting.oldest),
    alerts: countOpenAlerts(sql),
    // Waiting for the day's budget is no failure: the wait counts from when it could have been published.
    ...(isUnpublished
      ? { unpublishedSince: Math.max(archive.publishing.pendingSince ?? now, publishableAt(archive, now)) as Instant }
      : {}),
    ...(publishedAt === undefined ? {} : { publishedAt: Number(publishedAt) as Instant }),
    ...(failure?.reason === undefined ? {} : { publishFailure: failure.reason }),
    ...(refreshed === 0 ? {} : { refreshedAt: refreshed as Instant }),
  };
}

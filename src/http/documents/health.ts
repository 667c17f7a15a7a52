/**
 * Answers `GET /health`: the state of the installation, counted now, for monitors and for scripts that wait until all
 * work is done.
 *
 * `failing`: the last publish failed (`reason` says why), changes have waited more than ten minutes to be published, or
 * at least half of the sources fail. `stale`: jobs are due and nothing was refreshed for an hour (the cron does not fire,
 * or the queue does not deliver), or nothing was ever published. Else `ok`. The status code is always 200: the
 * installation answers. `queue.due` and `queue.inFlight` are both 0 only when every job is done and every change is
 * published. `offline`: no server of any source could be reached, so the fault is this machine's connection.
 */
import { type Instant, renderRfc3339 } from '../../domain/instant.ts';
import type { ArchiveHealth } from '../../pipeline/archive-owner.ts';
import { isOffline } from '../../pipeline/source-list.ts';

/** The facts that decide the status. */
export interface HealthPorts {
  readonly health: () => Promise<ArchiveHealth>;
  readonly version: string;
  readonly now: () => number;
}

/** A publish takes a second or two, and while changes keep coming a minute. Milliseconds. */
const publishWithinMs = 10 * 60_000;

/** The cron fires every fifteen minutes at the least. Milliseconds. */
const workWithinMs = 60 * 60_000;

/** The status of an installation. */
export type HealthStatus = 'ok' | 'stale' | 'failing';

/** Decides the status from the counts at `now`. */
export function judgeHealth(health: ArchiveHealth, now: number): HealthStatus {
  const { sources, unpublishedSince, due, refreshedAt = 0, publishedAt, publishFailure } = health;
  const isStuck = unpublishedSince !== undefined && now - unpublishedSince > publishWithinMs;
  const followed = sources.ok + sources.failing;
  if (isStuck || publishFailure !== undefined || (sources.failing > 0 && sources.failing * 2 >= followed))
    return 'failing';
  const isAsleep = due > 0 && now - refreshedAt > workWithinMs;
  return isAsleep || publishedAt === undefined ? 'stale' : 'ok';
}

/** Whether this machine seems to be offline. */
export function isMachineOffline({ sources, unreachable = 0, reached = 0 }: ArchiveHealth): boolean {
  return isOffline({ failing: sources.failing, unreachable, reached });
}

/** Says in words why the status is not `ok`; `undefined` when it is. */
export function explainHealth(health: ArchiveHealth, now: number): string | undefined {
  const { sources, publishFailure, unpublishedSince } = health;
  const status = judgeHealth(health, now);
  if (status === 'ok') return undefined;
  if (publishFailure !== undefined) return `The last publish failed and is tried again: ${publishFailure}`;
  if (status === 'stale') return 'Jobs are due and nothing was asked for an hour, or nothing was ever published.';
  if (isMachineOffline(health)) return 'No server of any source could be reached: this machine seems to be offline.';
  if (unpublishedSince !== undefined && now - unpublishedSince > publishWithinMs)
    return 'Changes wait to be published.';
  return `${sources.failing} of ${sources.ok + sources.failing} sources fail.`;
}

/** Creates the handler. */
export function createHealth(ports: HealthPorts): () => Promise<Response> {
  return async () => {
    const health = await ports.health();
    const body = {
      name: 'Tributary',
      status: judgeHealth(health, ports.now()),
      reason: explainHealth(health, ports.now()) ?? null,
      offline: isMachineOffline(health),
      entries: health.entries,
      sources: health.sources,
      seeds: health.seeds,
      work: health.work ?? { merging: 0, removing: 0, changing: 0, retagging: 0 },
      queue: { due: health.due, inFlight: health.inFlight, restingHosts: health.restingHosts },
      alerts: health.alerts,
      publishedAt: toTime(health.publishedAt),
      refreshedAt: toTime(health.refreshedAt),
      version: ports.version,
    };
    return new Response(`${JSON.stringify(body, undefined, 2)}\n`, {
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'Cache-Control': 'no-store',
        'Access-Control-Allow-Origin': '*',
        'X-Content-Type-Options': 'nosniff',
      },
    });
  };
}

function toTime(at: Instant | undefined): string | null {
  return at === undefined ? null : renderRfc3339(at);
}

/**
 * Who is asked next: what is due, one request per host at a time, longest waiting first.
 *
 * Claims live in memory: when the Archive restarts they are gone, what is due is claimed again, and a message that
 * comes twice finds its job done. Nothing here writes a row, so asking what is due costs nothing.
 */
import { hostOf } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import { parseConfig } from '../../../pipeline/config.ts';
import {
  afterHandingOut,
  afterPause,
  afterReport,
  type HostManners,
  type HostState,
  idleHost,
  nextHostSlot,
} from '../../../pipeline/host-pause.ts';
import type { NextJob, OpenedJob } from '../../../pipeline/ports.ts';
import { operationsPerMessage } from '../../../pipeline/queue-budget.ts';
import type { RefreshJob } from '../../../pipeline/recording.ts';
import type { HostPause } from '../../../pipeline/retrieval.ts';
import type { ArchiveBindings } from '../../archive-bindings.ts';
import { readMeta, writeMeta } from '../ground/meta.ts';
import { type DueJob, dueJobs, keyOf } from './due.ts';
import type { QueueBudget } from './queue-budget.ts';

/** The jobs of the awake Archive. */
export interface Jobs {
  /** Takes jobs due at `at` into work, at most `limit`; jobs whose host is busy wait for `finish`. */
  readonly claim: (at: Instant, now: Instant, limit: number) => readonly RefreshJob[];
  /** What the owner asks for: jobs due at `at` that are `wanted`. `waiting` counts those that wait for their host. */
  readonly demand: (
    at: Instant,
    now: Instant,
    wanted: (due: DueJob) => boolean,
  ) => { readonly jobs: readonly RefreshJob[]; readonly waiting: number };
  /** Until when a job counts as due: the wake-up it was claimed by may speak for a later moment than the clock. */
  readonly dueAt: (job: RefreshJob, now: Instant) => Instant;
  /** Whether work on this job may begin: `false` while another delivery of the same message is at it; a retry follows one that ended. */
  readonly open: (job: RefreshJob, host: string, now: Instant, isRetry: boolean) => boolean;
  /** Gives the host back, with what hosts asked for by `Retry-After`; returns its next job with the pause it wants first. */
  readonly finish: (job: RefreshJob, now: Instant, pauses?: readonly HostPause[]) => NextJob | undefined;
  /**
   * Takes a place at a host for a request that is no job; returns how long to rest first (milliseconds). `undefined` when
   * that would take longer than `patienceMs`, or the host asked to be left alone.
   */
  readonly enter: (host: string, now: Instant, patienceMs: number) => number | undefined;
  /** Gives that place back, with what hosts asked for; returns the job that waited for it. */
  readonly leave: (host: string, now: Instant, pauses: readonly HostPause[]) => NextJob | undefined;
  /** Jobs in work, and jobs due that wait for their host. */
  readonly counts: (now: Instant) => { readonly inFlight: number; readonly waiting: number };
  /** Jobs due now that nobody took and whose host does not rest; `oldest` is since when, of those done before. */
  readonly due: (now: Instant) => { readonly count: number; readonly oldest?: number };
}

interface Claim {
  readonly host: string;
  readonly dueAt: Instant;
  readonly claimedAt: Instant;
  readonly isOpen: boolean;
}

/** A job whose consumer vanished is claimed again after this. Longer than any refresh may take. Milliseconds. */
const leaseMs = 5 * 60_000;

/** A visitor that vanished holds its place at a host so long. Longer than any one request may take. Milliseconds. */
const visitMs = 3 * 60_000;

/** Creates the jobs of an Archive that just woke. */
export function createJobs(sql: SqlStorage, manners: HostManners, budget: QueueBudget): Jobs {
  const claims = new Map<string, Claim>();
  const waiting = new Map<string, DueJob[]>();
  const hosts = loadHosts(sql);
  const hostNamed = (name: string): HostState => hosts.get(name) ?? idleHost;
  const isPaused = (name: string, at: Instant): boolean => (hostNamed(name).pausedUntil ?? 0) > at;
  const hasPlace = (name: string, now: Instant): boolean =>
    hostNamed(name).leases.filter((lease) => lease > now).length < manners.concurrency;
  const claim = (due: DueJob, dueAt: Instant, now: Instant): RefreshJob => {
    claims.set(due.key, { host: due.host, dueAt, claimedAt: now, isOpen: false });
    hosts.set(due.host, afterHandingOut(hostNamed(due.host), now, leaseMs));
    return due.job;
  };
  const take = (jobs: readonly DueJob[], at: Instant, restAt: Instant, now: Instant, limit: number): RefreshJob[] => {
    for (const [key, held] of claims) if (now - held.claimedAt > leaseMs) claims.delete(key);
    const taken: RefreshJob[] = [];
    // What the day has no messages for is not waited for: it is found due again, longest waiting first.
    const left = budget.left(now);
    let queued = 0;
    for (const due of jobs) {
      if (taken.length + queued >= left) break;
      if (claims.has(due.key) || isPaused(due.host, restAt)) continue;
      if (hasPlace(due.host, now) && taken.length < limit) {
        taken.push(claim(due, at, now));
      } else {
        waiting.set(due.host, [...(waiting.get(due.host) ?? []), due]);
        queued += 1;
      }
    }
    budget.take(taken.length, now);
    return taken;
  };
  const heed = (pauses: readonly HostPause[], now: Instant): void => {
    for (const pause of pauses) {
      hosts.set(pause.host, afterPause(hostNamed(pause.host), now, [pause]));
      waiting.delete(pause.host);
    }
    if (pauses.length > 0) saveHosts(sql, hosts, now);
  };
  /** The next job of a host that came free. */
  const handOn = (host: string, since: Instant, now: Instant): NextJob | undefined => {
    if (isPaused(host, now) || !hasPlace(host, now)) return undefined;
    const [next, ...rest] = waiting.get(host) ?? [];
    if (rest.length > 0 && budget.left(now) >= 1) waiting.set(host, rest);
    else waiting.delete(host);
    if (next === undefined || budget.left(now) < 1) return undefined;
    budget.take(1, now);
    const dueAt = Math.max(since, next.since) as Instant;
    const afterMs = nextHostSlot(hostNamed(host), now, manners) - now;
    return { job: claim(next, dueAt, now), afterMs };
  };
  return {
    claim: (at, now, limit) => {
      // What the owner asked for out of turn keeps waiting; the rest is found due again.
      for (const [host, queue] of waiting) {
        const demanded = queue.filter((due) => due.since > at);
        if (demanded.length > 0) waiting.set(host, demanded);
        else waiting.delete(host);
      }
      return take(dueJobs(sql, at), at, at, now, limit);
    },
    demand: (at, now, wanted) => {
      const isWaiting = new Set([...waiting.values()].flatMap((queue) => queue.map((due) => due.key)));
      const jobs = dueJobs(sql, at).filter((due) => !isWaiting.has(due.key) && wanted(due));
      const before = countWaiting(waiting);
      // Not even the owner makes us ask a host that asked to be left alone.
      const taken = take(jobs, at, now, now, Number.POSITIVE_INFINITY);
      return { jobs: taken, waiting: countWaiting(waiting) - before };
    },
    dueAt: (job, now) => Math.max(claims.get(keyOf(job))?.dueAt ?? now, now) as Instant,
    open: (job, host, now, isRetry) => {
      const held = claims.get(keyOf(job));
      if (held?.isOpen === true && !isRetry && now - held.claimedAt <= leaseMs) return false;
      if (isRetry) budget.take(1 / operationsPerMessage, now);
      claims.set(keyOf(job), { host, dueAt: held?.dueAt ?? now, claimedAt: now, isOpen: true });
      return true;
    },
    finish: (job, now, pauses = []) => {
      const held = claims.get(keyOf(job));
      claims.delete(keyOf(job));
      heed(pauses, now);
      if (held === undefined) return undefined;
      hosts.set(held.host, afterReport(hostNamed(held.host), now));
      return handOn(held.host, held.dueAt, now);
    },
    enter: (host, now, patienceMs) => {
      const waitMs = nextHostSlot(hostNamed(host), now, manners) - now;
      if (waitMs > patienceMs || !hasPlace(host, now) || isPaused(host, now)) return undefined;
      hosts.set(host, afterHandingOut(hostNamed(host), now, waitMs + visitMs));
      return waitMs;
    },
    leave: (host, now, pauses) => {
      heed(pauses, now);
      hosts.set(host, afterReport(hostNamed(host), now));
      return handOn(host, now, now);
    },
    due: (now) => {
      const due = dueJobs(sql, now).filter(({ key, host }) => !isHeld(claims.get(key), now) && !isPaused(host, now));
      const oldest = due.find((job) => job.since > 0)?.since;
      return { count: due.length, ...(oldest === undefined ? {} : { oldest }) };
    },
    counts: (now) => ({
      inFlight: [...claims.values()].filter((held) => isHeld(held, now)).length,
      waiting: countWaiting(waiting),
    }),
  };
}

function countWaiting(waiting: ReadonlyMap<string, readonly DueJob[]>): number {
  return [...waiting.values()].reduce((sum, queue) => sum + queue.length, 0);
}

function isHeld(claim: Claim | undefined, now: Instant): boolean {
  return claim !== undefined && now - claim.claimedAt <= leaseMs;
}

/** Hosts that asked for patience before the Archive went to sleep. */
function loadHosts(sql: SqlStorage): Map<string, HostState> {
  const pauses: Readonly<Record<string, Instant>> = JSON.parse(readMeta(sql, 'host_pauses') ?? '{}');
  return new Map(Object.entries(pauses).map(([host, pausedUntil]) => [host, { leases: [], pausedUntil }]));
}

function saveHosts(sql: SqlStorage, hosts: ReadonlyMap<string, HostState>, now: Instant): void {
  const paused = [...hosts].flatMap(([host, { pausedUntil }]) =>
    pausedUntil !== undefined && pausedUntil > now ? [[host, pausedUntil] as const] : [],
  );
  writeMeta(sql, 'host_pauses', JSON.stringify(Object.fromEntries(paused)));
}

/** The host a job asks. */
export function hostOfJob(opened: OpenedJob): string {
  const url = opened.kind === 'source' ? opened.source.url : opened.entry.url;
  return url === undefined ? '' : hostOf(url);
}

/** How hosts are treated; settings that cannot be used are reported where requests are answered. */
export function hostManners(env: ArchiveBindings): HostManners {
  const config = parseConfig(env);
  return config.ok
    ? { pauseMs: config.value.hostPauseMs, concurrency: config.value.hostConcurrency }
    : { pauseMs: 1000, concurrency: 1 };
}

/**
 * Decides which jobs come next: those that are due, one request per host at a time, longest waiting first.
 *
 * Claims live in memory. Claims whose request may be out are also stored (`open-requests.ts`), so that a restarted
 * Archive asks no host a second time meanwhile; all others are claimed again, and a message that comes twice finds its
 * job done. Reading what is due writes no row.
 */
import type { Instant } from '../../../domain/instant.ts';
import {
  afterHandingOut,
  afterPause,
  afterReport,
  countLeases,
  type HostManners,
  type HostState,
  idleHost,
  nextHostSlot,
  pauseEndOf,
  restMsOf,
} from '../../../pipeline/host-pause.ts';
import type { HandedOut } from '../../../pipeline/job-message.ts';
import type { HostEntry } from '../../../pipeline/ports.ts';
import type { RefreshJob } from '../../../pipeline/recording.ts';
import type { HostPause } from '../../../pipeline/retrieval.ts';
import { type DueJob, dueJobs, duePushes, keyOf } from './due.ts';
import { loadHostPauses, readOpenRequests, saveHostPauses, saveOpenRequests } from './open-requests.ts';

/** The jobs of an awake Archive. */
export interface Jobs {
  /** Claims jobs due at `at`, at most `limit`; jobs whose host is busy wait for `finish`. */
  readonly claim: (at: Instant, now: Instant, limit: number) => readonly HandedOut[];
  /** Claims jobs for the owner: those due at `at` that are `wanted`. `waiting` counts those that wait for their host. */
  readonly demand: (
    at: Instant,
    now: Instant,
    wanted: (due: DueJob) => boolean,
  ) => { readonly jobs: readonly HandedOut[]; readonly waiting: number };
  /** Claims receivers (these, or all) that have something to get; those whose host is busy wait for `finish`. */
  readonly claimPushes: (now: Instant, ids?: readonly number[]) => readonly HandedOut[];
  /** Whether a receiver waits for its host's pause. */
  readonly hasWaitingPushes: () => boolean;
  /** The moment up to which a job counts as due: the wake-up that claimed it may use a later moment than the clock. */
  readonly dueAt: (job: RefreshJob, now: Instant) => Instant;
  /**
   * Starts a job; returns the pause that its host needs first (milliseconds). `undefined` while another delivery of the
   * same message or another job of the host is under way; a retry follows a delivery that ended.
   */
  readonly open: (job: RefreshJob, host: string, now: Instant, isRetry: boolean) => number | undefined;
  /** Stores which requests may be out. Call it after some were opened, in the same transaction. */
  readonly noteOpen: (now: Instant) => void;
  /** Gives the host back, with any `Retry-After`; returns its next job. */
  readonly finish: (job: RefreshJob, now: Instant, pauses?: readonly HostPause[]) => HandedOut | undefined;
  /** Takes a place at a host for a request that is no job. */
  readonly enter: (host: string, now: Instant, patienceMs: number) => HostEntry;
  /** Gives that place back, with any `Retry-After`; returns the job that waited for it. */
  readonly leave: (host: string, now: Instant, pauses: readonly HostPause[]) => HandedOut | undefined;
  /** Claimed jobs, and due jobs that wait for their host. */
  readonly counts: (now: Instant) => { readonly inFlight: number; readonly waiting: number };
  /** Due jobs that are unclaimed and whose host does not rest; `oldest`: since when, of those done before. */
  readonly due: (now: Instant) => { readonly count: number; readonly oldest?: number };
  /** The hosts that asked us to wait, and until when. */
  readonly restingHosts: (now: Instant) => ReadonlyMap<string, Instant>;
}

interface Claim {
  readonly job: RefreshJob;
  readonly host: string;
  readonly dueAt: Instant;
  readonly claimedAt: Instant;
  readonly isOpen: boolean;
}

/** A job whose consumer vanished is claimed again after this. It is longer than any refresh. Milliseconds. */
const leaseMs = 5 * 60_000;

/** A vanished visitor holds its place at a host this long. It is longer than any request. Milliseconds. */
const visitMs = 3 * 60_000;

/** Creates the jobs of an Archive that just woke. `requestMs`: the longest time of a request that is out now. */
export function createJobs(sql: SqlStorage, manners: HostManners, requestMs: number, wokeAt: Instant): Jobs {
  const claims = new Map<string, Claim>();
  const waiting = new Map<string, DueJob[]>();
  const hosts = new Map<string, HostState>(
    [...loadHostPauses(sql)].map(([host, pausedUntil]) => [host, { leases: [], pausedUntil }]),
  );
  const hostNamed = (name: string): HostState => hosts.get(name) ?? idleHost;
  const isPaused = (name: string, now: Instant): boolean => pauseEndOf(hostNamed(name), now) !== undefined;
  const hasPlace = (name: string, now: Instant): boolean => countLeases(hostNamed(name), now) < manners.concurrency;
  const isHeld = (claim: Claim | undefined, now: Instant): boolean =>
    claim !== undefined && now >= claim.claimedAt && now - claim.claimedAt <= leaseMs;
  const takePlace = (host: string, now: Instant, forMs: number): void => {
    hosts.set(host, afterHandingOut(hostNamed(host), now, forMs));
  };
  for (const { job, host, openedAt } of readOpenRequests(sql, requestMs, wokeAt)) {
    const claimedAt = (openedAt + requestMs - leaseMs) as Instant;
    claims.set(keyOf(job), { job, host, dueAt: wokeAt, claimedAt, isOpen: true });
    takePlace(host, wokeAt, openedAt + requestMs - wokeAt);
  }
  const claim = ({ job, key, host }: DueJob, dueAt: Instant, now: Instant): HandedOut => {
    claims.set(key, { job, host, dueAt, claimedAt: now, isOpen: false });
    takePlace(host, now, leaseMs);
    return { job, host };
  };
  const mustRest = (due: DueJob | undefined, now: Instant): boolean =>
    due?.job.kind === 'push' && restMsOf(hostNamed(due.host), now, manners) > 0;
  const wait = (due: DueJob): void => {
    const queue = waiting.get(due.host);
    if (queue === undefined) waiting.set(due.host, [due]);
    else queue.push(due);
  };
  const take = (jobs: readonly DueJob[], at: Instant, restAt: Instant, now: Instant, limit: number): HandedOut[] => {
    for (const [key, held] of claims) if (!isHeld(held, now)) claims.delete(key);
    const taken: HandedOut[] = [];
    for (const due of jobs) {
      if (claims.has(due.key) || isPaused(due.host, restAt)) continue;
      if (hasPlace(due.host, now) && taken.length < limit && !mustRest(due, now)) taken.push(claim(due, at, now));
      else wait(due);
    }
    return taken;
  };
  const notWaiting = (jobs: readonly DueJob[]): readonly DueJob[] => {
    const hosts = new Set(jobs.map((due) => due.host));
    const isWaiting = new Set([...hosts].flatMap((host) => (waiting.get(host) ?? []).map((due) => due.key)));
    return jobs.filter((due) => !isWaiting.has(due.key));
  };
  const heed = (pauses: readonly HostPause[], now: Instant): void => {
    for (const pause of pauses) {
      hosts.set(pause.host, afterPause(hostNamed(pause.host), now, [pause]));
      waiting.delete(pause.host);
    }
    if (pauses.length > 0) saveHostPauses(sql, restingHosts(now));
  };
  const restingHosts = (now: Instant): ReadonlyMap<string, Instant> =>
    new Map(
      [...hosts].flatMap(([host, state]) => {
        const until = pauseEndOf(state, now);
        return until === undefined ? [] : [[host, until] as const];
      }),
    );
  /** The next job of a host that became free. */
  const handOn = (host: string, since: Instant, now: Instant): HandedOut | undefined => {
    if (isPaused(host, now) || !hasPlace(host, now)) return undefined;
    const queue = waiting.get(host);
    // A delivery is claimed when its host has rested (`claimPushes`): deliveries to many hosts then share a message, and no
    // message waits for a host.
    if (mustRest(queue?.[0], now)) return undefined;
    const next = queue?.shift();
    if (queue?.length === 0) waiting.delete(host);
    return next === undefined ? undefined : claim(next, Math.max(since, next.since) as Instant, now);
  };
  return {
    claim: (at, now, limit) => {
      // The owner's requests keep waiting; other jobs are found due again.
      for (const [host, queue] of waiting) {
        const demanded = queue.filter((due) => due.since > at);
        if (demanded.length > 0) waiting.set(host, demanded);
        else waiting.delete(host);
      }
      const restAt = Math.max(at, now) as Instant;
      return take(dueJobs(sql, at, now), at, restAt, now, limit);
    },
    demand: (at, now, wanted) => {
      const jobs = notWaiting(dueJobs(sql, at, now).filter(wanted));
      const before = countWaiting(waiting);
      // A host that asked us to wait is not asked, not even for the owner.
      const taken = take(jobs, at, now, now, Number.POSITIVE_INFINITY);
      return { jobs: taken, waiting: countWaiting(waiting) - before };
    },
    claimPushes: (now, ids) => {
      const due = notWaiting(duePushes(sql, now, ids));
      const rested = [...waiting].flatMap(([host, [first]]) =>
        first?.job.kind === 'push' ? (handOn(host, now, now) ?? []) : [],
      );
      return [...rested, ...take(due, now, now, now, Number.POSITIVE_INFINITY)];
    },
    hasWaitingPushes: () => [...waiting.values()].some(([first]) => first?.job.kind === 'push'),
    dueAt: (job, now) => Math.max(claims.get(keyOf(job))?.dueAt ?? now, now) as Instant,
    open: (job, host, now, isRetry) => {
      const key = keyOf(job);
      const held = claims.get(key);
      if (held?.isOpen === true && !isRetry && isHeld(held, now)) return undefined;
      // A message from before a restart has no claim, and its host may be busy: the job is found due again.
      if (held === undefined) {
        if (!hasPlace(host, now)) return undefined;
        takePlace(host, now, leaseMs);
      }
      claims.set(key, { job, host, dueAt: held?.dueAt ?? now, claimedAt: now, isOpen: true });
      return restMsOf(hostNamed(host), now, manners);
    },
    noteOpen: (now) => {
      const open = [...claims.values()].filter((held) => held.isOpen && isHeld(held, now));
      saveOpenRequests(
        sql,
        open.map(({ job, host, claimedAt }) => ({ job, host, openedAt: claimedAt })),
      );
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
      if (isPaused(host, now)) return 'resting';
      const waitMs = nextHostSlot(hostNamed(host), now, manners) - now;
      if (waitMs > patienceMs || !hasPlace(host, now)) return 'busy';
      takePlace(host, now, waitMs + visitMs);
      return waitMs;
    },
    leave: (host, now, pauses) => {
      heed(pauses, now);
      hosts.set(host, afterReport(hostNamed(host), now));
      return handOn(host, now, now);
    },
    due: (now) => {
      const due = dueJobs(sql, now, now).filter(
        ({ key, host }) => !isHeld(claims.get(key), now) && !isPaused(host, now),
      );
      const oldest = due.find((job) => job.since > 0)?.since;
      return { count: due.length, ...(oldest === undefined ? {} : { oldest }) };
    },
    counts: (now) => ({
      inFlight: [...claims.values()].filter((held) => isHeld(held, now)).length,
      waiting: countWaiting(waiting),
    }),
    restingHosts,
  };
}

function countWaiting(waiting: ReadonlyMap<string, readonly DueJob[]>): number {
  return [...waiting.values()].reduce((sum, queue) => sum + queue.length, 0);
}

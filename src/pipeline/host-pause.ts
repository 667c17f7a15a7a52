/**
 * Decides when a host may be asked: one request at a time (`HOST_CONCURRENCY`), a pause between two, and none while the host asks
 * us to wait, whichever of its feeds said so.
 *
 * Pure: the Archive keeps one `HostState` a host and calls this before it hands out jobs. Moments from the future, written by a
 * clock that was ahead, are ignored.
 */
import { dayMs, hourMs } from '../domain/duration.ts';
import type { RetrieveFailure } from '../domain/failure.ts';
import { parseHttpDate } from '../domain/http-date.ts';
import { type Instant, toInstant } from '../domain/instant.ts';
import type { Result } from '../domain/result.ts';
import type { HostPause, Retrieved } from './retrieval.ts';

/** The state of a host that was asked. A host that was never asked has none. */
export interface HostState {
  /** When each unreported request must have ended: workers that crash report nothing. */
  readonly leases: readonly Instant[];
  /** When the last request ended, or a lease ran out. */
  readonly lastEndedAt?: Instant;
  /** `Retry-After` of the host; it holds for all its feeds. */
  readonly pausedUntil?: Instant;
}

/** The settings for hosts. */
export interface HostManners {
  /** `HOST_PAUSE_MS` (1000): from the end of a request to the start of the next. */
  readonly pauseMs: number;
  /** `HOST_CONCURRENCY` (1): requests at a time. */
  readonly concurrency: number;
}

/** Longest pause of a host. A feed that asks for more rests alone; its host is asked again after a day. Milliseconds. */
const maxHostPauseMs = dayMs;

/** A lease that ends later than this was written by a clock that was ahead. Milliseconds. */
const maxLeaseMs = hourMs;

/** A host that was never asked. */
export const idleHost: HostState = { leases: [] };

/** The earliest moment at which the host may be asked; `now` when it may be asked at once. */
export function nextHostSlot(host: HostState, now: Instant, { pauseMs, concurrency }: HostManners): Instant {
  const { leases, lastEndedAt } = dropExpired(host, now);
  const rested = lastEndedAt === undefined ? now : restedAt(lastEndedAt, now, pauseMs);
  // When all places are taken, the first one to become free counts; the pause comes on top.
  const places = Math.max(1, concurrency);
  const free =
    leases.length < places ? now : (leases.toSorted((a, b) => a - b)[leases.length - places] ?? now) + pauseMs;
  return toInstant(Math.max(now, rested, free, pauseEndOf(host, now) ?? now)) ?? now;
}

/** The host after a request began. The request ends within `leaseMs`, or counts as lost. */
export function afterHandingOut(host: HostState, now: Instant, leaseMs: number): HostState {
  const kept = dropExpired(host, now);
  return { ...kept, leases: [...kept.leases, toInstant(now + leaseMs) ?? now] };
}

/** The host after a request ended, with its `Retry-After`. */
export function afterReport(host: HostState, now: Instant, pauses: readonly HostPause[] = []): HostState {
  const { leases, ...kept } = dropExpired(host, now);
  return afterPause({ ...kept, leases: leases.toSorted((a, b) => a - b).slice(1), lastEndedAt: now }, now, pauses);
}

/** The host after a `Retry-After`, of at most a day. A shorter one does not end a longer one. */
export function afterPause(host: HostState, now: Instant, pauses: readonly HostPause[]): HostState {
  const longestMs = Math.min(Math.max(0, ...pauses.map((pause) => pause.ms)), maxHostPauseMs);
  const until = toInstant(Math.max(now + longestMs, pauseEndOf(host, now) ?? now));
  return until === undefined || until <= now ? host : { ...host, pausedUntil: until };
}

/** Until when the host asked us to wait; `undefined` when it may be asked. */
export function pauseEndOf({ pausedUntil }: HostState, now: Instant): Instant | undefined {
  return pausedUntil !== undefined && pausedUntil > now && pausedUntil <= now + maxHostPauseMs
    ? pausedUntil
    : undefined;
}

/** How many requests are under way. */
export function countLeases(host: HostState, now: Instant): number {
  return dropExpired(host, now).leases.length;
}

/** How long the host wants to rest after its last request. Milliseconds. */
export function restMsOf({ lastEndedAt }: HostState, now: Instant, { pauseMs }: HostManners): number {
  return lastEndedAt === undefined ? 0 : Math.max(0, restedAt(lastEndedAt, now, pauseMs) - now);
}

function restedAt(lastEndedAt: Instant, now: Instant, pauseMs: number): number {
  return Math.min(lastEndedAt, now) + pauseMs;
}

function dropExpired(host: HostState, now: Instant): HostState {
  const leases = host.leases.filter((lease) => lease > now && lease <= now + maxLeaseMs);
  if (leases.length === host.leases.length) return host;
  const ended = host.leases.filter((lease) => !leases.includes(lease)).map((lease) => Math.min(lease, now) as Instant);
  const lastEndedAt = [...ended, ...(host.lastEndedAt === undefined ? [] : [host.lastEndedAt])].reduce((a, b) =>
    a > b ? a : b,
  );
  return { ...host, leases, lastEndedAt };
}

/** The hosts that sent `Retry-After` with this answer or failure. */
export function pausesOf(retrieved: Result<Retrieved, RetrieveFailure>): { readonly pauses?: readonly HostPause[] } {
  if (retrieved.ok) return retrieved.value.pauses.length === 0 ? {} : { pauses: retrieved.value.pauses };
  const { failure } = retrieved;
  if (failure.kind !== 'http-status' || failure.retryAfterMs === undefined || failure.host === undefined) return {};
  return { pauses: [{ host: failure.host, ms: failure.retryAfterMs }] };
}

/** Reads `Retry-After`: milliseconds from `now`, 0 for a moment that has passed; `undefined` when the value is neither seconds nor an HTTP-date. */
export function parseRetryAfter(text: string | undefined, now: Instant): number | undefined {
  if (text === undefined) return undefined;
  // The grammar has no fractions, but rate limiters send them; rounding up keeps the promise.
  if (/^\s*\d{1,15}(?:\.\d{1,6})?\s*$/.test(text)) return Math.ceil(Number(text) * 1000);
  const date = parseHttpDate(text, now);
  return date === undefined ? undefined : Math.max(0, date - now);
}

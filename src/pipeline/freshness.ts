/**
 * Reads how long a server says its document stays fresh: the part of HTTP caching that a poller needs.
 *
 * `max-age` beats `Expires`; `no-cache`, `no-store` and dates in the past promise nothing, so they do not shorten the
 * interval. `s-maxage` is for shared caches and is ignored.
 *
 * @see RFC 9111 section 4.2 (freshness), 4.3.4 (a 304 updates what is stored), 5.2 and 5.3
 */
import { parseHttpDate } from '../domain/http-date.ts';
import type { Instant } from '../domain/instant.ts';
import type { FreshnessHeaders } from '../domain/source-state.ts';

/** A promise of freshness. */
export interface Freshness {
  /** From the moment the origin made the response. */
  readonly lifetimeMs: number;
  /** The lifetime less the time that the response spent in caches (`Age`); never negative. */
  readonly remainingMs: number;
  /** The header, for people. */
  readonly why: string;
}

/** Larger numbers mean the same and would not stay exact. Unit: seconds (RFC 9111 section 1.2.2 allows 2^31). */
const maxDeltaSeconds = 2 ** 31;

/** The freshness that the headers of a response received at `now` promise; `undefined` when they promise none. */
export function readFreshness(headers: FreshnessHeaders, now: Instant): Freshness | undefined {
  const maxAge = parseMaxAge(headers.cacheControl ?? '');
  const ageMs = (parseDeltaSeconds(headers.age?.trim() ?? '') ?? 0) * 1000;
  if (maxAge !== undefined) return promise(maxAge * 1000, ageMs, `Cache-Control: max-age=${maxAge}`);
  if (headers.expires === undefined) return undefined;
  // "Expires: 0" and other non-dates mean "already expired" (RFC 9111 section 5.3).
  const expires = parseHttpDate(headers.expires, now) ?? now;
  // The server's clock measures the server's promise; ours may differ.
  const made = parseHttpDate(headers.date ?? '', now) ?? now;
  return promise(Math.max(0, expires - made), ageMs, `Expires: ${headers.expires.trim().slice(0, 40)}`);
}

/** The stored headers after a 304: headers that the 304 repeats replace them. */
export function updateFreshness(stored: FreshnessHeaders | undefined, received: FreshnessHeaders): FreshnessHeaders {
  const { cacheControl = stored?.cacheControl, expires = stored?.expires } = received;
  return {
    ...received,
    ...(cacheControl === undefined ? {} : { cacheControl }),
    ...(expires === undefined ? {} : { expires }),
  };
}

function promise(lifetimeMs: number, ageMs: number, why: string): Freshness {
  return { lifetimeMs, remainingMs: Math.max(0, lifetimeMs - ageMs), why };
}

/** The first `max-age` of a `Cache-Control` value, seconds; none when that one is no number. */
function parseMaxAge(cacheControl: string): number | undefined {
  // Quoted strings may hold commas and words that look like directives, so they are removed first.
  const directives = cacheControl
    .replaceAll(/"(\d+)"/g, '$1')
    .replaceAll(/"[^"]*"/g, '')
    .split(',');
  const maxAge = directives
    .map((directive) => directive.trim().toLowerCase())
    .find((name) => name.startsWith('max-age='));
  return maxAge === undefined ? undefined : parseDeltaSeconds(maxAge.slice('max-age='.length));
}

function parseDeltaSeconds(text: string): number | undefined {
  return /^\d+$/.test(text) ? Math.min(Number(text), maxDeltaSeconds) : undefined;
}

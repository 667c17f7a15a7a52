/**
 * Decides where an entry stands in the order of views, and when it changed.
 */
import type { Entry } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { StoredState } from './entry-rows.ts';

/**
 * Where an entry stands: by its date, one from the future by when it came. The first `updated` of an entry without
 * `published` is its date for good: a later edit does not move it.
 */
export function sortInstant(
  entry: Entry<SafeHtml>,
  firstSeen: Instant,
  stored: StoredState | undefined,
  undated: number,
  isReread: boolean,
): Instant {
  if (stored !== undefined && (isReread || entry.published === undefined)) return stored.sort_at as Instant;
  return Math.min(entry.published ?? entry.updated ?? undated, firstSeen) as Instant;
}

/** The publisher's own `updated` when there is a credible one; else a revision moves it, and a first recording does not. */
export function modifiedInstant(
  entry: Entry<SafeHtml>,
  firstSeen: Instant,
  stored: StoredState | undefined,
  isRevised: boolean,
  now: Instant,
): Instant {
  if (entry.updated !== undefined && entry.updated <= now) return entry.updated;
  if (isRevised) return now;
  if (stored !== undefined) return stored.modified as Instant;
  return entry.published !== undefined && entry.published <= firstSeen ? entry.published : firstSeen;
}

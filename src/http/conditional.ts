/**
 * Conditional requests: has the reader got it already?
 *
 * @see RFC 9110 section 13.1: If-None-Match wins over If-Modified-Since; entity tags are compared weakly, because the
 * edge turns strong ones weak when it compresses.
 */
import type { Instant } from '../domain/instant.ts';

/** Whether the representation with this entity tag and date is what the reader holds. */
export function isNotModified(request: Request, etag: string, lastModified: Instant): boolean {
  const wanted = request.headers.get('If-None-Match');
  if (wanted !== null) return hasEntityTag(wanted, etag);
  const since = request.headers.get('If-Modified-Since');
  if (since === null) return false;
  const sinceMs = Date.parse(since);
  // HTTP dates have whole seconds (RFC 9110 section 5.6.7).
  return Number.isFinite(sinceMs) && Math.floor(lastModified / 1000) * 1000 <= sinceMs;
}

/** Weak comparison of one entity tag with a list or `*`. Tags may hold commas, so the list is not split. */
export function hasEntityTag(list: string, etag: string): boolean {
  if (list.trim() === '*') return true;
  for (const [tag] of list.matchAll(/"[^"]*"/g)) if (tag === etag) return true;
  return false;
}

/**
 * Decides conditional requests: whether the client already has this document.
 *
 * A document has one entity tag, and its gzip encoding has the same with `-gz` at the end (RFC 9110 section 8.8.3.3:
 * other encodings have other strong tags). A request with either is answered with 304.
 * @see RFC 9110 section 13.1: If-None-Match wins over If-Modified-Since; entity tags are compared weakly, because the
 * edge turns strong ones weak when it changes the encoding.
 */
import { parseHttpDate } from '../domain/http-date.ts';
import type { Instant } from '../domain/instant.ts';

const gzipMark = '-gz"';

/** The entity tag of a document's gzip encoding. */
export function gzipTag(etag: string): string {
  return etag.slice(0, -1) + gzipMark;
}

/** Whether the client has the document with this entity tag and date. */
export function isNotModified(request: Request, etag: string, lastModified: Instant | undefined): boolean {
  const wanted = request.headers.get('If-None-Match');
  if (wanted !== null) return hasEntityTag(wanted, etag);
  const since = request.headers.get('If-Modified-Since');
  if (since === null || lastModified === undefined) return false;
  const sinceMs = parseHttpDate(since, lastModified);
  // HTTP dates have whole seconds (RFC 9110 section 5.6.7).
  return sinceMs !== undefined && Math.floor(lastModified / 1000) * 1000 <= sinceMs;
}

/** Weak comparison of one document's tags with a list or `*`. Tags may hold commas, so the list is not split. */
function hasEntityTag(list: string, etag: string): boolean {
  if (list.trim() === '*') return true;
  for (const [tag] of list.matchAll(/"[^"]*"/g)) {
    if (tag === etag || (tag.endsWith(gzipMark) && tag === gzipTag(etag))) return true;
  }
  return false;
}

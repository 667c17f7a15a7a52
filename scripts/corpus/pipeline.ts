/**
 * One document through the whole line, as production takes it: read, normalize, sanitize, render.
 */
import type { Document } from '../../src/domain/document.ts';
import type { RecordedEntry } from '../../src/domain/entry.ts';
import type { ReadFailure } from '../../src/domain/failure.ts';
import type { Feed } from '../../src/domain/feed.ts';
import type { SafeHtml } from '../../src/domain/html.ts';
import { toInstant } from '../../src/domain/instant.ts';
import { ok, type Result } from '../../src/domain/result.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { normalizeFeed } from '../../src/feed/read/normalize-feed.ts';
import { type RawDocument, readFeed } from '../../src/feed/read/read-feed.ts';
import { sanitizeFeed } from '../../src/feed/sanitize/sanitize-entry.ts';

/** The result of each step for a document. */
export interface Stations {
  readonly document: RawDocument;
  readonly normalized: ReturnType<typeof normalizeFeed>;
  readonly sanitized: Feed<SafeHtml>;
}

/** Takes a document through the line; fails where the reader does. */
export function runLine(document: Document): Result<Stations, ReadFailure> {
  const read = readFeed(document);
  if (!read.ok) return read;
  const normalized = normalizeFeed(read.value.raw, { sourceId: toSourceId(document.url), document });
  return ok({ document: read.value, normalized, sanitized: sanitizeFeed(normalized.feed) });
}

/** The entries as the Archive would hold them had they all come at the epoch. */
export function asRecorded(document: Document, feed: Feed<SafeHtml>): RecordedEntry<SafeHtml>[] {
  const epoch = toInstant(0);
  if (epoch === undefined) throw new Error('the epoch is an instant');
  const origin = { sourceId: toSourceId(document.url), title: feed.title, feedUrl: document.url };
  return feed.entries.map((entry, sequence) => ({
    ...entry,
    origin,
    tags: [],
    firstSeen: epoch,
    sortAt: entry.published ?? epoch,
    modified: entry.updated ?? entry.published ?? epoch,
    sequence,
  }));
}

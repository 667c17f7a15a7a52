/**
 * Picks the new and changed entries of a document, and prepares them for recording.
 *
 * Entries that the Archive already holds are recognised by their hash before any costly work: only the others are sanitized,
 * completed from their pages and tagged.
 */
import { contentHash } from '../domain/content-hash.ts';
import type { Entry, ReadEntry } from '../domain/entry.ts';
import type { ReadFeed } from '../domain/feed.ts';
import type { SafeHtml } from '../domain/html.ts';
import type { Source } from '../domain/source.ts';

import { tagEntry } from '../feed/tag/tag-entry.ts';
import { completeFromPages } from './full-text.ts';
import type { EntryCandidate, RefreshPorts } from './ports.ts';
import type { EntryRecording } from './recording.ts';

/** The new and changed entries of a source's document. */
export async function newEntries(
  ports: RefreshPorts,
  source: Source,
  feed: Pick<ReadFeed, 'entries'>,
  sanitize: (entry: ReadEntry) => Entry<SafeHtml>,
): Promise<readonly EntryRecording[]> {
  const candidates = feed.entries.map((entry) => ({ entry, contentHash: hashOf(source, entry) }));
  if (candidates.length === 0) return [];
  const unknown = new Map(
    (await ports.archive.unknownEntries(source.id, candidates.map(toCandidate))).map((one) => [one.id, one]),
  );
  const fresh = candidates.filter(({ entry }) => unknown.has(entry.id));
  const safe = fresh.map(({ entry }) => sanitize(entry));
  const complete = source.fullText ? await completeFromPages(ports, safe, source) : safe;
  return complete.map((entry, position) => ({
    entry: { ...entry, ...unknown.get(entry.id)?.as },
    sourceId: source.id,
    tags: tagEntry(entry, source.tags),
    // The hash of what the feed said: when the feed repeats it, the page is not asked again.
    contentHash: fresh[position]?.contentHash ?? '',
    ...(unknown.get(entry.id)?.isMoved === true && { isMoved: true }),
    ...(source.kind === 'page' && { keepsDate: true }),
  }));
}

/** Leaves the date of a page's entry out of the hash: "3 days ago" is another date each day, and no edit. */
function hashOf(source: Source, entry: ReadEntry): string {
  if (source.kind !== 'page') return contentHash(entry);
  const { published: _, ...words } = entry;
  return contentHash(words);
}

function toCandidate({ entry, contentHash }: { entry: ReadEntry; contentHash: string }): EntryCandidate {
  const { id, guid, url, title, published } = entry;
  return {
    id,
    guid,
    title,
    contentHash,
    ...(url === undefined ? {} : { url }),
    ...(published === undefined ? {} : { published }),
  };
}

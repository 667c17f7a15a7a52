/**
 * Counts the entries of each tag and source, in memory, and adjusts the counts with every change.
 *
 * Counted once when the Archive wakes: counting anew for every publish would scan every tag row. A snapshot is made once for
 * each state of the archive: with a thousand tags it costs more than finding the entries of an answer.
 */
import { publicChannel, type SourceChannel } from '../../../domain/channel.ts';
import type { HttpUrl } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import type { Tag } from '../../../domain/tag.ts';
import { isFound } from '../../../query/match/text-matches.ts';
import type { CountOf, FindMembers } from '../../../query/sql/sql-plan.ts';
import type { ArchiveTotals } from '../../../window/window.ts';
import { readMeta } from './meta.ts';
import { newestMonth } from './months.ts';
import { rememberUnchanged } from './remember-unchanged.ts';
import { readViewChanges } from './view-changes.ts';

/** What totals need to know of what is shown at one place. */
export interface CountedEntry {
  readonly sources: readonly SourceId[];
  readonly tags: readonly Tag[];
  readonly modified: Instant;
}

/** What is shown otherwise now: as it was before, and as it is. */
export interface TotalsChange {
  readonly before: readonly CountedEntry[];
  readonly after: readonly CountedEntry[];
  /** A source shows an entry that it did not show before. */
  readonly isAdded?: true;
}

/** Counts that follow the archive. */
export interface Totals {
  readonly apply: (change: TotalsChange) => void;
  /** Visible entries in all. */
  readonly entries: () => number;
  /** The same object as long as nothing is written. */
  readonly snapshot: (sequence: number) => ArchiveTotals;
  /** For the query planner: tags and sources as they are, authors as far as is worth knowing, languages not at all. */
  readonly countOf: CountOf;
  /** Tags and authors that hold a term. */
  readonly findMembers: FindMembers;
}

interface Count {
  count: number;
  updated: number;
  /** The newest entry left: `updated` must be asked again. */
  isStale: boolean;
}

/** Counts the archive and returns closures that keep the counts right. */
export function createTotals(sql: SqlStorage): Totals {
  const tags = countTags(sql);
  const sources = countSources(sql);
  let { entries } = sql
    .exec<{ entries: number }>('SELECT COUNT(*) AS entries FROM entry WHERE retired_at IS NULL')
    .one();
  const adjustAll = (entry: CountedEntry, by: 1 | -1): void => {
    entries += by;
    for (const tag of entry.tags) adjust(tags, tag.slug, entry, by);
    for (const source of entry.sources) adjust(sources, source, entry, by);
  };
  const snapshot = rememberUnchanged(sql, (sequence: number) => {
    refreshStale(tags, (tag) => newestWithTag(sql, tag));
    refreshStale(sources, (source) => newestOfSource(sql, source));
    return snapshotOf(sql, entries, tags, sources, sequence);
  });
  return {
    apply: ({ before, after }) => {
      for (const entry of before) adjustAll(entry, -1);
      for (const entry of after) adjustAll(entry, 1);
    },
    countOf: (facet, member) => {
      if (facet === 'tags') return tags.get(member)?.count ?? 0;
      if (facet === 'sources') return sources.get(member)?.count ?? 0;
      return facet === 'authors' ? countAuthor(sql, member) : undefined;
    },
    findMembers: (facet, term) =>
      (facet === 'tags' ? [...tags.keys()] : listAuthors(sql)).filter((member) => isFound(term, member)),
    entries: () => entries,
    snapshot,
  };
}

/** Beyond this many entries an author is as good as any other index to drive an answer from. */
const countedOfAuthor = 2000;

/** Entries of an author, `undefined` when they are many. Asked of the index, 50 ns an entry: authors may be very many. */
function countAuthor(sql: SqlStorage, author: string): number | undefined {
  const { count } = sql
    .exec<{ count: number }>(
      'SELECT COUNT(*) AS count FROM (SELECT 1 FROM entry_author WHERE author = ? LIMIT ?)',
      author,
      countedOfAuthor,
    )
    .one();
  return count < countedOfAuthor ? count : undefined;
}

/** Each author once: 10 ms of 100,000 entries. */
function listAuthors(sql: SqlStorage): string[] {
  const rows = sql.exec<{ author: string }>('SELECT DISTINCT author FROM entry_author');
  return [...rows].map(({ author }) => author);
}

function adjust(counts: Map<string, Count>, key: string, entry: CountedEntry, by: 1 | -1): void {
  const held = counts.get(key) ?? { count: 0, updated: 0, isStale: false };
  held.count += by;
  if (by < 0 && entry.modified >= held.updated) held.isStale = true;
  if (by > 0) held.updated = Math.max(held.updated, entry.modified);
  if (held.count > 0) counts.set(key, held);
  else counts.delete(key);
}

function refreshStale(counts: Map<string, Count>, newest: (key: string) => number): void {
  for (const [key, held] of counts) {
    if (!held.isStale) continue;
    held.updated = newest(key);
    held.isStale = false;
  }
}

function countTags(sql: SqlStorage): Map<string, Count> {
  const rows = sql.exec<{ key: string; count: number; updated: number }>(
    `SELECT t.tag AS key, COUNT(*) AS count, MAX(e.modified) AS updated
      FROM entry_tag t JOIN entry e ON e.rowid = t.entry_rowid GROUP BY t.tag`,
  );
  return new Map([...rows].map(({ key, count, updated }) => [key, { count, updated, isStale: false }]));
}

function countSources(sql: SqlStorage): Map<string, Count> {
  const rows = sql.exec<{ key: string; count: number; updated: number }>(
    `SELECT f.source AS key, COUNT(*) AS count, MAX(e.modified) AS updated
      FROM entry_source f JOIN entry e ON e.rowid = f.entry_rowid GROUP BY f.source`,
  );
  return new Map([...rows].map(({ key, count, updated }) => [key, { count, updated, isStale: false }]));
}

function newestWithTag(sql: SqlStorage, tag: string): number {
  return sql
    .exec<{ newest: number }>(
      'SELECT MAX(e.modified) AS newest FROM entry_tag t JOIN entry e ON e.rowid = t.entry_rowid WHERE t.tag = ?',
      tag,
    )
    .one().newest;
}

function newestOfSource(sql: SqlStorage, source: string): number {
  return sql
    .exec<{ newest: number }>(
      'SELECT MAX(e.modified) AS newest FROM entry_source f JOIN entry e ON e.rowid = f.entry_rowid WHERE f.source = ?',
      source,
    )
    .one().newest;
}

/**
 * Bounds of the lists. Every isolate holds them, and a KV value has at most 25 MiB: 10,000 sources, or 40,000 tags. What sources
 * say about themselves is left out first. UTF-16 units.
 */
const mostChannels = 1024 * 1024;
const mostOfList = 4 * 1024 * 1024;

/** Passes on items until their texts are too much. */
function createRoom(most: number): (...texts: readonly (string | null)[]) => boolean {
  let used = 0;
  return (...texts) => {
    for (const text of texts) used += (text?.length ?? 0) + 50;
    return used <= most;
  };
}

function snapshotOf(
  sql: SqlStorage,
  entries: number,
  tags: ReadonlyMap<string, Count>,
  sources: ReadonlyMap<string, Count>,
  sequence: number,
): ArchiveTotals {
  const labels = new Map(
    [...sql.exec<{ slug: string; label: string }>('SELECT slug, label FROM tag')].map((row) => [row.slug, row.label]),
  );
  const rows = sql.exec<{
    id: string;
    title: string;
    kind: string;
    url: string;
    site_url: string | null;
    is_secret: number;
    rights: string | null;
    channel: string | null;
    has_duplicates: number;
  }>(
    `SELECT id, title, kind, url, site_url, is_secret, rights, channel,
      EXISTS (SELECT 1 FROM duplicate d WHERE d.source_id = source.id) AS has_duplicates
      FROM source WHERE is_private = 0 ORDER BY title, id`,
  );
  const hasRoomForChannel = createRoom(mostChannels);
  const troubles = new Map(
    [
      ...sql.exec<{ id: string; kind: string }>(
        `SELECT source_id AS id, kind FROM alert WHERE is_open = 1 AND kind IN ('failing', 'gone')`,
      ),
    ].map(({ id, kind }) => [id, kind]),
  );
  const sourceTotals = [...rows].map((row) => ({
    id: row.id as SourceId,
    // A source that nobody named yet has its address for a title.
    title: row.is_secret === 1 && row.title === row.url ? new URL(row.url).host : row.title,
    ...(row.kind === 'feed' && row.is_secret === 0 ? { feedUrl: row.url } : {}),
    ...(row.site_url === null ? {} : { siteUrl: row.site_url }),
    ...(row.channel !== null && hasRoomForChannel(row.channel) ? { channel: toChannel(row.channel, row) } : {}),
    ...(row.has_duplicates === 1 && { hasDuplicates: true }),
    ...(troubles.has(row.id) && { trouble: troubles.get(row.id) }),
    count: sources.get(row.id)?.count ?? 0,
    updated: (sources.get(row.id)?.updated ?? 0) as Instant,
  }));
  const bySize = [...tags].map(([slug, held]) => ({
    slug,
    label: labels.get(slug) ?? slug,
    count: held.count,
    updated: held.updated as Instant,
  }));
  const month = newestMonth(sql);
  const offline = readMeta(sql, 'offline') ?? '';
  const changes = readViewChanges(sql);
  const [hasRoomForTag, hasRoomForSource] = [createRoom(mostOfList), createRoom(mostOfList)];
  const listedTags = bySize
    .sort((a, b) => b.count - a.count || (a.slug < b.slug ? -1 : 1))
    .filter(({ slug, label }) => hasRoomForTag(slug, label));
  const listedSources = sourceTotals.filter(({ id, title, feedUrl = '', siteUrl = '' }) =>
    hasRoomForSource(id, title, feedUrl, siteUrl),
  );
  const isCut = listedTags.length < bySize.length || listedSources.length < sourceTotals.length;
  return {
    entries,
    sequence,
    updated: sourceTotals.reduce<number>((newest, source) => Math.max(newest, source.updated), 0) as Instant,
    tags: listedTags,
    sources: listedSources as unknown as ArchiveTotals['sources'],
    ...(Object.keys(changes).length === 0 ? {} : { changes }),
    ...(isCut ? { isCut } : {}),
    ...(offline === '' ? {} : { offline: Number(offline) }),
    ...(month === undefined ? {} : { newestMonth: month }),
  };
}

function toChannel(
  channel: string,
  { url, rights, is_secret }: { url: string; rights: string | null; is_secret: number },
): SourceChannel {
  const said: SourceChannel = { ...JSON.parse(channel), ...(rights === null ? {} : { rights }) };
  return publicChannel(said, url as HttpUrl, is_secret === 1);
}

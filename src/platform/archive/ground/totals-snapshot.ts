/**
 * Makes the totals that pages and feeds get of the whole archive, from counts in memory.
 */
import { publicChannel, type SourceChannel } from '../../../domain/channel.ts';
import type { HttpUrl } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import type { ArchiveTotals } from '../../../window/window.ts';
import { readMeta } from './meta.ts';
import { newestMonth } from './months.ts';
import { readViewChanges } from './note-view-changes.ts';

/** The entries of one tag or source. */
export interface CountedMember {
  readonly count: number;
  /** Newest `modified` among them. */
  readonly updated: number;
}

/**
 * Bounds of the lists. Every isolate holds them, and a KV value has at most 25 MiB: 10,000 sources, or 40,000 tags.
 * Channels of sources are left out first. UTF-16 units.
 */
const mostChannels = 1024 * 1024;
const mostOfList = 4 * 1024 * 1024;

/** Accepts items until their texts exceed the bound. */
function createRoom(most: number): (...texts: readonly (string | null)[]) => boolean {
  let used = 0;
  return (...texts) => {
    for (const text of texts) used += (text?.length ?? 0) + 50;
    return used <= most;
  };
}

/** The totals of the whole archive: its counts, with the names of each tag and source. */
export function snapshotTotals(
  sql: SqlStorage,
  entries: number,
  tags: ReadonlyMap<string, CountedMember>,
  sources: ReadonlyMap<string, CountedMember>,
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
    // A source without a title has its address as the title.
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

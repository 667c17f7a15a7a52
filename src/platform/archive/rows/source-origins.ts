/**
 * Makes the origin (`atom:source`) of each source's entries.
 */
import type { Origin } from '../../../domain/entry.ts';
import type { HttpUrl } from '../../../domain/http-url.ts';
import { hideSecrets, secretParts } from '../../../domain/secret-address.ts';
import type { Source, SourceId } from '../../../domain/source.ts';

interface OriginRow extends Record<string, SqlStorageValue> {
  id: string;
  kind: string;
  url: string;
  title: string;
  site_url: string | null;
  is_secret: number;
  rights: string | null;
  channel: string | null;
}

/** The origins of all sources by id; those of a removed source until all its entries are retired. */
export function listOrigins(sql: SqlStorage): ReadonlyMap<string, Origin> {
  const removed = sql
    .exec<{ source: string }>(
      `SELECT source FROM removed_source
        WHERE id IN (SELECT value FROM json_each(COALESCE((SELECT value FROM meta WHERE key = 'removing'), '[]')))`,
    )
    .toArray()
    .map(({ source }) => toRow(JSON.parse(source)));
  const rows = sql
    .exec<OriginRow>('SELECT id, kind, url, title, site_url, is_secret, rights, channel FROM source')
    .toArray();
  const origins = new Map([...removed, ...rows].map((row) => [row.id, toOrigin(row)]));
  // Entries of merged sources that have not moved yet.
  const moves = sql.exec<{ value: string }>("SELECT value FROM meta WHERE key = 'moving'").toArray()[0]?.value ?? '[]';
  for (const { from, into } of JSON.parse(moves)) {
    const origin = origins.get(into);
    if (origin !== undefined) origins.set(from, origin);
  }
  return origins;
}

function toRow({ id, kind, url, title, siteUrl, isSecret }: Source): OriginRow {
  const site_url = siteUrl ?? null;
  return { id, kind, url, title, site_url, is_secret: isSecret === true ? 1 : 0, rights: null, channel: null };
}

function toOrigin(row: OriginRow): Origin {
  const sourceId = row.id as SourceId;
  const url = row.url as HttpUrl;
  const said = {
    title: row.title,
    ...(row.site_url === null ? {} : { siteUrl: row.site_url as HttpUrl }),
    ...(row.rights === null ? {} : { rights: row.rights }),
  };
  if (row.is_secret === 1) {
    // The owner may have marked it as secret later. The host is the title of a source that has none.
    const title = row.title === url ? new URL(url).host : row.title;
    return { sourceId, ...hideSecrets({ ...said, title }, secretParts(url)) };
  }
  if (row.kind !== 'feed') return { sourceId, ...said };
  const { id: feedId } = row.channel === null ? {} : (JSON.parse(row.channel) as { readonly id?: string });
  return { sourceId, ...said, feedUrl: url, ...(feedId === undefined ? {} : { feedId }) };
}

/**
 * Reads and writes rows of sources and of their polling state.
 */
import { addressKey } from '../../../domain/address-key.ts';
import type { HttpUrl } from '../../../domain/http-url.ts';
import type { PageSelectors } from '../../../domain/page-selectors.ts';
import {
  type Source,
  type SourceDeclaration,
  type SourceId,
  type SourceKind,
  type SourceRequest,
  toSourceId,
} from '../../../domain/source.ts';
import type { SourceState } from '../../../domain/source-state.ts';
import type { Tag } from '../../../domain/tag.ts';
import type { SourceDescription } from '../../../pipeline/recording.ts';
import { tallySource, tallyState, untallySource } from '../ground/source-tally.ts';

/** The next check of a stopped source. */
export const neverDue = Number.MAX_SAFE_INTEGER;

interface SourceRow extends Record<string, SqlStorageValue> {
  id: string;
  kind: string;
  url: string;
  title: string;
  site_url: string | null;
  tags: string;
  enabled: number;
  full_text: number;
  max_entries: number;
  declared_by: string;
  rights: string | null;
  is_secret: number;
  is_private: number;
  keeps_duplicates: number;
  request: string | null;
  page: string | null;
}

const columns =
  'id, kind, url, title, site_url, tags, enabled, full_text, max_entries, declared_by, rights, is_secret, is_private, keeps_duplicates, request, page';

const columnNames = columns.split(', ');

/** All sources by title, or those after one. */
export function listSources(sql: SqlStorage, after?: Pick<Source, 'title' | 'id'>): readonly Source[] {
  return sql
    .exec<SourceRow>(
      `SELECT ${columns} FROM source WHERE (title, id) > (?, ?) ORDER BY title, id`,
      after?.title ?? '',
      after?.id ?? '',
    )
    .toArray()
    .map(toSource);
}

/** One source, if it exists. */
export function findSource(sql: SqlStorage, id: SourceId): Source | undefined {
  const row = sql.exec<SourceRow>(`SELECT ${columns} FROM source WHERE id = ?`, id).toArray()[0];
  return row === undefined ? undefined : toSource(row);
}

/** Whether the entries of a source are private. */
export function isPrivateSource(sql: SqlStorage, id: SourceId): boolean {
  return sql.exec('SELECT 1 FROM source WHERE id = ? AND is_private = 1', id).toArray().length > 0;
}

/** The feed at an address, in any spelling; a source that moved is also found by its first address. */
export function findSourceAt(sql: SqlStorage, url: HttpUrl): Source | undefined {
  const exact = sql
    .exec<{ id: string }>('SELECT id FROM source WHERE id = ? OR url = ?', toSourceId(url), url)
    .toArray();
  const id = exact[0]?.id ?? idsByAddress(sql).get(addressKey(url));
  return id === undefined ? undefined : findSource(sql, id as SourceId);
}

/** Another feed than `id` at an address. */
export function findOtherAt(sql: SqlStorage, url: HttpUrl, id: SourceId): Source | undefined {
  const found = sql
    .exec<{ id: string }>("SELECT id FROM source WHERE url = ? AND id <> ? AND kind IN ('feed', 'page')", url, id)
    .toArray()[0];
  const other = found?.id ?? idsByAddress(sql, id).get(addressKey(url));
  return other === undefined ? undefined : findSource(sql, other as SourceId);
}

/** The feeds by the keys of their addresses. */
export function idsByAddress(sql: SqlStorage, without = ''): ReadonlyMap<string, SourceId> {
  const rows = sql.exec<{ id: string; url: string }>(
    "SELECT id, url FROM source WHERE kind IN ('feed', 'page') AND id <> ?",
    without,
  );
  return new Map([...rows].map(({ id, url }) => [addressKey(url), id as SourceId]));
}

/** Inserts or updates a source; returns `false` and writes nothing when it is unchanged. */
export function writeSource(sql: SqlStorage, source: Source): boolean {
  const stored = findSource(sql, source.id);
  if (stored !== undefined && JSON.stringify(stored) === JSON.stringify(toSource(toRow(source)))) return false;
  const row = toRow(source);
  const places = columnNames.map(() => '?').join(', ');
  // The rights from its feed stay.
  const changed = columnNames.filter((name) => name !== 'id' && name !== 'rights');
  sql.exec(
    `INSERT INTO source (${columns}) VALUES (${places})
      ON CONFLICT (id) DO UPDATE SET ${changed.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    ...columnNames.map((name) => row[name] ?? null),
  );
  tallySource(sql, source.id, source.enabled);
  return true;
}

/** Deletes a source's row. Its polling state stays. */
export function deleteSource(sql: SqlStorage, id: SourceId): void {
  sql.exec('DELETE FROM source WHERE id = ?', id);
  untallySource(sql, id);
}

/** Keeps what the feed says about itself: its channel, rights and page, and its title where the owner gave none (the title is then the URL). */
export function describeSource(sql: SqlStorage, source: Source, description: SourceDescription): boolean {
  const title = source.title === source.url && description.title !== '' ? description.title : source.title;
  const siteUrl = description.siteUrl ?? source.siteUrl ?? null;
  const changed = sql.exec(
    'UPDATE source SET title = ?1, site_url = ?2, rights = ?3, channel = ?5 WHERE id = ?4 AND (title <> ?1 OR site_url IS NOT ?2 OR rights IS NOT ?3 OR channel IS NOT ?5)',
    title,
    siteUrl,
    description.rights ?? null,
    source.id,
    description.channel === undefined ? null : JSON.stringify(description.channel),
  );
  return changed.rowsWritten > 0;
}

/** The rights and the channel from the feed. */
export function findSaid(sql: SqlStorage, id: SourceId): Pick<SourceDescription, 'rights' | 'channel'> {
  const { rights = null, channel = null } =
    sql
      .exec<{ rights: string | null; channel: string | null }>('SELECT rights, channel FROM source WHERE id = ?', id)
      .toArray()[0] ?? {};
  return { ...(rights === null ? {} : { rights }), ...(channel === null ? {} : { channel: JSON.parse(channel) }) };
}

/** Stores the rights and the channel of a backup. */
export function writeSaid(sql: SqlStorage, id: SourceId, { rights, channel }: ReturnType<typeof findSaid>): void {
  const text = channel === undefined ? null : JSON.stringify(channel);
  sql.exec('UPDATE source SET rights = ?1, channel = ?2 WHERE id = ?3', rights ?? null, text, id);
}

/** The polling state of a source, if it was ever written. */
export function findState(sql: SqlStorage, id: SourceId): SourceState | undefined {
  const row = sql.exec<{ state: string }>('SELECT state FROM source_state WHERE source_id = ?', id).toArray()[0];
  return row === undefined ? undefined : JSON.parse(row.state);
}

/** Writes the polling state: one row. */
export function writeState(sql: SqlStorage, id: SourceId, state: SourceState): void {
  tallyState(sql, id, state);
  sql.exec(
    `INSERT INTO source_state VALUES (?, ?, ?)
      ON CONFLICT (source_id) DO UPDATE SET next_check_at = excluded.next_check_at, state = excluded.state`,
    id,
    nextDueAt(state),
    JSON.stringify(state),
  );
}

/** Writes the outcome of a check that changed nothing else, if the source still exists: one statement, one row. */
export function writeCheck(sql: SqlStorage, id: SourceId, state: SourceState): void {
  tallyState(sql, id, state);
  sql.exec(
    `INSERT INTO source_state SELECT id, ?, ? FROM source WHERE id = ?
      ON CONFLICT (source_id) DO UPDATE SET next_check_at = excluded.next_check_at, state = excluded.state`,
    nextDueAt(state),
    JSON.stringify(state),
    id,
  );
}

/** The value of the searched column: when a job is due. A stopped one is never due. */
export function nextDueAt(state: SourceState): number {
  return state.stopped ? neverDue : state.nextCheckAt;
}

function toSource(row: SourceRow): Source {
  return {
    id: row.id as SourceId,
    kind: row.kind as SourceKind,
    url: row.url as HttpUrl,
    title: row.title,
    ...(row.site_url === null ? {} : { siteUrl: row.site_url as HttpUrl }),
    tags: JSON.parse(row.tags) as readonly Tag[],
    enabled: row.enabled === 1,
    fullText: row.full_text === 1,
    maxEntries: row.max_entries,
    declaredBy: row.declared_by as SourceDeclaration,
    ...(row.is_secret === 1 && { isSecret: true }),
    ...(row.is_private === 1 && { isPrivate: true }),
    ...(row.keeps_duplicates === 1 && { keepsDuplicates: true }),
    ...(row.request === null ? {} : { request: JSON.parse(row.request) as SourceRequest }),
    ...(row.page === null ? {} : { page: JSON.parse(row.page) as PageSelectors }),
  };
}

function toRow(source: Source): SourceRow {
  return {
    id: source.id,
    kind: source.kind,
    url: source.url,
    title: source.title,
    site_url: source.siteUrl ?? null,
    tags: JSON.stringify(source.tags),
    enabled: source.enabled ? 1 : 0,
    full_text: source.fullText ? 1 : 0,
    max_entries: source.maxEntries,
    declared_by: source.declaredBy,
    rights: null,
    is_secret: source.isSecret === true ? 1 : 0,
    is_private: source.isPrivate === true ? 1 : 0,
    keeps_duplicates: source.keepsDuplicates === true ? 1 : 0,
    request: source.request === undefined ? null : JSON.stringify(source.request),
    page: source.page === undefined ? null : JSON.stringify(source.page),
  };
}

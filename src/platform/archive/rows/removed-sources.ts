/**
 * Remembers the sources that their owner removed, so that seeds/sources.opml does not bring them back.
 */
import type { Instant } from '../../../domain/instant.ts';
import { isRequestFor, type Source, type SourceId } from '../../../domain/source.ts';
import { readMeta, writeMeta } from '../ground/meta.ts';

/** A removed source as it was. `declaredBy` is `file` while the file still has its line. */
export interface RemovedSource {
  readonly source: Source;
  readonly removedAt: Instant;
}

/** Remembers a removal. */
export function noteRemoval(sql: SqlStorage, source: Source, now: Instant): void {
  sql.exec(
    'INSERT INTO removed_source VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET source = excluded.source, removed_at = excluded.removed_at',
    source.id,
    JSON.stringify(source),
    now,
  );
}

/** A source in a list, with the privacy that it had before it was removed: lists of other readers do not contain that. */
export function hiddenAsBefore(sql: SqlStorage, source: Source): Source {
  const former = findRemoved(sql, source.id)?.source;
  if (former === undefined) return source;
  const request = source.request ?? former.request;
  return {
    ...source,
    ...(former.isPrivate === true && { isPrivate: true }),
    ...(former.isSecret === true && { isSecret: true }),
    ...(request !== undefined && isRequestFor(request, source.url) && { request }),
  };
}

/** Deletes the memory of a removal: the source exists again. */
export function forgetRemoval(sql: SqlStorage, id: SourceId): void {
  sql.exec('DELETE FROM removed_source WHERE id = ?', id);
}

/** All removed sources. */
export function listRemoved(sql: SqlStorage): readonly RemovedSource[] {
  return sql
    .exec<{ source: string; removed_at: number }>('SELECT source, removed_at FROM removed_source ORDER BY id')
    .toArray()
    .map((row) => ({ source: JSON.parse(row.source), removedAt: row.removed_at as Instant }));
}

/** One removed source. */
export function findRemoved(sql: SqlStorage, id: SourceId): RemovedSource | undefined {
  const row = sql
    .exec<{ source: string; removed_at: number }>('SELECT source, removed_at FROM removed_source WHERE id = ?', id)
    .toArray()[0];
  return row === undefined ? undefined : { source: JSON.parse(row.source), removedAt: row.removed_at as Instant };
}

/**
 * The sources of the file that stay away because their owner removed them. A removal applies to the line at that time:
 * when the line is gone and written again, the source is added again.
 */
export function removedFromFile(sql: SqlStorage, declared: ReadonlySet<SourceId>): ReadonlySet<SourceId> {
  const away = new Set<SourceId>();
  for (const { source, removedAt } of listRemoved(sql)) {
    if (source.declaredBy !== 'file') continue;
    if (declared.has(source.id)) away.add(source.id);
    else noteRemoval(sql, { ...source, declaredBy: 'api' }, removedAt);
  }
  return away;
}

/** Remembers the sources that the seeds declare. */
export function noteDeclared(sql: SqlStorage, ids: readonly SourceId[]): void {
  writeMeta(sql, 'declared_sources', JSON.stringify(ids));
}

/** Whether the loaded seeds declare the source. */
export function isFileDeclared(sql: SqlStorage, id: SourceId): boolean {
  return (JSON.parse(readMeta(sql, 'declared_sources') ?? '[]') as readonly string[]).includes(id);
}

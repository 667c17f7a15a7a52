/**
 * Remembers merged sources: their ids lead to the remaining source, and their entries keep the ids that they had.
 */
import { isSameAddress } from '../../../domain/address-key.ts';
import type { HttpUrl } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import { readMeta, writeMeta } from '../ground/meta.ts';

/** A source that was merged into another. */
export interface MergedSource {
  readonly id: SourceId;
  readonly url: HttpUrl;
  readonly title: string;
  /** The source that has its entries. */
  readonly into: SourceId;
  readonly mergedAt: Instant;
}

/** All of them, in the order they were merged. */
export function readMerged(sql: SqlStorage): readonly MergedSource[] {
  return JSON.parse(readMeta(sql, 'merged_sources') ?? '[]');
}

/** Notes a merge; sources that were merged into `merged` before now lead to the same source. */
export function noteMerged(sql: SqlStorage, merged: MergedSource): void {
  const before = readMerged(sql).map((one) => (one.into === merged.id ? { ...one, into: merged.into } : one));
  writeMeta(sql, 'merged_sources', JSON.stringify([...before, merged]));
}

/** The further source ids from which ids of a source's entries may be made. */
export function mergedInto(sql: SqlStorage, id: SourceId): readonly SourceId[] {
  return readMerged(sql).flatMap((one) => (one.into === id ? [one.id] : []));
}

/** The source that has the entries of a source that was merged. */
export function findMergedTarget(sql: SqlStorage, id: string): SourceId | undefined {
  return readMerged(sql).find((one) => one.id === id)?.into;
}

/** The source into which the former source at this address was merged. */
export function findMergedAddress(sql: SqlStorage, url: HttpUrl): SourceId | undefined {
  return readMerged(sql).findLast((one) => isSameAddress(one.url, url))?.into;
}

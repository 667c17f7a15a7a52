/**
 * Notices when this machine goes offline and when it is online again, so that pages say it once instead of each source.
 *
 * Offline: every source that was asked failed, and none of them met a server. Known under `npm start` only.
 */
import type { SourceState } from '../../../domain/source-state.ts';
import { isOffline } from '../../../pipeline/source-list.ts';
import { noteUnpublished, readMeta, writeMeta } from '../ground/meta.ts';
import { countSources } from '../ground/source-tally.ts';

/** Follows the outcome of a check that was just written. Counts only after a check that met no server. */
export function noteReach(sql: SqlStorage, { lastFailure, consecutiveFailures }: SourceState): void {
  const isMet = consecutiveFailures === 0 || lastFailure?.kind !== 'network' || lastFailure.isUnreachable !== true;
  const noted = readMeta(sql, 'offline') ?? '';
  if (isMet && noted === '') return;
  const counts = isMet ? undefined : countSources(sql);
  const next = counts !== undefined && isOffline(counts) ? String(counts.unreachable) : '';
  if (next === noted) return;
  writeMeta(sql, 'offline', next);
  noteUnpublished(sql);
}

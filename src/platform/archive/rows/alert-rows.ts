/**
 * Reads and writes rows of alerts, and notes whether this machine is offline.
 */
import { hostOf } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Source, SourceId } from '../../../domain/source.ts';
import type { SourceState } from '../../../domain/source-state.ts';
import { type Alert, type AlertKind, judgeCheck, openKinds, type RecordedAlert } from '../../../pipeline/alerts.ts';
import { isOffline } from '../../../pipeline/source-list.ts';
import { noteUnpublished, readMeta, writeMeta } from '../ground/meta.ts';
import { countSources } from '../ground/source-tally.ts';

/** Alerts that are kept, the newest. */
const maxKept = 500;

interface AlertRow extends Record<string, SqlStorageValue> {
  id: number;
  at: number;
  kind: string;
  source_id: string | null;
  title: string | null;
  detail: string;
}

const columns = 'id, at, kind, source_id, title, detail';

/** Records the alert that a check of a source causes. A successful check after another one costs nothing. */
export function noteCheckAlert(
  sql: SqlStorage,
  id: SourceId,
  previous: SourceState | undefined,
  state: SourceState,
  now: Instant,
): void {
  if (state.lastOutcome !== 'failed' && (previous?.consecutiveFailures ?? 0) === 0) return;
  const verdict = judgeCheck(state, openAlert(sql, id), now);
  if (verdict === undefined) return;
  const source = sql.exec<{ title: string }>('SELECT title FROM source WHERE id = ?', id).toArray()[0];
  if (source === undefined) return;
  noteAlert(sql, { ...verdict, source: { id, title: source.title } }, now);
  // The source's page shows it, too.
  noteUnpublished(sql);
}

/** Records an alert; it closes the open one of the same subject. */
export function noteAlert(sql: SqlStorage, { kind, detail, source }: Alert, now: Instant): void {
  // Publishing has no source either; a webhook's alert does not concern it.
  if (kind !== 'webhook-paused') {
    sql.exec('UPDATE alert SET is_open = 0 WHERE is_open = 1 AND source_id IS ?', source?.id ?? null);
  }
  sql.exec(
    'INSERT INTO alert (at, kind, source_id, title, detail, is_open) VALUES (?, ?, ?, ?, ?, ?)',
    now,
    kind,
    source?.id ?? null,
    source?.title ?? null,
    detail,
    openKinds.includes(kind) ? 1 : 0,
  );
  sql.exec(`DELETE FROM alert WHERE id <= (SELECT MAX(id) FROM alert) - ${maxKept}`);
}

/** Records that a source has another address. */
export function noteMove(sql: SqlStorage, { id, title, url }: Source, why: string, now: Instant): void {
  noteAlert(sql, { kind: 'moved', detail: `Its feed moved to ${hostOf(url)}, ${why}.`, source: { id, title } }, now);
}

/** Records that publishing fails or works again. Nothing is recorded while that does not change. */
export function notePublishing(sql: SqlStorage, failure: string | undefined, now: Instant): void {
  const isOpen = openAlert(sql, null) !== undefined;
  if (failure !== undefined && !isOpen) noteAlert(sql, { kind: 'publishing-fails', detail: failure }, now);
  if (failure === undefined && isOpen) {
    noteAlert(sql, { kind: 'publishing-works', detail: 'The published feeds are up to date again.' }, now);
  }
}

/** Closes the alerts of a removed source. */
export function closeAlerts(sql: SqlStorage, id: SourceId): void {
  sql.exec('UPDATE alert SET is_open = 0 WHERE is_open = 1 AND source_id = ?', id);
}

/** The newest alerts, the newest first. */
export function listAlerts(sql: SqlStorage, limit: number): readonly RecordedAlert[] {
  return sql.exec<AlertRow>(`SELECT ${columns} FROM alert ORDER BY id DESC LIMIT ?`, limit).toArray().map(toAlert);
}

/** Alerts whose trouble is not over. */
export function countOpenAlerts(sql: SqlStorage): number {
  return sql.exec<{ amount: number }>('SELECT COUNT(*) AS amount FROM alert WHERE is_open = 1').one().amount;
}

/** The first alert after `id`, not older than `since`. */
export function findAlertAfter(sql: SqlStorage, id: number, since: Instant): RecordedAlert | undefined {
  return sql
    .exec<AlertRow>(`SELECT ${columns} FROM alert WHERE id > ? AND at >= ? ORDER BY id LIMIT 1`, id, since)
    .toArray()
    .map(toAlert)[0];
}

/** The id of the last alert; 0 when there was none. */
export function lastAlertId(sql: SqlStorage): number {
  return sql.exec<{ id: number | null }>('SELECT MAX(id) AS id FROM alert').one().id ?? 0;
}

function openAlert(sql: SqlStorage, id: SourceId | null): AlertKind | undefined {
  const row = sql
    .exec<{ kind: string }>('SELECT kind FROM alert WHERE is_open = 1 AND source_id IS ?', id)
    .toArray()[0];
  return row?.kind as AlertKind | undefined;
}

function toAlert({ id, at, kind, source_id, title, detail }: AlertRow): RecordedAlert {
  return {
    id,
    at: at as Instant,
    kind: kind as AlertKind,
    detail,
    ...(source_id === null ? {} : { source: { id: source_id as SourceId, title: title ?? '' } }),
  };
}

/**
 * Notes that this machine went offline or came back, so that pages say it once instead of once for each source. Offline means:
 * every source that was asked failed, and none of them reached a server. Known under `npm start` only. Call it after each check
 * that was written; it counts sources only when the check reached no server.
 */
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

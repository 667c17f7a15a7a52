/**
 * Opens the jobs of receivers and writes their outcomes.
 */
import { dayMs } from '../../../domain/duration.ts';
import type { EntryId } from '../../../domain/entry.ts';
import type { HttpUrl } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import { renderAlert } from '../../../pipeline/alerts.ts';
import { afterPush } from '../../../pipeline/push/push-state.ts';
import type { OpenedPush, PushRecording, PushTask } from '../../../pipeline/push/receiver.ts';
import { renderPlaces } from '../answers/fragments.ts';
import { readSequence } from '../ground/meta.ts';
import type { ArchiveState } from '../ground/state.ts';
import { findAlertAfter, noteAlert } from '../rows/alert-rows.ts';
import { listOrigins } from '../rows/source-origins.ts';
import { listViews } from '../rows/view-rows.ts';
import { placeInView, queryOf } from './notice.ts';
import {
  findReceiver,
  findTopic,
  type HeldReceiver,
  removeReceiver,
  type TopicRow,
  writeReceiver,
} from './receiver-rows.ts';

/** The job of a receiver, unless it has none. */
export function openPush(archive: ArchiveState, id: number, now: Instant): OpenedPush | undefined {
  const receiver = findReceiver(archive.sql, id);
  const topic = receiver === undefined ? undefined : findTopic(archive.sql, receiver.topicId);
  if (receiver === undefined || topic === undefined || receiver.state.nextAt > now) return undefined;
  const task = nextTask(archive, topic, receiver, now);
  const { url, format, state } = receiver;
  const { secret } = state;
  return task === undefined
    ? undefined
    : {
        kind: 'push',
        receiverId: id,
        url,
        ...(secret === undefined ? {} : { secret }),
        ...(format === undefined ? {} : { format }),
        task,
      };
}

function nextTask(archive: ArchiveState, topic: TopicRow, receiver: HeldReceiver, now: Instant): PushTask | undefined {
  const { wish, told, expiresAt, pausedAt } = receiver.state;
  const address = topic.name as HttpUrl;
  if (wish !== undefined) {
    return wish.mode === 'test' ? { kind: 'test', view: topic.name, wish } : { kind: 'verify', topic: address, wish };
  }
  if (topic.changed <= told || pausedAt !== undefined) return undefined;
  if (topic.kind === 'webhook') return nextEntry(archive, topic, receiver, now);
  if (topic.kind === 'alerts') return nextAlert(archive.sql, topic, receiver, now);
  if (expiresAt === undefined || expiresAt <= now) return undefined;
  return { kind: 'feed', topic: address, after: told, changed: topic.changed };
}

/** The next new entry that the view shows now. When there is none, everything up to here counts as delivered. */
function nextEntry(
  archive: ArchiveState,
  topic: TopicRow,
  { id, state }: HeldReceiver,
  now: Instant,
): PushTask | undefined {
  const { sql } = archive;
  const query = queryOf(topic, listViews(sql), now);
  const rows = sql.exec<{ entry_id: string; position: number }>(
    'SELECT entry_id, position FROM new_entry WHERE position > ? AND position <= ? ORDER BY position',
    state.told,
    topic.changed,
  );
  for (const { entry_id, position } of rows.toArray()) {
    const place = query === undefined ? undefined : placeInView(archive, query, entry_id as EntryId, now);
    if (place === undefined || query === undefined) continue;
    const { bytes } = renderPlaces(archive, [place], listOrigins(sql), 'json', query);
    return { kind: 'entry', view: topic.name, item: new TextDecoder().decode(bytes), position };
  }
  writeReceiver(sql, id, { ...state, told: topic.changed });
  return undefined;
}

/** The next alert; alerts that no receiver took for a day are dropped. */
function nextAlert(
  sql: SqlStorage,
  { changed }: TopicRow,
  { id, state }: HeldReceiver,
  now: Instant,
): PushTask | undefined {
  const alert = findAlertAfter(sql, state.told, (now - dayMs) as Instant);
  if (alert !== undefined) return { kind: 'alert', body: renderAlert(alert), position: alert.id };
  writeReceiver(sql, id, { ...state, told: changed });
  return undefined;
}

/** Writes the outcome of a job. A receiver that was removed meanwhile stays removed. */
export function writePush(archive: ArchiveState, { receiverId, outcome }: PushRecording, now: Instant): void {
  const { sql } = archive;
  archive.storage.transactionSync(() => {
    const receiver = findReceiver(sql, receiverId);
    if (receiver === undefined) return;
    const { state, isPaused } = afterPush(receiver.state, outcome, readSequence(sql), now, Math.random());
    if (state === undefined) removeReceiver(sql, receiver);
    else writeReceiver(sql, receiverId, state, now);
    if (isPaused === true) notePause(sql, receiver, now);
  });
}

function notePause(sql: SqlStorage, { topicId }: HeldReceiver, now: Instant): void {
  const view = findTopic(sql, topicId)?.name ?? '';
  const detail = `The webhook of the view "${view}" failed for a day and is paused. A test that succeeds resumes it.`;
  noteAlert(sql, { kind: 'webhook-paused', detail }, now);
}

/**
 * Finds the topics that have something new: queries each view, and notes up to which number its receivers can be served.
 *
 * A view is queried as for readers (answers/find-places.ts), so an entry that is hidden, private or merged never counts.
 * Without receivers nothing is queried.
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import { opensView, type SavedView } from '../../../domain/saved-view.ts';
import { narrowQuery } from '../../../query/language/narrow.ts';
import { parseQuery } from '../../../query/language/parse-query.ts';
import type { Query } from '../../../query/language/query.ts';
import { findPlaces } from '../answers/find-places.ts';
import type { EntryPlace } from '../entries/read-entries.ts';
import { readMeta, readSequence, writeMeta } from '../ground/meta.ts';
import type { ArchiveState } from '../ground/state.ts';
import { lastAlertId } from '../rows/alert-rows.ts';
import { listViews } from '../rows/view-rows.ts';
import { listTopics, noteChanged, type TopicRow } from './receiver-rows.ts';

/** New entries that are kept for webhooks: one that was paused for long gets the newest of them. */
const keptNew = 5000;

/** Finds the changes since the last call. @param isHubOn whether topics of the hub count */
export function noticeChanges(archive: ArchiveState, isHubOn: boolean, now: Instant): void {
  archive.storage.transactionSync(() => {
    if (isHubOn) noticeFeeds(archive, now);
    noticeNewEntries(archive, now);
    for (const { id } of listTopics(archive.sql, 'alerts')) noteChanged(archive.sql, id, lastAlertId(archive.sql), now);
  });
}

/** Finds feeds whose answer has a changed entry. */
function noticeFeeds(archive: ArchiveState, now: Instant): void {
  const { sql } = archive;
  const sequence = readSequence(sql);
  const seen = Number(readMeta(sql, 'noticed_sequence') ?? 0);
  if (sequence <= seen) return;
  const views = listViews(sql);
  for (const topic of listTopics(sql, 'hub')) {
    const query = queryOf(topic, views, now);
    // When a view is removed, its subscribers are denied it.
    const newest = query === undefined ? sequence : newestChange(findPlaces(archive, query, now).places);
    if (newest > seen) noteChanged(sql, topic.id, newest, now);
  }
  writeMeta(sql, 'noticed_sequence', String(sequence));
}

function newestChange(places: readonly EntryPlace[]): number {
  return places.reduce((newest, { sequence }) => Math.max(newest, sequence), 0);
}

/** Orders new entries, the oldest first, and finds the views that show them. Runs inside a transaction. */
export function noticeNewEntries(archive: ArchiveState, now: Instant): void {
  const { sql } = archive;
  const found = sql
    .exec<{ id: string }>(
      `SELECT n.entry_id AS id FROM new_entry n LEFT JOIN entry e ON e.id = n.entry_id
        WHERE n.position IS NULL ORDER BY e.sort_at, n.entry_id`,
    )
    .toArray();
  if (found.length === 0) return;
  const first = Number(readMeta(sql, 'noticed_position') ?? 0) + 1;
  found.forEach(({ id }, at) => {
    sql.exec('UPDATE new_entry SET position = ? WHERE entry_id = ?', first + at, id);
  });
  const last = first + found.length - 1;
  writeMeta(sql, 'noticed_position', String(last));
  sql.exec('DELETE FROM new_entry WHERE position <= ?', last - keptNew);
  const views = listViews(sql);
  for (const topic of listTopics(sql, 'webhook')) {
    const query = queryOf(topic, views, now);
    if (query === undefined) continue;
    const shown = found.findLastIndex(({ id }) => placeInView(archive, query, id as EntryId, now) !== undefined);
    if (shown !== -1) noteChanged(sql, topic.id, first + shown, now);
  }
}

/** The query of a topic; `undefined` when its view does not exist any more. */
export function queryOf({ view: name, query }: TopicRow, views: readonly SavedView[], now: Instant): Query | undefined {
  const asked = parseQuery(new URLSearchParams(query));
  if (!asked.ok) return undefined;
  if (name === null) return asked.value;
  const view = views.find((held) => held.name === name);
  const own = view === undefined ? undefined : parseQuery(new URLSearchParams(view.query));
  if (view === undefined || own?.ok !== true) return undefined;
  const narrowed = narrowQuery(own.value, asked.value, now);
  if (!narrowed.ok) return undefined;
  // Subscribers had the key, and each delivery uses the address with its key.
  return opensView(view, undefined) ? narrowed.value : { ...narrowed.value, withPrivate: true };
}

/** The place of an entry if the view shows it: it is the first one on the page that begins just before it. */
export function placeInView(archive: ArchiveState, query: Query, id: EntryId, now: Instant): EntryPlace | undefined {
  const row = archive.sql.exec<{ sort_at: number }>('SELECT sort_at FROM entry WHERE id = ?', id).toArray()[0];
  if (row === undefined) return undefined;
  const before = { sortAt: row.sort_at as Instant, id: `${id}~` as EntryId };
  const [place] = findPlaces(archive, { ...query, before, limit: 1 }, now).places;
  return place?.id === id ? place : undefined;
}

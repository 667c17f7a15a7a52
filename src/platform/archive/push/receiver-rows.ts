/**
 * Reads and writes rows of receivers and of their topics.
 */
import type { HttpUrl } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { ReceiverState } from '../../../pipeline/push/push-state.ts';
import type { ReceiverKind, WebhookFormat } from '../../../pipeline/push/receiver.ts';

/** A feed of the hub, the new entries of a saved view with a webhook, or the alerts. */
export interface TopicRow extends Record<string, SqlStorageValue> {
  id: number;
  kind: ReceiverKind;
  /** The address of the feed, or the name of the view; empty for alerts. */
  name: string;
  /** The saved view of the address. */
  view: string | null;
  /** The query of the address; for a saved view only its additional parameters. */
  query: string;
  /** Up to which number receivers can be served: in the archive's sequence, among new entries, or among alerts. */
  changed: number;
  changed_at: number;
}

interface ReceiverRow extends Record<string, SqlStorageValue> {
  id: number;
  topic_id: number;
  kind: ReceiverKind;
  url: string;
  secret: string | null;
  format: string | null;
  wish: string | null;
  expires_at: number | null;
  told: number;
  next_at: number;
  failures: number;
  failing_since: number | null;
  paused_at: number | null;
  tries: string;
}

/** A receiver as its row has it. */
export interface HeldReceiver {
  readonly id: number;
  readonly topicId: number;
  readonly url: HttpUrl;
  readonly format?: WebhookFormat;
  readonly state: ReceiverState;
}

const columns = `r.id AS id, r.topic_id AS topic_id, t.kind AS kind, r.url AS url, r.secret AS secret, r.format AS format,
  r.wish AS wish, r.expires_at AS expires_at, r.told AS told, r.next_at AS next_at, r.failures AS failures,
  r.failing_since AS failing_since, r.paused_at AS paused_at, r.tries AS tries`;

/** A receiver by its id. */
export function findReceiver(sql: SqlStorage, id: number): HeldReceiver | undefined {
  return read(sql, 'r.id = ?', id)[0];
}

/** The receivers of a topic; the webhook of a view is one. */
export function receiversOf(sql: SqlStorage, topicId: number): readonly HeldReceiver[] {
  return read(sql, 'r.topic_id = ?', topicId);
}

/** The receiver of a topic at an address. */
export function findReceiverAt(sql: SqlStorage, topicId: number, url: HttpUrl): HeldReceiver | undefined {
  return read(sql, 'r.topic_id = ? AND r.url = ?', topicId, url)[0];
}

function read(sql: SqlStorage, where: string, ...given: readonly SqlStorageValue[]): readonly HeldReceiver[] {
  return sql
    .exec<ReceiverRow>(`SELECT ${columns} FROM receiver r JOIN topic t ON t.id = r.topic_id WHERE ${where}`, ...given)
    .toArray()
    .map(toReceiver);
}

function toReceiver(row: ReceiverRow): HeldReceiver {
  return {
    id: row.id,
    topicId: row.topic_id,
    url: row.url as HttpUrl,
    ...(row.format === null ? {} : { format: row.format as WebhookFormat }),
    state: {
      kind: row.kind,
      ...(row.secret === null ? {} : { secret: row.secret }),
      ...(row.wish === null ? {} : { wish: JSON.parse(row.wish) }),
      ...(row.expires_at === null ? {} : { expiresAt: row.expires_at as Instant }),
      told: row.told,
      nextAt: row.next_at as Instant,
      failures: row.failures,
      ...(row.failing_since === null ? {} : { failingSince: row.failing_since as Instant }),
      ...(row.paused_at === null ? {} : { pausedAt: row.paused_at as Instant }),
      tries: JSON.parse(row.tries),
    },
  };
}

/** Adds a receiver. */
export function addReceiver(
  sql: SqlStorage,
  topicId: number,
  url: HttpUrl,
  host: string,
  state: ReceiverState,
  format?: WebhookFormat,
): void {
  sql.exec(
    `INSERT INTO receiver (topic_id, url, host, format, secret, wish, expires_at, told, next_at, failures, failing_since,
      paused_at, tried_at, tries) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)`,
    topicId,
    url,
    host,
    format ?? null,
    ...valuesOf(state),
    JSON.stringify(state.tries),
  );
}

/** Writes the changed part of a receiver; `triedAt` is when a job of it ended. */
export function writeReceiver(sql: SqlStorage, id: number, state: ReceiverState, triedAt?: Instant): void {
  sql.exec(
    `UPDATE receiver SET secret = ?, wish = ?, expires_at = ?, told = ?, next_at = ?, failures = ?, failing_since = ?,
      paused_at = ?, tries = ?, tried_at = COALESCE(?, tried_at) WHERE id = ?`,
    ...valuesOf(state),
    JSON.stringify(state.tries),
    triedAt ?? null,
    id,
  );
}

/** Gives a webhook another address; one with an empty address gets nothing. */
export function replaceAddress(sql: SqlStorage, id: number, url: HttpUrl, host: string, format: WebhookFormat): void {
  sql.exec('UPDATE receiver SET url = ?, host = ?, format = ? WHERE id = ?', url, host, format, id);
}

function valuesOf(state: ReceiverState): readonly SqlStorageValue[] {
  const { secret, wish, expiresAt, told, nextAt, failures, failingSince, pausedAt } = state;
  return [
    secret ?? null,
    wish === undefined ? null : JSON.stringify(wish),
    expiresAt ?? null,
    told,
    nextAt,
    failures,
    failingSince ?? null,
    pausedAt ?? null,
  ];
}

/** Removes a receiver, and its topic when it has no other. */
export function removeReceiver(sql: SqlStorage, { id, topicId }: Pick<HeldReceiver, 'id' | 'topicId'>): void {
  sql.exec('DELETE FROM receiver WHERE id = ?', id);
  sql.exec('DELETE FROM topic WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM receiver WHERE topic_id = ?1)', topicId);
}

const topicColumns = 'id, kind, name, view, query, changed, changed_at';

/** All topics of a kind. */
export function listTopics(sql: SqlStorage, kind: TopicRow['kind']): readonly TopicRow[] {
  return sql.exec<TopicRow>(`SELECT ${topicColumns} FROM topic WHERE kind = ?`, kind).toArray();
}

/** A topic by its id. */
export function findTopic(sql: SqlStorage, id: number): TopicRow | undefined {
  return sql.exec<TopicRow>(`SELECT ${topicColumns} FROM topic WHERE id = ?`, id).toArray()[0];
}

/** The topic of that name; creates it if needed. */
export function openTopic(
  sql: SqlStorage,
  kind: TopicRow['kind'],
  name: string,
  view: string | undefined,
  query: string,
): number {
  sql.exec(
    `INSERT INTO topic (kind, name, view, query, changed, changed_at) VALUES (?, ?, ?, ?, 0, 0)
      ON CONFLICT (kind, name) DO NOTHING`,
    kind,
    name,
    view ?? null,
    query,
  );
  return findTopicId(sql, kind, name) ?? 0;
}

/** The id of the topic of that name. */
export function findTopicId(sql: SqlStorage, kind: TopicRow['kind'], name: string): number | undefined {
  return sql.exec<{ id: number }>('SELECT id FROM topic WHERE kind = ? AND name = ?', kind, name).toArray()[0]?.id;
}

/** Notes up to which number the receivers of a topic can be served. */
export function noteChanged(sql: SqlStorage, id: number, changed: number, now: Instant): void {
  sql.exec('UPDATE topic SET changed = ?, changed_at = ? WHERE id = ? AND changed < ?', changed, now, id, changed);
}

/** Removes expired leases, and wishes made before `wishedBefore`. */
export function dropExpired(sql: SqlStorage, now: Instant, wishedBefore: Instant): void {
  sql.exec(
    `UPDATE receiver SET wish = NULL WHERE wish ->> '$.at' < ? AND (format IS NOT NULL OR expires_at > ?)`,
    wishedBefore,
    now,
  );
  sql.exec(
    `DELETE FROM receiver WHERE format IS NULL AND COALESCE(expires_at, 0) <= ? AND (wish IS NULL OR wish ->> '$.at' < ?)`,
    now,
    wishedBefore,
  );
  sql.exec('DELETE FROM topic WHERE id NOT IN (SELECT topic_id FROM receiver)');
}

/**
 * Stores the webhooks of saved views, and reports them and the hub's subscribers to the owner.
 */
import { type HttpUrl, hostOf } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { HubReport, Webhook, WebhookReport, Wish } from '../../../pipeline/push/receiver.ts';
import { readMeta } from '../ground/meta.ts';
import type { ArchiveState } from '../ground/state.ts';
import { noticeNewEntries } from './notice.ts';
import {
  addReceiver,
  findTopicId,
  type HeldReceiver,
  listTopics,
  openTopic,
  receiversOf,
  removeReceiver,
  replaceAddress,
  writeReceiver,
} from './receiver-rows.ts';

/** The webhook of a view, when it has one. */
export function findWebhook(sql: SqlStorage, view: string): (HeldReceiver & { readonly webhook: Webhook }) | undefined {
  const topicId = findTopicId(sql, 'webhook', view);
  const [held] = topicId === undefined ? [] : receiversOf(sql, topicId);
  if (held === undefined) return undefined;
  const { url, format = 'json', state } = held;
  return { ...held, webhook: { url, format, ...(state.secret === undefined ? {} : { secret: state.secret }) } };
}

/**
 * Gives a view a webhook, which gets entries that are new from now on. A changed webhook continues where it was, at once;
 * `null` removes it. Returns whether anything changed. Runs inside a transaction.
 */
export function saveWebhook(archive: ArchiveState, view: string, webhook: Webhook | null, now: Instant): boolean {
  const { sql } = archive;
  const held = findWebhook(sql, view);
  if (webhook === null) {
    if (held !== undefined) removeReceiver(sql, held);
    return held !== undefined;
  }
  const { url, format, secret } = webhook;
  if (held === undefined) {
    // Entries recorded before are not new for this webhook.
    noticeNewEntries(archive, now);
    const topicId = openTopic(sql, 'webhook', view, view, '');
    const told = Number(readMeta(sql, 'noticed_position') ?? 0);
    const state = { kind: 'webhook', told, nextAt: now, failures: 0, tries: [] } as const;
    addReceiver(sql, topicId, url, hostOf(url), secret === undefined ? state : { ...state, secret }, format);
    return true;
  }
  const isSame = held.url === url && held.format === format && held.state.secret === secret;
  if (isSame && held.state.failures === 0) return false;
  const { secret: _, pausedAt: __, failingSince: ___, ...state } = held.state;
  replaceAddress(sql, held.id, url, hostOf(url), format);
  writeReceiver(sql, held.id, { ...state, ...(secret === undefined ? {} : { secret }), failures: 0, nextAt: now });
  return true;
}

/** Makes a test the next delivery; `false` when the view has no webhook. */
export function wishTest(sql: SqlStorage, view: string, now: Instant): boolean {
  const held = findWebhook(sql, view);
  if (held === undefined) return false;
  const wish: Wish = { id: crypto.randomUUID(), mode: 'test', at: now };
  writeReceiver(sql, held.id, { ...held.state, wish, nextAt: now });
  return true;
}

/** The webhooks of all views. */
export function reportWebhooks(sql: SqlStorage): readonly WebhookReport[] {
  return listTopics(sql, 'webhook').flatMap(({ name, changed }) => {
    const held = findWebhook(sql, name);
    if (held === undefined) return [];
    const { failures, failingSince, pausedAt, tries, told } = held.state;
    const { secret, ...shown } = held.webhook;
    return [
      {
        view: name,
        ...shown,
        hasSecret: secret !== undefined,
        isWaiting: changed > told,
        failures,
        ...(failingSince === undefined ? {} : { failingSince }),
        ...(pausedAt === undefined ? {} : { pausedAt }),
        tries,
      },
    ];
  });
}

/** Sets the address for alerts from the settings; without one, alerts are posted nowhere. */
export function setAlertAddress(sql: SqlStorage, url: HttpUrl | undefined): void {
  const topicId = findTopicId(sql, 'alerts', '');
  const [held] = topicId === undefined ? [] : receiversOf(sql, topicId);
  if (held === undefined || held.url === (url ?? '')) return;
  replaceAddress(sql, held.id, url ?? ('' as HttpUrl), url === undefined ? '' : hostOf(url), 'json');
  writeReceiver(sql, held.id, { ...held.state, failures: 0, nextAt: 0 as Instant });
}

/** Topics that the owner's page lists, those with the most subscribers. */
const listedTopics = 200;

interface TopicCount extends Record<string, SqlStorageValue> {
  name: string;
  changed_at: number;
  subscribers: number;
  failing: number;
}

/** The subscribers of the hub, counted for each topic. */
export function reportHub(sql: SqlStorage, now: Instant): HubReport {
  const counted = sql
    .exec<TopicCount>(
      `SELECT t.name AS name, t.changed_at AS changed_at, COUNT(*) AS subscribers, SUM(r.failures > 0) AS failing
        FROM topic t JOIN receiver r ON r.topic_id = t.id WHERE t.kind = 'hub' AND r.expires_at > ?
        GROUP BY t.id ORDER BY subscribers DESC, name LIMIT ${listedTopics}`,
      now,
    )
    .toArray();
  const totals = sql
    .exec<{ subscribers: number; asked: number; hosts: number }>(
      `SELECT COALESCE(SUM(r.expires_at > ?1), 0) AS subscribers, COALESCE(SUM(r.wish IS NOT NULL), 0) AS asked,
        COUNT(DISTINCT r.host) AS hosts FROM receiver r JOIN topic t ON t.id = r.topic_id WHERE t.kind = 'hub'`,
      now,
    )
    .one();
  return {
    ...totals,
    topics: counted.map(({ name, changed_at: changedAt, ...counts }) => ({
      address: hideKey(name as HttpUrl),
      ...counts,
      ...(changedAt === 0 ? {} : { changedAt: changedAt as Instant }),
    })),
  };
}

/** The address without the key of a private view, which is never shown. */
function hideKey(address: HttpUrl): string {
  return address.replace(/([?&]key=)[^&]*/g, '$1…');
}

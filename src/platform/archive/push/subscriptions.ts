/**
 * Stores the requests of subscribers to the hub, which are verified next.
 */
import { hostOf } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { HubReceipt, HubRequest, Wish } from '../../../pipeline/push/receiver.ts';
import { addReceiver, findReceiverAt, findTopicId, openTopic, writeReceiver } from './receiver-rows.ts';

/**
 * Bounds of what strangers may make us store: a kilobyte each, and one query a topic for every change. A host with more
 * subscriptions is a service that should poll once for all its readers.
 */
const most = { all: 25_000, perHost: 10_000, topics: 1000 } as const;

/** Stores a request; next, the callback is asked to confirm it. */
export function takeHubRequest(sql: SqlStorage, request: HubRequest, now: Instant): HubReceipt {
  const { mode, topic, callback, leaseSeconds, secret } = request;
  const topicId = findTopicId(sql, 'hub', topic.address);
  const held = topicId === undefined ? undefined : findReceiverAt(sql, topicId, callback);
  const id = crypto.randomUUID();
  const wish: Wish =
    mode === 'unsubscribe'
      ? { id, mode, at: now }
      : { id, mode, leaseSeconds, at: now, ...(secret === undefined ? {} : { secret }) };
  if (held !== undefined) {
    writeReceiver(sql, held.id, { ...held.state, wish, nextAt: now, failures: 0 });
    return 'accepted';
  }
  // There is no subscription to end.
  if (mode === 'unsubscribe') return 'accepted';
  const host = hostOf(callback);
  if (count(sql, 'receiver') >= most.all) return 'hub-full';
  if (count(sql, 'receiver WHERE host = ?', host) >= most.perHost) return 'host-full';
  if (topicId === undefined && count(sql, `topic WHERE kind = 'hub'`) >= most.topics) return 'topics-full';
  const added = topicId ?? openTopic(sql, 'hub', topic.address, topic.view, topic.query);
  addReceiver(sql, added, callback, host, { kind: 'hub', wish, told: 0, nextAt: now, failures: 0, tries: [] });
  return 'accepted';
}

function count(sql: SqlStorage, from: string, ...given: readonly string[]): number {
  return sql.exec<{ amount: number }>(`SELECT COUNT(*) AS amount FROM ${from}`, ...given).one().amount;
}

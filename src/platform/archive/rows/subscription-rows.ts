/**
 * Reads and writes rows of subscriptions at hubs. A source has at most one that is not ending, and so has a topic.
 */
import { addressKey, isSameAddress } from '../../../domain/address-key.ts';
import type { HttpUrl } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Source, SourceId } from '../../../domain/source.ts';
import { mayKnow, type PushOffer } from '../../../pipeline/websub/offer.ts';
import { endSubscription, isLive, type Subscription } from '../../../pipeline/websub/subscription.ts';
import { findSource, findState, neverDue } from './source-rows.ts';

/** Random bytes of a callback and of a secret: 192 bits, in 32 characters. A hub takes secrets under 200 bytes. */
const tokenBytes = 24;

/** The subscription of a callback. */
export function findSubscription(sql: SqlStorage, token: string): Subscription | undefined {
  return readAll(sql, 'WHERE token = ?', token)[0];
}

/** The subscription of a source, unless it is ending or has ended. */
export function findSubscriptionOf(sql: SqlStorage, id: SourceId): Subscription | undefined {
  return readAll(sql, 'WHERE source_id = ?', id).find(isLive);
}

/** Subscriptions whose hub should be asked now, the longest waiting first. */
export function listDueSubscriptions(sql: SqlStorage, now: Instant, limit: number): readonly Subscription[] {
  return readAll(sql, 'WHERE next_at <= ? ORDER BY next_at LIMIT ?', now, limit);
}

/** Writes a subscription; `undefined` deletes it. */
export function writeSubscription(sql: SqlStorage, token: string, held: Subscription | undefined): void {
  if (held === undefined) {
    sql.exec('DELETE FROM websub WHERE token = ?', token);
    return;
  }
  sql.exec(
    `INSERT INTO websub VALUES (?1, ?2, ?3, ?4) ON CONFLICT (token)
      DO UPDATE SET source_id = ?2, next_at = ?3, subscription = ?4`,
    token,
    held.sourceId,
    held.nextAt,
    JSON.stringify(held),
  );
}

/** Number of sources for which a hub pushes now. */
export function countPushed(sql: SqlStorage, now: Instant): number {
  const { pushed = 0 } =
    sql
      .exec<{ pushed: number }>(
        `SELECT COUNT(*) AS pushed FROM websub
          WHERE json_extract(subscription, '$.status') = 'active' AND json_extract(subscription, '$.leaseUntil') > ?`,
        now,
      )
      .toArray()[0] ?? {};
  return pushed;
}

/** Follows the hub in a document. Returns whether the hub should be asked. */
export function followOffer(sql: SqlStorage, source: Source, offer: PushOffer | null, now: Instant): boolean {
  const held = findSubscriptionOf(sql, source.id);
  if (held !== undefined && isSameOffer(held, source, offer)) return false;
  // A subscription that ended before is not continued: the document decides.
  for (const former of readAll(sql, 'WHERE source_id = ?', source.id)) end(sql, former, now, false);
  return offer !== null && begin(sql, source, offer, now);
}

/** Starts a subscription, unless another source has the topic. */
function begin(sql: SqlStorage, source: Source, offer: PushOffer, now: Instant): boolean {
  if (!isFree(sql, source, offer.topic, now)) return false;
  const token = randomText();
  writeSubscription(sql, token, {
    hub: offer.hub,
    topic: offer.topic,
    isOwnTopic: offer.isOwnTopic,
    token,
    sourceId: source.id,
    sourceUrl: source.url,
    secret: randomText(),
    status: 'wanted',
    tries: 0,
    nextAt: now,
  });
  return true;
}

/** Whether the source is still as it was when its subscription was made. */
export function isWanted(sql: SqlStorage, held: Subscription): boolean {
  const source = findSource(sql, held.sourceId);
  if (source === undefined || !source.enabled || source.url !== held.sourceUrl || !mayKnow(source, held)) return false;
  return findState(sql, source.id)?.stopped !== true;
}

/**
 * Ends the subscriptions of sources that were removed, switched off, stopped, moved, or made private, and starts them
 * again when the source is followed again as before.
 */
export function followSources(sql: SqlStorage, now: Instant): void {
  const suspects = readAll(
    sql,
    `w LEFT JOIN source s ON s.id = w.source_id LEFT JOIN source_state c ON c.source_id = w.source_id
      WHERE s.id IS NULL OR s.enabled = 0 OR s.url <> json_extract(subscription, '$.sourceUrl')
        OR c.next_check_at = ${neverDue} OR s.is_secret = 1 OR s.is_private = 1 OR s.request IS NOT NULL`,
  );
  for (const held of suspects) {
    if (isLive(held) && !isWanted(sql, held)) end(sql, held, now, true);
  }
  for (const held of readAll(sql, `WHERE json_extract(subscription, '$.isKept') = 1`)) {
    const source = findSource(sql, held.sourceId);
    if (source === undefined || !isWanted(sql, held) || findSubscriptionOf(sql, source.id) !== undefined) continue;
    end(sql, held, now, false);
    begin(sql, source, held, now);
  }
}

function isSameOffer({ hub, topic, sourceUrl }: Subscription, source: Source, offer: PushOffer | null): boolean {
  return hub === offer?.hub && topic === offer.topic && sourceUrl === source.url;
}

/** Whether no other source has the topic. The source whose own address it is takes it from one that only names it. */
function isFree(sql: SqlStorage, source: Source, topic: HttpUrl, now: Instant): boolean {
  const key = addressKey(topic);
  const rival = readAll(sql, '').find((other) => isLive(other) && addressKey(other.topic) === key);
  if (rival === undefined) return true;
  const isOurs = isSameAddress(source.url, topic) && !isSameAddress(rival.sourceUrl, topic);
  if (!isOurs && isWanted(sql, rival)) return false;
  end(sql, rival, now, false);
  return true;
}

function end(sql: SqlStorage, held: Subscription, now: Instant, isKept: boolean): void {
  writeSubscription(sql, held.token, endSubscription(held, now, isKept));
}

function readAll(sql: SqlStorage, where: string, ...given: readonly SqlStorageValue[]): readonly Subscription[] {
  return sql
    .exec<{ subscription: string }>(`SELECT subscription FROM websub ${where}`, ...given)
    .toArray()
    .map((row) => JSON.parse(row.subscription));
}

function randomText(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(tokenBytes));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

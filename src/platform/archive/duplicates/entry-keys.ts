/**
 * Writes and reads the keys of entries, by which entries of different sources are found that may be one article.
 *
 * The keys of an entry are its link and its guid, each spelled one way. A key is a fingerprint, so whoever finds an entry
 * by a key compares the link or guid itself.
 */
import { addressKey } from '../../../domain/address-key.ts';
import type { Entry, EntryId } from '../../../domain/entry.ts';
import { fingerprint } from '../../../domain/fingerprint.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import { isTooShort, ownName } from '../../../feed/render/public-entry.ts';

/** The guid and link of an entry. */
export interface EntryNames {
  readonly guid: string;
  readonly url: string | null;
}

/** Schemes of guids that are unique in the world. `post:12` has the form of an address and is not. */
const worldwide = /^(?:https?:\/\/|urn:|tag:|doi:|info:|at:\/\/|oai:|ni:)./i;

/** The link in its one spelling; `undefined` without a link, and for the home page of a site. */
export function linkKey(url: string | null | undefined): string | undefined {
  const key = url === null || url === undefined ? undefined : addressKey(url);
  return key === undefined || isHome(key) ? undefined : key;
}

/** The guid in its one spelling if it is unique in the world; else `undefined`. */
export function guidKey(guid: string): string | undefined {
  if (!worldwide.test(guid)) return undefined;
  const key = addressKey(guid);
  return isHome(key) ? undefined : key;
}

/** Whether a guid names an entry within its feed only. It is published unchanged. */
function isLocal(guid: string): boolean {
  return !worldwide.test(guid) && !isTooShort(guid);
}

/** Whether a key is an address without path and query. */
function isHome(key: string): boolean {
  return key.startsWith('//') && !key.slice(2).includes('/') && !key.includes('?');
}

/** Updates the keys of an entry; `before` has its former guid and link. */
export function writeKeys(sql: SqlStorage, id: EntryId, names: EntryNames, before?: EntryNames): void {
  const wanted = keysOf(names);
  const held = before === undefined ? new Set<string>() : keysOf(before);
  for (const key of held) {
    if (!wanted.has(key)) sql.exec('DELETE FROM entry_key WHERE key = ? AND entry_id = ?', key, id);
  }
  for (const key of wanted) {
    if (!held.has(key)) sql.exec('INSERT OR IGNORE INTO entry_key VALUES (?, ?)', key, id);
  }
}

/** Writes the keys of an entry that was recorded before there were keys. */
export function addKeys(sql: SqlStorage, id: EntryId, names: EntryNames): void {
  for (const key of keysOf(names)) sql.exec('INSERT OR IGNORE INTO entry_key VALUES (?, ?)', key, id);
}

/** The keys of an entry: only one when the guid is the link. */
export function keysOf({ guid, url }: EntryNames): ReadonlySet<string> {
  // A guid that is unique only in its feed gets a key, too: two entries must not be published under one guid.
  const names = [linkKey(url), isLocal(guid) ? `guid ${guid}` : guidKey(guid)];
  return new Set(names.flatMap((name) => (name === undefined ? [] : fingerprint(name))));
}

/** Whether another entry has one of these keys. */
export function hasNamesake(sql: SqlStorage, names: EntryNames): boolean {
  return [...keysOf(names)].some(
    (key) => sql.exec('SELECT 1 FROM entry_key WHERE key = ? LIMIT 1', key).toArray().length > 0,
  );
}

/** Whether another entry is already published under this guid. For guids that are unique in the world that is intended. */
function isGuidTaken(sql: SqlStorage, id: EntryId, guid: string): boolean {
  if (!isLocal(guid)) return false;
  const rows = sql.exec<{ guid: string }>(
    `SELECT e.guid AS guid FROM entry_key k JOIN entry e ON e.id = k.entry_id
      WHERE k.key = ? AND k.entry_id <> ? AND e.guid = ? LIMIT 1`,
    fingerprint(`guid ${guid}`),
    id,
    guid,
  );
  return rows.toArray().length > 0;
}

/**
 * The guid under which an entry is published. A published guid never changes, however the document is read now. A guid
 * that another article has is not published again: readers would show only one of the two.
 */
export function publicGuid(
  sql: SqlStorage,
  { id, guid }: Pick<Entry<SafeHtml>, 'id' | 'guid'>,
  stored: EntryNames | undefined,
  isReread: boolean,
): string {
  if (stored !== undefined) return isReread || stored.guid === ownName(id) ? stored.guid : guid;
  return isGuidTaken(sql, id, guid) ? ownName(id) : guid;
}

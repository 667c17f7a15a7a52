/**
 * Writes and reads the keys of entries: what entries of different sources are found by when they may be one article.
 *
 * The keys of an entry are its link and its guid, each spelled one way. A key is a fingerprint: whoever finds an entry by
 * one compares what it was made of.
 */
import { addressKey } from '../../../domain/address-key.ts';
import type { Entry, EntryId } from '../../../domain/entry.ts';
import { fingerprint } from '../../../domain/fingerprint.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import { isTooShort, ownName } from '../../../feed/render/public-entry.ts';

/** What an entry is known by beside its id. */
export interface EntryNames {
  readonly guid: string;
  readonly url: string | null;
}

/** Schemes whose names mean the same wherever they stand; `post:12` has the form of an address and is none. */
const worldwide = /^(?:https?:\/\/|urn:|tag:|doi:|info:|at:\/\/|oai:|ni:)./i;

/** The link in its one spelling; `undefined` of none, and of the home page of a site. */
export function linkKey(url: string | null | undefined): string | undefined {
  const key = url === null || url === undefined ? undefined : addressKey(url);
  return key === undefined || isHome(key) ? undefined : key;
}

/** The guid in its one spelling when it is unique in the world; `undefined` of any other. */
export function guidKey(guid: string): string | undefined {
  if (!worldwide.test(guid)) return undefined;
  const key = addressKey(guid);
  return isHome(key) ? undefined : key;
}

/** Whether a guid names an entry within its feed only, and goes out as it is. */
function isLocal(guid: string): boolean {
  return !worldwide.test(guid) && !isTooShort(guid);
}

/** Whether a key is an address without path and query. */
function isHome(key: string): boolean {
  return key.startsWith('//') && !key.slice(2).includes('/') && !key.includes('?');
}

/** Brings the keys of an entry up to date; `before` is what it was known by. */
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

/** Writes the keys of an entry that was recorded before there were any. */
export function addKeys(sql: SqlStorage, id: EntryId, names: EntryNames): void {
  for (const key of keysOf(names)) sql.exec('INSERT OR IGNORE INTO entry_key VALUES (?, ?)', key, id);
}

/** The keys under which an entry is found: one where the guid is the link. */
export function keysOf({ guid, url }: EntryNames): ReadonlySet<string> {
  // A guid that is no name in the world gets a key, too: two entries that share it must not go out under one name.
  const names = [linkKey(url), isLocal(guid) ? `guid ${guid}` : guidKey(guid)];
  return new Set(names.flatMap((name) => (name === undefined ? [] : fingerprint(name))));
}

/** Whether some entry has one of these keys. */
export function hasNamesake(sql: SqlStorage, names: EntryNames): boolean {
  return [...keysOf(names)].some(
    (key) => sql.exec('SELECT 1 FROM entry_key WHERE key = ? LIMIT 1', key).toArray().length > 0,
  );
}

/** Whether another entry goes out under this guid already; of names in the world that is no accident. */
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
 * The name an entry goes out under. One that was given out stays, whatever is made of the document now; one that another
 * article has is not given out again: readers would show only one of the two.
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

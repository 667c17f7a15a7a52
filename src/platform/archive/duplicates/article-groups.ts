/**
 * Groups entries that are one article, in table `duplicate`: each entry, and the entry at whose place the group is shown.
 *
 * That entry is the one that was recorded first. It gives the article its id, guid, link and place, even after its own
 * source is gone. A group has at most one entry of each source.
 */
import type { Entry, EntryId } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import { readMeta } from '../ground/meta.ts';
import { readCompared, readWords, textLength } from './compared-words.ts';
import { keysOf } from './entry-keys.ts';
import {
  type ComparedWords,
  hasSameLink,
  hasSameWords,
  isSameByGuid,
  type SharedName,
  sharedName,
} from './same-article.ts';

/** Called with each entry before its place may show something else. */
export type Touch = (id: EntryId) => void;

/** The members of an entry by which it is compared. */
interface Candidate extends Record<string, SqlStorageValue> {
  id: EntryId;
  source_id: string;
  guid: string;
  url: string | null;
  first_seen: number;
  sort_at: number;
  retired_why: string | null;
  /** The entry at whose place its group is shown; `null` when it has no group. */
  shown_as: EntryId | null;
}

const columns = `e.id AS id, e.source_id AS source_id, e.guid AS guid, e.url AS url, e.first_seen AS first_seen,
  e.sort_at AS sort_at, e.retired_why AS retired_why, d.shown_as AS shown_as`;

/** How many entries with one key are compared: when there are more, the key names no article. */
const mostCompared = 50;

/** The entry at whose place an entry is shown; `undefined` when it has no group. */
export function groupOf(sql: SqlStorage, id: string): EntryId | undefined {
  const row = sql.exec<{ shown_as: string }>('SELECT shown_as FROM duplicate WHERE entry_id = ?', id).toArray()[0];
  return row?.shown_as as EntryId | undefined;
}

/**
 * Updates the group of an entry: it joins entries that are the same article, and leaves those that are not.
 * @param isNew it was recorded just now, so no reader knows it by its own id
 */
export function regroup(sql: SqlStorage, id: EntryId, touch: Touch, isNew = false): void {
  const entry = findCandidate(sql, id);
  if (entry === undefined) return;
  const others = findOthers(sql, entry);
  settle(sql, entry, others, touch, isNew);
  if (!others.some((other) => other.source_id === entry.source_id)) return;
  // When a source has two entries with one link, the link names no article, for no source.
  for (const other of others) {
    const now = other.shown_as === null ? undefined : findCandidate(sql, other.id);
    if (now !== undefined && now.shown_as !== null) settle(sql, now, findOthers(sql, now), touch, false);
  }
}

function settle(sql: SqlStorage, entry: Candidate, others: readonly Candidate[], touch: Touch, isNew: boolean): void {
  if (others.length === 0 && entry.shown_as === null) return;
  const twins = findTwins(sql, entry, others);
  if (entry.shown_as !== null) {
    if (twins.some((twin) => twin.shown_as === entry.shown_as)) return;
    leaveGroup(sql, entry.id, touch);
  }
  for (const twin of twins) {
    // Readers who know an entry by its own id still find it there: only a new entry takes the place of one that is gone.
    if (isNew || (isShown(entry) && isShown(twin))) join(sql, entry.id, twin.id, touch, isNew);
  }
}

function isShown({ retired_why: why }: Candidate): boolean {
  return why === null || why === 'duplicate';
}

/** Takes an entry out of its group. An entry left alone in a group is shown by itself again. */
export function leaveGroup(sql: SqlStorage, id: EntryId, touch: Touch): void {
  const place = groupOf(sql, id);
  if (place === undefined) return;
  const rest = listGroup(sql, place).filter((other) => other !== id);
  for (const one of [place, id, ...rest]) touch(one);
  sql.exec('DELETE FROM duplicate WHERE entry_id = ?', id);
  const [first] = rest;
  if (rest.length === 1) sql.exec('DELETE FROM duplicate WHERE entry_id = ?', first ?? '');
  else if (place === id) sql.exec('UPDATE duplicate SET shown_as = ? WHERE shown_as = ?', first ?? '', id);
}

/** Shows the group of an entry at its place, as the backup has it. */
export function leadGroup(sql: SqlStorage, id: EntryId, touch: Touch): void {
  const place = groupOf(sql, id);
  if (place === undefined || place === id) return;
  for (const one of listGroup(sql, place)) touch(one);
  sql.exec('UPDATE duplicate SET shown_as = ? WHERE shown_as = ?', id, place);
}

/** Why two entries are one article. */
export function whyOne(sql: SqlStorage, a: EntryId, b: EntryId): SharedName | undefined {
  const [one, other] = [findCandidate(sql, a), findCandidate(sql, b)];
  return one === undefined || other === undefined ? undefined : sharedName(one, other);
}

/** The entries of a group, the first recorded first. */
function listGroup(sql: SqlStorage, place: EntryId): readonly EntryId[] {
  return sql
    .exec<{ id: string }>(
      `SELECT e.id AS id FROM duplicate d JOIN entry e ON e.id = d.entry_id WHERE d.shown_as = ?
        ORDER BY e.first_seen, e.id`,
      place,
    )
    .toArray()
    .map((row) => row.id as EntryId);
}

/** Joins two entries and their groups, unless a source would have two entries in the group. */
function join(sql: SqlStorage, id: EntryId, twinId: EntryId, touch: Touch, isNew: boolean): void {
  const [entry, twin] = [findCandidate(sql, id), findCandidate(sql, twinId)];
  if (entry === undefined || twin === undefined || (entry.shown_as !== null && entry.shown_as === twin.shown_as))
    return;
  const [mine, theirs] = [membersOf(sql, entry), membersOf(sql, twin)];
  const sources = new Set(mine.map((one) => one.source_id));
  if (theirs.some((one) => sources.has(one.source_id))) return;
  // Readers know the twin by its id, and may know the entry by its own id when it is not new.
  const leads = !isNew && twin.shown_as === null && byFirstSeen(entry, twin) < 0 ? entry : twin;
  const place = leads.shown_as ?? leads.id;
  const all = [...mine, ...theirs];
  for (const one of all) touch(one.id);
  for (const { id: member, source_id: source, sort_at: sortAt, shown_as: held } of all) {
    if (held !== null)
      sql.exec('UPDATE duplicate SET shown_as = ?1 WHERE entry_id = ?2 AND shown_as <> ?1', place, member);
    else {
      const length = textLength(readWords(sql, member));
      sql.exec('INSERT INTO duplicate VALUES (?, ?, ?, ?, ?, 0)', member, place, source, sortAt, length);
    }
  }
}

function membersOf(sql: SqlStorage, entry: Candidate): readonly Candidate[] {
  if (entry.shown_as === null) return [entry];
  return listGroup(sql, entry.shown_as).flatMap((id) => findCandidate(sql, id) ?? []);
}

function findCandidate(sql: SqlStorage, id: EntryId): Candidate | undefined {
  return sql
    .exec<Candidate>(`SELECT ${columns} FROM entry e LEFT JOIN duplicate d ON d.entry_id = e.id WHERE e.id = ?`, id)
    .toArray()[0];
}

/** Other entries that share a key with this one. */
function findOthers(sql: SqlStorage, entry: Candidate): readonly Candidate[] {
  const others = new Map<string, Candidate>();
  for (const key of keysOf(entry)) {
    const rows = sql.exec<Candidate>(
      `SELECT ${columns} FROM entry_key k JOIN entry e ON e.id = k.entry_id LEFT JOIN duplicate d ON d.entry_id = e.id
        WHERE k.key = ? AND k.entry_id <> ? LIMIT ${mostCompared}`,
      key,
      entry.id,
    );
    for (const other of rows) if (other.retired_why !== 'merged') others.set(other.id, other);
  }
  return [...others.values()];
}

/** Those of the other entries that are the same article. */
function findTwins(sql: SqlStorage, entry: Candidate, others: readonly Candidate[]): Candidate[] {
  const site = canJoin(sql, entry);
  if (site === undefined) return [];
  const isUnclear = {
    link: hasSameLink(site, entry) || hasTwo(entry, others, hasSameLink),
    guid: hasTwo(entry, others, isSameByGuid),
  };
  let words: ComparedWords | undefined;
  const found = new Set<string>();
  return others.toSorted(byFirstSeen).filter((other) => {
    // One member is compared for its whole group.
    if (other.shown_as !== null && found.has(other.shown_as)) return false;
    if (other.source_id === entry.source_id || canJoin(sql, other) === undefined) return false;
    const isByGuid = isSameByGuid(entry, other) && !isUnclear.guid;
    if (!isByGuid && (isUnclear.link || sharedName(entry, other) === undefined)) return false;
    words ??= readCompared(sql, entry.id);
    const theirs = readCompared(sql, other.id);
    // Retention left no text to compare.
    const isOne =
      words === undefined || theirs === undefined
        ? entry.shown_as !== null && entry.shown_as === other.shown_as
        : hasSameWords(words, theirs, isByGuid);
    if (isOne && other.shown_as !== null) found.add(other.shown_as);
    return isOne;
  });
}

/** Whether a source has two of the entries that share a link or guid with `entry`: then that names no article. */
function hasTwo(
  entry: Candidate,
  others: readonly Candidate[],
  isShared: (a: Candidate, b: Candidate) => boolean,
): boolean {
  const sources = new Set([entry.source_id]);
  return others.some((other) => {
    if (!isShared(entry, other)) return false;
    const isSecond = sources.has(other.source_id);
    sources.add(other.source_id);
    return isSecond;
  });
}

/** The page of the entry's source if its entries may be grouped: not for private sources, nor where it is switched off. */
function canJoin(sql: SqlStorage, entry: Candidate): { readonly url: string | null } | undefined {
  if (entry.retired_why === 'private' || readMeta(sql, 'deduplicate') === 'off') return undefined;
  const source = sql
    .exec<{ site_url: string | null; is_kept_apart: number }>(
      'SELECT site_url, is_private + keeps_duplicates AS is_kept_apart FROM source WHERE id = ?',
      entry.source_id,
    )
    .toArray()[0];
  if (source === undefined) return { url: null };
  return source.is_kept_apart === 0 ? { url: source.site_url } : undefined;
}

/** Updates the columns of a grouped entry on which the shown text and place depend. */
export function resizeMember(sql: SqlStorage, words: Entry<SafeHtml>, sortAt: number): void {
  if (groupOf(sql, words.id) === undefined) return;
  const length = textLength(words);
  sql.exec('UPDATE duplicate SET sort_at = ?, text_length = ? WHERE entry_id = ?', sortAt, length, words.id);
}

function byFirstSeen(a: Candidate, b: Candidate): number {
  return a.first_seen - b.first_seen || (a.id < b.id ? -1 : 1);
}

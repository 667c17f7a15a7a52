/**
 * Writes entries: the only place that inserts, revises or retires one. Runs inside the caller's transaction.
 *
 * An unchanged entry costs one read and no write. A changed one keeps its first-seen instant and gets a new revision;
 * nothing here deletes an entry.
 */
import type { Entry, EntryId } from '../domain/entry.ts';
import type { SafeHtml } from '../domain/html.ts';
import type { Instant } from '../domain/instant.ts';
import type { SourceId } from '../domain/source.ts';
import type { Tag } from '../domain/tag.ts';
import type { EntryRecording } from '../pipeline/recording.ts';
import { firstRowid, lastRowid, nextRowid } from '../query/entry-rowid.ts';
import { type FacetPlace, removeFacets, removeTags, writeFacets, writeTags } from './archive-facets.ts';
import type { CountedEntry, TotalsChange } from './archive-totals.ts';

/** Why an entry is kept but not shown. */
export type RetiredWhy = 'removed-seed' | 'over-cap' | 'retention';

interface StoredState extends Record<string, SqlStorageValue> {
  rowid: number;
  source_id: string;
  content_hash: string;
  tags: string;
  first_seen: number;
  sort_at: number;
  modified: number;
  revision: number;
  retired_at: number | null;
}

/**
 * Inserts or revises one entry; `undefined` when the archive holds exactly this already.
 *
 * @param sequence the number this change gets in the archive's sequence
 * @param undatedSortAt where an entry without a usable date is placed when it is new
 */
export function writeEntry(
  sql: SqlStorage,
  recording: EntryRecording,
  sequence: number,
  now: Instant,
  undatedSortAt: Instant = now,
): TotalsChange | undefined {
  const { entry, contentHash, sourceId, tags } = recording;
  const stored = readState(sql, entry.id);
  if (stored !== undefined && isRecorded(stored, recording)) return undefined;
  const isRevised = stored !== undefined && stored.content_hash !== contentHash;
  const firstSeen = (stored?.first_seen ?? recording.firstSeen ?? now) as Instant;
  const sortAt = sortInstant(entry, firstSeen, (stored?.sort_at as Instant) ?? Math.min(firstSeen, undatedSortAt));
  const modified = modifiedInstant(entry, firstSeen, stored, isRevised, now);
  const revision = (stored?.revision ?? 0) + (stored === undefined || isRevised ? 1 : 0);
  if (stored !== undefined && stored.retired_at === null) hide(sql, stored, entry.id);
  const rowid = placeRow(sql, sortAt, stored);
  writeRow(sql, stored !== undefined, entry.id, {
    rowid,
    source_id: sourceId,
    guid: entry.guid,
    url: entry.url ?? null,
    title: entry.title,
    language: entry.language ?? null,
    sort_at: sortAt,
    first_seen: firstSeen,
    modified,
    sequence,
    revision,
    content_hash: contentHash,
    tags: JSON.stringify(tags),
    body: JSON.stringify(entry),
    retired_at: null,
    retired_why: null,
  });
  writeFacets(sql, { rowid, id: entry.id, sortAt }, entry);
  writeTags(sql, { rowid, id: entry.id, sortAt }, tags);
  if (stored === undefined || isRevised) {
    sql.exec('INSERT INTO revision VALUES (?, ?, ?, ?)', entry.id, revision, contentHash, recording.firstSeen ?? now);
  }
  const after = { sourceId, tags, modified };
  return stored === undefined || stored.retired_at !== null ? { after } : { before: toCounted(stored), after };
}

/** Gives a visible entry other tags; its text stays. `undefined` when it has exactly these, or is not visible. */
export function retagEntry(
  sql: SqlStorage,
  id: EntryId,
  tags: readonly Tag[],
  sequence: number,
): TotalsChange | undefined {
  const stored = readState(sql, id);
  const text = JSON.stringify(tags);
  if (stored === undefined || stored.retired_at !== null || stored.tags === text) return undefined;
  const place = placeOf(stored, id);
  removeTags(sql, place, JSON.parse(stored.tags));
  writeTags(sql, place, tags);
  sql.exec('UPDATE entry SET tags = ?, sequence = ? WHERE rowid = ?', text, sequence, stored.rowid);
  return { before: toCounted(stored), after: { ...toCounted(stored), tags } };
}

/** Takes an entry out of every view and keeps it; `undefined` when it is not there or retired already. */
export function retireEntry(
  sql: SqlStorage,
  id: EntryId,
  sequence: number,
  why: RetiredWhy,
  now: Instant,
): TotalsChange | undefined {
  const stored = readState(sql, id);
  if (stored === undefined || stored.retired_at !== null) return undefined;
  hide(sql, stored, id);
  sql.exec('UPDATE entry SET retired_at = ?, retired_why = ?, sequence = ? WHERE id = ?', now, why, sequence, id);
  return { before: toCounted(stored) };
}

function readState(sql: SqlStorage, id: EntryId): StoredState | undefined {
  return sql
    .exec<StoredState>(
      `SELECT rowid, source_id, content_hash, tags, first_seen, sort_at, modified, revision, retired_at
        FROM entry WHERE id = ?`,
      id,
    )
    .toArray()[0];
}

function placeOf(stored: StoredState, id: EntryId): FacetPlace {
  return { rowid: stored.rowid, id, sortAt: stored.sort_at as Instant };
}

/** Takes a visible entry out of all lookup tables. */
function hide(sql: SqlStorage, stored: StoredState, id: EntryId): void {
  const { body } = sql.exec<{ body: string }>('SELECT body FROM entry WHERE rowid = ?', stored.rowid).one();
  removeFacets(sql, placeOf(stored, id), JSON.parse(body));
  removeTags(sql, placeOf(stored, id), JSON.parse(stored.tags));
}

/** Row ids follow the order of views (query/entry-rowid): an entry that moves to another span of time gets another. */
function placeRow(sql: SqlStorage, sortAt: Instant, stored: StoredState | undefined): number {
  const [first, last] = [firstRowid(sortAt), lastRowid(sortAt)];
  if (stored !== undefined && stored.rowid >= first && stored.rowid <= last) return stored.rowid;
  const { highest } = sql
    .exec<{ highest: number | null }>(
      'SELECT MAX(rowid) AS highest FROM entry WHERE rowid BETWEEN ? AND ?',
      first,
      last,
    )
    .one();
  const next = nextRowid(sortAt, highest ?? undefined);
  if (next === undefined) throw new Error(`more than a million entries within five hours of ${sortAt}`);
  return next;
}

function writeRow(
  sql: SqlStorage,
  isStored: boolean,
  id: EntryId,
  row: Readonly<Record<string, SqlStorageValue>>,
): void {
  const names = Object.keys(row);
  const statement = isStored
    ? `UPDATE entry SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`
    : `INSERT INTO entry (${names.join(', ')}, id) VALUES (${names.map(() => '?').join(', ')}, ?)`;
  sql.exec(statement, ...Object.values(row), id);
}

function isRecorded(stored: StoredState, { contentHash, tags }: EntryRecording): boolean {
  return stored.retired_at === null && stored.content_hash === contentHash && stored.tags === JSON.stringify(tags);
}

function toCounted(stored: StoredState): CountedEntry {
  return {
    sourceId: stored.source_id as SourceId,
    tags: JSON.parse(stored.tags),
    modified: stored.modified as Instant,
  };
}

/** A date from the future is not believed: the entry is ordered by when it came. */
function sortInstant(entry: Entry<SafeHtml>, firstSeen: Instant, undated: number): Instant {
  if (entry.published === undefined) return undated as Instant;
  return entry.published <= firstSeen ? entry.published : firstSeen;
}

/** The publisher's own `updated` when there is a credible one; else a revision moves it, and a first recording does not. */
function modifiedInstant(
  entry: Entry<SafeHtml>,
  firstSeen: Instant,
  stored: StoredState | undefined,
  isRevised: boolean,
  now: Instant,
): Instant {
  if (entry.updated !== undefined && entry.updated <= now) return entry.updated;
  if (isRevised) return now;
  if (stored !== undefined) return stored.modified as Instant;
  return entry.published !== undefined && entry.published <= firstSeen ? entry.published : firstSeen;
}

/**
 * Writes entries: the only place that inserts, revises or retires one. Runs inside the caller's transaction.
 *
 * An unchanged entry costs one read and no write. A changed one keeps its first-seen instant and gets a new revision; one
 * that only a newer reader sees differently gets its better text and stays where it is (ADR 0015). Nothing here deletes an
 * entry.
 */
import { contentHash as hashEntry, isOtherReading } from '../../../domain/content-hash.ts';
import type { Entry, EntryId } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { EntryRecording } from '../../../pipeline/recording.ts';
import { fileEntry } from '../ground/late-entries.ts';
import { filingMonth } from '../ground/months.ts';
import type { TotalsChange } from '../ground/totals.ts';
import { nowSql } from '../ground/view-changes.ts';
import { type EntryBody, readEntryBody, toEntryBody } from './entry-body.ts';
import {
  hideEntry,
  placeOf,
  placeRow,
  readState,
  type StoredState,
  showEntry,
  toCounted,
  writeRow,
} from './entry-rows.ts';
import { isStronger, type RetiredWhy, withheldWhy } from './withheld.ts';

/** A recording with what the rules make of it (`ruled-entries.ts`). */
export interface RuledRecording extends EntryRecording {
  /** Slugs among its tags that only rules gave. */
  readonly ruleTags?: readonly string[];
  /** A rule hides it. */
  readonly isHidden?: boolean;
}

/**
 * Inserts or revises one entry; `undefined` when the archive holds exactly this already.
 *
 * @param sequence the number this change gets in the archive's sequence
 * @param undatedSortAt where an entry without a usable date is placed when it is new
 */
export function writeEntry(
  sql: SqlStorage,
  recording: RuledRecording,
  sequence: number,
  now: Instant,
  undatedSortAt: Instant = now,
): TotalsChange | undefined {
  const { contentHash, sourceId, tags, ruleTags = [], isHidden = false } = recording;
  const stored = readState(sql, recording.entry.id);
  if (stored !== undefined && (isRecorded(stored, recording) || staysRetired(stored))) return undefined;
  const isReread =
    stored !== undefined && (recording.isMoved === true || isOtherReading(stored.content_hash, contentHash));
  const needsHeld = isReread || (stored !== undefined && recording.keepsDate === true);
  const held = needsHeld ? readHeld(sql, stored) : undefined;
  const entry = held === undefined ? recording.entry : keepNames(recording, held, isReread);
  if (isReread && staysAsItIs(stored, held, entry, recording)) {
    sql.exec('UPDATE entry SET content_hash = ? WHERE rowid = ?', contentHash, stored.rowid);
    return undefined;
  }
  const isRevised = stored !== undefined && stored.content_hash !== contentHash && !isReread;
  const firstSeen = (stored?.first_seen ?? recording.firstSeen ?? now) as Instant;
  const sortAt = sortInstant(entry, firstSeen, stored, Math.min(firstSeen, undatedSortAt), isReread);
  const modified = isReread ? (stored.modified as Instant) : modifiedInstant(entry, firstSeen, stored, isRevised, now);
  const revision = (stored?.revision ?? 0) + (stored === undefined || isRevised ? 1 : 0);
  if (stored !== undefined && stored.retired_at === null) hideEntry(sql, stored, entry.id);
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
    changed_at: now,
    sequence,
    revision,
    content_hash: contentHash,
    tags: JSON.stringify(tags),
    rule_tags: JSON.stringify(ruleTags),
    is_hidden: isHidden ? 1 : 0,
    ...toEntryBody(entry),
    retired_at: isHidden ? now : null,
    retired_why: isHidden ? 'hidden' : null,
    // Decided once: a document that somebody keeps does not lose an entry to another.
    ...(stored === undefined ? { archive_month: filingMonth(sql, sortAt, now) } : {}),
  });
  if (stored === undefined) fileEntry(sql, entry.id, sortAt, now);
  if (!isHidden) showEntry(sql, { rowid, id: entry.id, sortAt }, entry, tags);
  if (stored === undefined || isRevised) {
    sql.exec('INSERT INTO revision VALUES (?, ?, ?, ?)', entry.id, revision, contentHash, recording.firstSeen ?? now);
  }
  if (stored === undefined && !isHidden) noteNewEntry(sql, entry.id);
  return {
    ...(stored?.retired_at === null && { before: toCounted(stored) }),
    ...(!isHidden && { after: { sourceId, tags, modified } }),
  };
}

/** Keeps the id of an entry that was never here before, where a webhook waits for such. */
function noteNewEntry(sql: SqlStorage, id: EntryId): void {
  sql.exec(
    `INSERT INTO new_entry (entry_id) SELECT ? WHERE EXISTS (SELECT 1 FROM topic WHERE kind = 'webhook')
      ON CONFLICT (entry_id) DO NOTHING`,
    id,
  );
}

/** A name once given out stays, whatever is made of the document now; so does the date of an entry of a page. */
function keepNames(
  { entry, keepsDate = false }: EntryRecording,
  { guid, published }: Entry<SafeHtml>,
  isReread: boolean,
): Entry<SafeHtml> {
  return { ...entry, ...(isReread && { guid }), ...(keepsDate && published !== undefined && { published }) };
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
  if (stored === undefined) return undefined;
  if (stored.retired_at !== null) {
    if (isStronger(why, stored.retired_why)) sql.exec('UPDATE entry SET retired_why = ? WHERE id = ?', why, id);
    return undefined;
  }
  hideEntry(sql, stored, id);
  sql.exec('UPDATE entry SET retired_at = ?, retired_why = ?, sequence = ? WHERE id = ?', now, why, sequence, id);
  return { before: toCounted(stored) };
}

/** Shows an entry again that was retired for this reason; `undefined` when there is none, or another reason holds. */
export function restoreEntry(
  sql: SqlStorage,
  id: EntryId,
  sequence: number,
  why: Exclude<RetiredWhy, 'retention'>,
): TotalsChange | undefined {
  const stored = readState(sql, id);
  if (stored === undefined || stored.retired_why !== why) return undefined;
  const other = withheldWhy(sql, stored);
  if (other !== undefined) {
    sql.exec('UPDATE entry SET retired_why = ? WHERE rowid = ?', other, stored.rowid);
    return undefined;
  }
  const row = sql.exec<EntryBody>('SELECT body, content FROM entry WHERE rowid = ?', stored.rowid).one();
  const entry = readEntryBody(row);
  if (entry === null) return undefined;
  showEntry(sql, placeOf(stored, id), entry, JSON.parse(stored.tags));
  sql.exec(
    `UPDATE entry SET retired_at = NULL, retired_why = NULL, sequence = ?, changed_at = ${nowSql} WHERE id = ?`,
    sequence,
    id,
  );
  return { after: toCounted(stored) };
}

/** What retention dropped never comes back; what was merged is shown as another entry. */
function staysRetired({ retired_why: why }: StoredState): boolean {
  return why === 'retention' || why === 'merged';
}

function isRecorded(stored: StoredState, recording: RuledRecording): boolean {
  const { contentHash, tags } = recording;
  return isShownSo(stored, recording) && stored.content_hash === contentHash && stored.tags === JSON.stringify(tags);
}

/** Whether it is shown, or hidden by a rule, as it is to be. */
function isShownSo({ retired_at: at, retired_why: why }: StoredState, { isHidden = false }: RuledRecording): boolean {
  return isHidden ? why === 'hidden' : at === null;
}

/** Whether a new reading changes nothing that is shown: what is over the cap of its source stays away, too. */
function staysAsItIs(
  stored: StoredState,
  held: Entry<SafeHtml> | undefined,
  entry: Entry<SafeHtml>,
  recording: RuledRecording,
): boolean {
  if (stored.retired_why === 'over-cap') return true;
  if (!isShownSo(stored, recording)) return false;
  return stored.tags === JSON.stringify(recording.tags) && held !== undefined && hashEntry(held) === hashEntry(entry);
}

function readHeld(sql: SqlStorage, stored: StoredState): Entry<SafeHtml> | undefined {
  const row = sql.exec<EntryBody>('SELECT body, content FROM entry WHERE rowid = ?', stored.rowid).one();
  return readEntryBody(row) ?? undefined;
}

/**
 * Where an entry stands: by its date, one from the future by when it came. The first `updated` of an entry without
 * `published` is its date for good: a later edit does not move it.
 */
function sortInstant(
  entry: Entry<SafeHtml>,
  firstSeen: Instant,
  stored: StoredState | undefined,
  undated: number,
  isReread: boolean,
): Instant {
  if (stored !== undefined && (isReread || entry.published === undefined)) return stored.sort_at as Instant;
  return Math.min(entry.published ?? entry.updated ?? undated, firstSeen) as Instant;
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

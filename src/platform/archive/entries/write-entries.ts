/**
 * Writes entries: only this file inserts, revises or retires one. Runs inside the caller's transaction.
 *
 * An unchanged entry costs one read and no write. A changed one keeps its first-seen instant and gets a new revision. An
 * entry that only a newer reader reads differently gets the better text and keeps its place (ADR 15). No entry is
 * deleted.
 */
import { contentHash as hashEntry, isOtherReading } from '../../../domain/content-hash.ts';
import type { Entry, EntryId } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import type { EntryRecording } from '../../../pipeline/recording.ts';
import { groupOf, leaveGroup, regroup, resizeMember } from '../duplicates/article-groups.ts';
import { hasNamesake, publicGuid, writeKeys } from '../duplicates/entry-keys.ts';
import { changeShown, showAlone } from '../duplicates/shown.ts';
import { fileEntry } from '../ground/late-entries.ts';
import { filingMonth } from '../ground/months.ts';
import { nowSql } from '../ground/note-view-changes.ts';
import type { TotalsChange } from '../ground/totals.ts';
import { isPrivateSource } from '../rows/source-rows.ts';
import { type EntryBody, readEntryBody, toEntryBody } from './entry-body.ts';
import {
  isOwnShown,
  modifiedInstant,
  placeRow,
  readState,
  type StoredState,
  sortInstant,
  stopSpan,
  writeRow,
} from './entry-rows.ts';
import { isStronger, type RetiredWhy, withheldWhy } from './withheld.ts';

/** A recording after the rules (`ruled-entries.ts`). */
export interface RuledRecording extends EntryRecording {
  /** Slugs that only rules gave. */
  readonly ruleTags?: readonly string[];
  /** A rule hides it. */
  readonly isHidden?: boolean;
}

/**
 * Inserts or revises one entry; `undefined` when the archive has exactly this already.
 *
 * @param sequence the number of this change in the archive's sequence
 * @param undatedSortAt the place of a new entry without a usable date
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
  const guid = publicGuid(sql, recording.entry, stored, isReread);
  const entry = { ...recording.entry, guid, ...(recording.keepsDate === true && dateOf(held)) };
  if (isReread && staysAsItIs(stored, held, entry, recording)) {
    sql.exec('UPDATE entry SET content_hash = ? WHERE rowid = ?', contentHash, stored.rowid);
    return undefined;
  }
  const isRevised = stored !== undefined && stored.content_hash !== contentHash && !isReread;
  const firstSeen = (stored?.first_seen ?? recording.firstSeen ?? now) as Instant;
  const sortAt = sortInstant(entry, firstSeen, stored, Math.min(firstSeen, undatedSortAt), isReread);
  const modified = isReread ? (stored.modified as Instant) : modifiedInstant(entry, firstSeen, stored, isRevised, now);
  const revision = (stored?.revision ?? 0) + (stored === undefined || isRevised ? 1 : 0);
  const why: RetiredWhy | null = isHidden ? 'hidden' : isPrivateSource(sql, sourceId) ? 'private' : null;
  const names = { guid, url: entry.url ?? null };
  const isAlone = stored === undefined && !hasNamesake(sql, names);
  const rowid = placeRow(sql, sortAt, stored);
  const write = (): void => {
    writeRow(sql, stored !== undefined, entry.id, {
      rowid,
      source_id: sourceId,
      ...names,
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
      retired_at: why === null ? null : now,
      retired_why: why,
      // Decided once: documents that readers keep must not change.
      ...(stored === undefined ? { archive_month: filingMonth(sql, sortAt, now) } : {}),
    });
    if (stored === undefined) fileEntry(sql, entry.id, sortAt, now);
    writeKeys(sql, entry.id, names, stored);
  };
  if (isAlone) write();
  const change = isAlone
    ? showAlone(sql, { rowid, id: entry.id, sortAt }, entry, why === null ? { sourceId, tags, modified } : undefined)
    : changeShown(sql, sequence, ({ touch, rewrites }) => {
        rewrites(entry);
        write();
        resizeMember(sql, entry, sortAt);
        if (why === 'private') leaveGroup(sql, entry.id, touch);
        else regroup(sql, entry.id, touch, stored === undefined);
      });
  stopSpan(sql, rowid, sortAt, stored);
  if (stored === undefined || isRevised) {
    sql.exec('INSERT INTO revision VALUES (?, ?, ?, ?)', entry.id, revision, contentHash, recording.firstSeen ?? now);
  }
  // An article that another source brought before is not new.
  const isNew = isAlone || (stored === undefined && groupOf(sql, entry.id) === undefined);
  if (isNew && !isHidden) noteNewEntry(sql, entry.id);
  return stored === undefined || !isOwnShown(stored) ? { ...change, isAdded: true } : change;
}

/**
 * Keeps the id of an entry that was never here before, where a webhook waits for such. In two statements: SQLite opens a
 * savepoint for `INSERT ... SELECT`, and FTS5 writes a segment of its index at each savepoint.
 */
function noteNewEntry(sql: SqlStorage, id: EntryId): void {
  if (sql.exec(`SELECT 1 FROM topic WHERE kind = 'webhook' LIMIT 1`).toArray().length === 0) return;
  sql.exec('INSERT INTO new_entry (entry_id) VALUES (?) ON CONFLICT (entry_id) DO NOTHING', id);
}

/** Moves an entry to another source. */
export function rehomeEntry(
  sql: SqlStorage,
  id: EntryId,
  sourceId: SourceId,
  sequence: number,
): TotalsChange | undefined {
  if (readState(sql, id) === undefined) return undefined;
  return changeShown(sql, sequence, ({ touch }) => {
    touch(id);
    sql.exec(
      `UPDATE entry SET source_id = ?, sequence = ?, changed_at = ${nowSql} WHERE id = ?`,
      sourceId,
      sequence,
      id,
    );
    sql.exec('UPDATE duplicate SET source_id = ? WHERE entry_id = ?', sourceId, id);
    regroup(sql, id, touch);
  });
}

/** Hides an entry and keeps it; `undefined` when it does not exist or is retired already. */
export function retireEntry(
  sql: SqlStorage,
  id: EntryId,
  sequence: number,
  why: Exclude<RetiredWhy, 'duplicate'>,
  now: Instant,
): TotalsChange | undefined {
  const stored = readState(sql, id);
  if (stored === undefined) return undefined;
  if (!isOwnShown(stored)) {
    if (isStronger(why, stored.retired_why)) sql.exec('UPDATE entry SET retired_why = ? WHERE id = ?', why, id);
    return undefined;
  }
  return changeShown(sql, sequence, ({ touch }) => {
    touch(id);
    sql.exec('UPDATE entry SET retired_at = ?, retired_why = ?, sequence = ? WHERE id = ?', now, why, sequence, id);
    // Remove all its lookup rows, or it never comes back.
    if (why === 'private' || why === 'merged') leaveGroup(sql, id, touch);
  });
}

/** Prepares an entry that its source does not show for a merge into another one. */
export function forgetEntry(sql: SqlStorage, id: EntryId, sequence: number): TotalsChange {
  return changeShown(sql, sequence, ({ touch }) => {
    touch(id);
    sql.exec(`UPDATE entry SET retired_why = 'merged' WHERE id = ?`, id);
    leaveGroup(sql, id, touch);
  });
}

/** Shows an entry again that was retired for this reason; `undefined` when there is none, or another reason holds. */
export function restoreEntry(
  sql: SqlStorage,
  id: EntryId,
  sequence: number,
  why: Exclude<RetiredWhy, 'retention' | 'duplicate'>,
): TotalsChange | undefined {
  const stored = readState(sql, id);
  if (stored === undefined || stored.retired_why !== why) return undefined;
  const other = withheldWhy(sql, stored);
  if (other !== undefined) {
    sql.exec('UPDATE entry SET retired_why = ? WHERE rowid = ?', other, stored.rowid);
    return undefined;
  }
  if (readHeld(sql, stored) === undefined) return undefined;
  const change = changeShown(sql, sequence, ({ touch }) => {
    touch(id);
    sql.exec(
      `UPDATE entry SET retired_at = NULL, retired_why = NULL, sequence = ?, changed_at = ${nowSql} WHERE id = ?`,
      sequence,
      id,
    );
    regroup(sql, id, touch);
  });
  return { ...change, isAdded: true };
}

/** Whether an entry never comes back: retention dropped it, or it was merged into another entry. */
function staysRetired({ retired_why: why }: StoredState): boolean {
  return why === 'retention' || why === 'merged';
}

function isRecorded(stored: StoredState, recording: RuledRecording): boolean {
  const { contentHash, tags } = recording;
  return isShownSo(stored, recording) && stored.content_hash === contentHash && stored.tags === JSON.stringify(tags);
}

/** Whether it is already shown, or hidden by a rule, as the recording says. */
function isShownSo(stored: StoredState, { isHidden = false }: RuledRecording): boolean {
  return isHidden ? stored.retired_why === 'hidden' : isOwnShown(stored);
}

/** Whether a new reading changes nothing that is shown. Entries over the cap of their source stay hidden, too. */
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

/** The first date of an entry of a page: the page writes it differently each day. */
function dateOf(held: Entry<SafeHtml> | undefined): Pick<Entry<SafeHtml>, 'published'> {
  return held?.published === undefined ? {} : { published: held.published };
}

function readHeld(sql: SqlStorage, stored: StoredState): Entry<SafeHtml> | undefined {
  const row = sql.exec<EntryBody>('SELECT body, content FROM entry WHERE rowid = ?', stored.rowid).one();
  return readEntryBody(row) ?? undefined;
}

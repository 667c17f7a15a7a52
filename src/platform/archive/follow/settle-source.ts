/**
 * Updates the entries of a source after its owner changed it: its tags, its cap, whether it is private or secret, or
 * added it again.
 *
 * The newest entries follow inside the caller's transaction, the others some in each step, so that the Archive is never
 * busy for long. Table `source_change` holds the progress of each source, so the work continues after a restart.
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Source, SourceId } from '../../../domain/source.ts';
import type { Tag } from '../../../domain/tag.ts';
import { tagEntry, uniteTags } from '../../../feed/tag/tag-entry.ts';
import { type CompiledRules, compileRules } from '../../../rules/compile-rules.ts';
import { leaveGroups } from '../duplicates/regrouping.ts';
import { readEntryBody } from '../entries/entry-body.ts';
import { takeStep } from '../entries/row-size.ts';
import { createOwnTags, readRuledRows, ruleEntry, toRuling } from '../entries/ruled-entries.ts';
import type { RetiredWhy } from '../entries/withheld.ts';
import { restoreEntry, retireEntry } from '../entries/write-entries.ts';
import { noteHidden } from '../ground/meta.ts';
import { type ArchiveState, type ChangeLog, changeEntries } from '../ground/state.ts';
import type { TotalsChange } from '../ground/totals.ts';
import { readRules } from '../rows/rule-rows.ts';
import { findSource } from '../rows/source-rows.ts';
import { createHider } from './hide-words.ts';
import { findSettling, forgetSettling, isSettling, type Settling, writeSettling } from './settling-rows.ts';

/** Entries of one step: a tenth of a second of work. */
export const settledPerStep = 200;

/** How to begin. */
export interface SettlingWish {
  /** Tags that the source gave its entries before. */
  readonly before?: readonly Tag[];
  /** The source was removed and is followed again. */
  readonly isReturn?: boolean;
  /** Entries that follow at once. */
  readonly limit?: number;
}

/** Whether a change of a source concerns no entry. */
export function isSettled(held: Source, source: Source): boolean {
  return decisionsOf(held) === decisionsOf(source);
}

function decisionsOf({ tags, maxEntries, isPrivate, isSecret }: Source): string {
  // Secrets that were removed stay removed.
  return JSON.stringify([tags, maxEntries, isPrivate, isSecret === true]);
}

/** Begins; a change that is under way starts again. Returns how many entries were looked at. Runs inside a transaction. */
export function settleSource(
  sql: SqlStorage,
  { id }: Pick<Source, 'id'>,
  wish: SettlingWish,
  log: ChangeLog,
  now: Instant,
): number {
  const change = openSettling(sql, id, wish);
  return change === undefined ? 0 : settle(sql, change, wish.limit ?? settledPerStep, log, now);
}

/** Leaves all entries of a source to the background work. */
export function settleLater(sql: SqlStorage, { id }: Pick<Source, 'id'>): void {
  const change = openSettling(sql, id, {});
  if (change !== undefined) writeSettling(sql, change);
}

/** `undefined` for a source without entries. */
function openSettling(
  sql: SqlStorage,
  id: SourceId,
  { before = [], isReturn = false }: SettlingWish,
): Settling | undefined {
  const { total } = sql.exec<{ total: number }>('SELECT COUNT(*) AS total FROM entry WHERE source_id = ?', id).one();
  if (total === 0) return undefined;
  const held = findSettling(sql, id);
  const former: readonly Tag[] = [...JSON.parse(held?.former_tags ?? '[]'), ...before];
  return {
    source_id: id,
    former_tags: JSON.stringify([...new Map(former.map((tag) => [tag.slug, tag])).values()]),
    is_return: isReturn || held?.is_return === 1 ? 1 : 0,
    total,
    done: 0,
    placed: 0,
    sort_at: Number.MAX_SAFE_INTEGER,
    entry_id: '',
  };
}

/** Continues with a source, or with the first unfinished one; `true` while it has more entries. */
export function settleSome(archive: ArchiveState, now: Instant, id?: SourceId): boolean {
  const { sql } = archive;
  const next = findSettling(sql, id);
  if (next === undefined) return false;
  changeEntries(archive, (log) => settle(sql, next, settledPerStep, log, now));
  return isSettling(sql, id);
}

/**
 * Continues until all entries of a source have followed: when the owner hides something, it is hidden when the call
 * returns.
 */
export async function settleWhole(archive: ArchiveState, id: SourceId, now: () => Instant): Promise<void> {
  // Other calls are served between two steps.
  while (settleSome(archive, now(), id)) await new Promise((resolve) => setTimeout(resolve, 0));
}

function settle(sql: SqlStorage, change: Settling, limit: number, log: ChangeLog, now: Instant): number {
  const id = change.source_id as SourceId;
  const source = findSource(sql, id);
  if (source === undefined) {
    forgetSettling(sql, id);
    return 0;
  }
  // Ids and guids of private entries are in no public view either, nor are those of hidden ones.
  const left = source.isPrivate === true && limit > 0 ? leaveGroups(sql, id, limit, log) : 0;
  const room = limit - left;
  const rows = room <= 0 ? [] : nextRows(sql, change, room);
  const taken = takeStep(rows);
  const retag = createRetagger(sql, source, JSON.parse(change.former_tags), log, now);
  const hideWords = createHider(sql, source, log, now);
  let { placed } = change;
  for (const row of taken) {
    showOrHide(sql, row, wantedWhy(source, row, placed), log, now);
    retag(row);
    hideWords(row.id as EntryId);
    if (row.is_hidden === 0) placed += 1;
  }
  const last = taken.at(-1);
  const isDone = room > 0 && taken.length === rows.length && rows.length < room;
  if (isDone) {
    forgetSettling(sql, id);
    // KV may still hold entries that the last steps have hidden.
    if (source.isPrivate === true || source.isSecret === true) noteHidden(sql);
  } else {
    writeSettling(sql, {
      ...change,
      done: change.done + taken.length,
      placed,
      sort_at: last?.sort_at ?? change.sort_at,
      entry_id: last?.id ?? change.entry_id,
    });
  }
  return left + taken.length;
}

interface SettledRow extends Record<string, SqlStorageValue> {
  id: string;
  sort_at: number;
  tags: string;
  is_hidden: number;
  retired_why: string | null;
  bytes: number;
}

const rowColumns = 'id, sort_at, tags, is_hidden, retired_why, LENGTH(body) + COALESCE(LENGTH(content), 0) AS bytes';

/** The next entries of a source that are shown, or hidden for a reason that its owner can change; newest first. */
function nextRows(sql: SqlStorage, change: Settling, limit: number): readonly SettledRow[] {
  const whys: readonly RetiredWhy[] = [
    'duplicate',
    'private',
    'over-cap',
    ...(change.is_return === 1 ? (['removed-source'] as const) : []),
  ];
  const names = whys.map((why) => `'${why}'`).join(', ');
  const parts = [
    // Something is shown at its place, but perhaps not by its own source.
    selectRows(`retired_at IS NULL AND (retired_why IS NULL OR retired_why IN (${names}))`),
    ...whys.map((why) => selectRows(`retired_at IS NOT NULL AND retired_why = '${why}'`)),
  ];
  return sql
    .exec<SettledRow>(
      `${parts.join(' UNION ALL ')} ORDER BY sort_at DESC, id DESC LIMIT ?4`,
      change.source_id,
      change.sort_at,
      change.entry_id,
      limit,
    )
    .toArray();
}

function selectRows(condition: string): string {
  return `SELECT * FROM (SELECT ${rowColumns} FROM entry WHERE source_id = ?1 AND ${condition}
    AND (sort_at, id) < (?2, ?3) ORDER BY sort_at DESC, id DESC LIMIT ?4)`;
}

/** Why the entry is hidden from now on; `null` when it is shown. `newer` entries of its source take a place before it. */
function wantedWhy(source: Source, row: SettledRow, newer: number): 'hidden' | 'over-cap' | 'private' | null {
  if (row.is_hidden === 1) return 'hidden';
  const isBeyond = source.maxEntries > 0 && newer >= source.maxEntries;
  if (isBeyond && (row.retired_why === 'over-cap' || source.isPrivate !== true)) return 'over-cap';
  return source.isPrivate === true ? 'private' : null;
}

function showOrHide(
  sql: SqlStorage,
  { id, retired_why: why }: SettledRow,
  wanted: ReturnType<typeof wantedWhy>,
  log: ChangeLog,
  now: Instant,
): void {
  const held = why === 'duplicate' ? null : (why as Exclude<RetiredWhy, 'retention' | 'duplicate'> | null);
  if (held === wanted) return;
  if (held !== null) note(log, restoreEntry(sql, id as EntryId, log.nextSequence(), held));
  if (wanted !== null) note(log, retireEntry(sql, id as EntryId, log.nextSequence(), wanted, now));
}

/**
 * Makes the function that gives an entry the tags of its source, and removes those that the source gave it `before`,
 * unless the publisher or a rule gives them, too. Other tags stay: tags of folders are recorded nowhere else.
 */
function createRetagger(
  sql: SqlStorage,
  source: Source,
  before: readonly Tag[],
  log: ChangeLog,
  now: Instant,
): (row: SettledRow) => void {
  const wanted = new Set(source.tags.map((tag) => tag.slug));
  const dropped = new Set(before.map((tag) => tag.slug).filter((slug) => !wanted.has(slug)));
  const ownTags = createOwnTags(sql);
  let rules: CompiledRules | undefined;
  return ({ id, tags }) => {
    const slugs = new Set((JSON.parse(tags) as readonly Tag[]).map((tag) => tag.slug));
    if ([...wanted].every((slug) => slugs.has(slug)) && ![...dropped].some((slug) => slugs.has(slug))) return;
    const [row] = readRuledRows(sql, 'WHERE e.id = ?', id);
    const entry = row === undefined ? null : readEntryBody(row);
    if (row === undefined || entry === null) return;
    rules ??= compileRules(readRules(sql));
    const theirs = tagEntry(entry, []);
    const kept = ownTags(entry, row).filter(
      ({ slug }) => !dropped.has(slug) || theirs.some((tag) => tag.slug === slug),
    );
    const ruling = toRuling(rules, { entry, sourceId: source.id, tags: uniteTags(kept, source.tags) });
    note(log, ruleEntry(sql, id as EntryId, ruling, log.nextSequence(), now));
  };
}

function note(log: ChangeLog, change: TotalsChange | undefined): void {
  if (change !== undefined) log.note(change);
}

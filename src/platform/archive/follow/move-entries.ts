/**
 * Moves the entries of merged sources to the remaining source, some in each step. An entry that both sources have becomes
 * one: the id of the other becomes its alias.
 *
 * A list in `meta` names the sources whose entries still have to move, so the work continues after a restart.
 */
import { isSameAddress, spellingsOf } from '../../../domain/address-key.ts';
import { type EntryId, toEntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import type { Tag } from '../../../domain/tag.ts';
import { uniteTags } from '../../../feed/tag/tag-entry.ts';
import { groupOf } from '../duplicates/article-groups.ts';
import { noteAlias } from '../entries/entry-rows.ts';
import { ruleEntry } from '../entries/ruled-entries.ts';
import { retiredWhys } from '../entries/withheld.ts';
import { forgetEntry, rehomeEntry, retireEntry } from '../entries/write-entries.ts';
import { readMeta, writeMeta } from '../ground/meta.ts';
import { type ArchiveState, type ChangeLog, changeEntries } from '../ground/state.ts';
import { findMergedTarget, mergedInto } from '../rows/merged-sources.ts';
import { findSource } from '../rows/source-rows.ts';
import { settleSource } from './settle-source.ts';
import { resumeRemoval } from './source-removal.ts';

/** Entries of one step: a tenth of a second of work. */
const movedPerStep = 200;

/** A source whose entries have to move. */
export interface Move {
  readonly from: SourceId;
  readonly into: SourceId;
  /** The sources whose ids were used to make the ids of its entries. */
  readonly names: readonly SourceId[];
}

interface NamedEntry extends Record<string, SqlStorageValue> {
  id: string;
  source_id: string;
  guid: string;
  url: string | null;
  title: string;
  tags: string;
  rule_tags: string | null;
  is_hidden: number;
}

const columns = 'id, source_id, guid, url, title, tags, rule_tags, is_hidden';

/** Moves the first entries. Runs inside a transaction. */
export function beginMove(sql: SqlStorage, move: Move, log: ChangeLog, now: Instant): void {
  const waiting = readMoves(sql);
  if (moveSomeOf(sql, move, log, now)) writeMoves(sql, [...waiting, move]);
}

/** A backup brought back entries of a merged source: they move, too. */
export function moveLater(sql: SqlStorage, from: SourceId): void {
  const into = findMergedTarget(sql, from);
  const waiting = readMoves(sql);
  if (into === undefined || waiting.some((move) => move.from === from)) return;
  writeMoves(sql, [...waiting, { from, into, names: [from] }]);
}

/** Moves the next entries of the first merged source; `true` while there are more. */
export function moveSome(archive: ArchiveState, now: Instant): boolean {
  const { sql } = archive;
  const [first, ...more] = readMoves(sql);
  if (first === undefined) return false;
  return changeEntries(archive, (log) => {
    const isLeft = moveSomeOf(sql, first, log, now);
    if (!isLeft) {
      writeMoves(sql, more);
      const source = findSource(sql, first.into);
      // Moved entries then follow the settings of their new source; if that was removed meanwhile, they are removed with
      // it.
      if (source === undefined) resumeRemoval(sql, first.into);
      else settleSource(sql, source, {}, log, now);
    }
    return isLeft || more.length > 0;
  });
}

/** Sources whose entries still have to move. */
function readMoves(sql: SqlStorage): readonly Move[] {
  return JSON.parse(readMeta(sql, 'moving') ?? '[]');
}

/** Entries that still have to move, hidden ones not counted. */
export function countMoving({ sql, totals }: ArchiveState): number {
  return readMoves(sql).reduce((sum, { from }) => sum + Math.max(1, totals.countOf('sources', from) ?? 0), 0);
}

function writeMoves(sql: SqlStorage, moves: readonly Move[]): void {
  if (moves.length === 0) sql.exec(`DELETE FROM meta WHERE key = 'moving'`);
  else writeMeta(sql, 'moving', JSON.stringify(moves));
}

function moveSomeOf(sql: SqlStorage, move: Move, log: ChangeLog, now: Instant): boolean {
  // An entry that equals another one stays: its id becomes an alias.
  const whys = retiredWhys.filter((why) => why !== 'merged').map((why) => `'${why}'`);
  const rows = sql
    .exec<NamedEntry>(
      `SELECT ${columns} FROM entry WHERE source_id = ?1 AND retired_at IS NULL
        UNION ALL
        SELECT ${columns} FROM entry WHERE source_id = ?1 AND retired_at IS NOT NULL AND retired_why IN (${whys.join(', ')})
        LIMIT ?2`,
      move.from,
      movedPerStep + 1,
    )
    .toArray();
  for (const row of rows.slice(0, movedPerStep)) moveEntry(sql, row, move, log, now);
  return rows.length > movedPerStep;
}

function moveEntry(sql: SqlStorage, entry: NamedEntry, move: Move, log: ChangeLog, now: Instant): void {
  const id = entry.id as EntryId;
  const shownWith = findShownWith(sql, id, move);
  const twin = shownWith ?? findTwin(sql, entry, move);
  // Readers know a group by the id of its first entry.
  const isFirst = shownWith !== undefined && groupOf(sql, id) === id;
  if (twin !== undefined && !isFirst) {
    mergeEntry(sql, entry, twin, log, now);
    return;
  }
  if (twin !== undefined) mergeEntry(sql, twin, entry, log, now);
  const moved = rehomeEntry(sql, id, move.into, log.nextSequence());
  if (moved !== undefined) log.note(moved);
}

/** Makes one entry an alias of the other, which gets its tags. */
function mergeEntry(sql: SqlStorage, from: NamedEntry, into: NamedEntry, log: ChangeLog, now: Instant): void {
  const [id, intoId] = [from.id as EntryId, into.id as EntryId];
  const hidden = retireEntry(sql, id, log.nextSequence(), 'merged', now);
  log.note(hidden ?? forgetEntry(sql, id, log.nextSequence()));
  noteAlias(sql, id, intoId);
  const own = (JSON.parse(from.tags) as Tag[]).filter(({ slug }) => !ruleTagsOf(from).includes(slug));
  const ruling = {
    tags: uniteTags(JSON.parse(into.tags), own),
    ruleTags: ruleTagsOf(into).filter((slug) => !own.some((tag) => tag.slug === slug)),
    isHidden: into.is_hidden === 1,
  };
  const tagged = ruleEntry(sql, intoId, ruling, log.nextSequence(), now);
  if (tagged !== undefined) log.note(tagged);
}

/** The entry of the remaining source that is grouped with this entry. */
function findShownWith(sql: SqlStorage, id: EntryId, { into }: Move): NamedEntry | undefined {
  const other = sql
    .exec<{ id: string }>(
      `SELECT other.entry_id AS id FROM duplicate own JOIN duplicate other ON other.shown_as = own.shown_as
        WHERE own.entry_id = ? AND other.source_id = ?`,
      id,
      into,
    )
    .toArray()[0];
  return other === undefined ? undefined : findNamed(sql, other.id as EntryId);
}

function ruleTagsOf({ rule_tags: slugs }: NamedEntry): readonly string[] {
  return JSON.parse(slugs ?? '[]');
}

/** The entry of the remaining source that is the same: by its guid, or by link and title where only it has the link. */
function findTwin(sql: SqlStorage, entry: NamedEntry, { from, into, names }: Move): NamedEntry | undefined {
  const isMoved = ({ id, guid }: NamedEntry): boolean => names.some((name) => toEntryId(name, guid) === id);
  const owners = [into, ...mergedInto(sql, into).filter((name) => !names.includes(name))];
  for (const guid of spellingsOf(entry.guid)) {
    for (const owner of owners) {
      const held = findNamed(sql, toEntryId(owner, guid));
      if (held !== undefined && held.source_id === into) return held;
    }
  }
  if (entry.url === null) return undefined;
  const spellings = spellingsOf(entry.url);
  const linked = [into, from].flatMap((source) =>
    sql
      .exec<NamedEntry>(
        `SELECT ${columns} FROM entry WHERE source_id = ? AND url IN (${spellings.map(() => '?').join(', ')})
          AND COALESCE(retired_why, '') <> 'merged'`,
        source,
        ...spellings,
      )
      .toArray(),
  );
  const staying = linked.filter((one) => one.source_id === into && !isMoved(one));
  const sameGuid = staying.find(({ guid }) => isSameAddress(guid, entry.guid));
  if (sameGuid !== undefined) return sameGuid;
  const [only] = staying;
  const isOnly = staying.length === 1 && linked.length === 2;
  return isOnly && only?.title === entry.title ? only : undefined;
}

function findNamed(sql: SqlStorage, id: EntryId): NamedEntry | undefined {
  return sql
    .exec<NamedEntry>(`SELECT ${columns} FROM entry WHERE id = ? AND COALESCE(retired_why, '') <> 'merged'`, id)
    .toArray()[0];
}

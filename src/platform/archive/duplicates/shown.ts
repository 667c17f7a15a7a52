/**
 * Keeps the lookup tables in step with the rows of entries: only `changeShown` may change what views can find.
 *
 * A view shows places. At the place of an entry it shows the entry; a group of entries that are one article is shown at
 * the place of the first: with the tags of all, under the source of each, with the longest text. Two columns of a row
 * keep two facts apart: `retired_at` is set when nothing is shown at its place, `retired_why` when its own source does
 * not show it (`duplicate`: its source shows it, views show it at another place).
 */
import type { Entry, EntryId } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import type { Tag } from '../../../domain/tag.ts';
import { uniteTags } from '../../../feed/tag/tag-entry.ts';
import { type EntryBody, readEntryBody } from '../entries/entry-body.ts';
import { type FacetPlace, removeFacets, removeNames, writeFacets, writeNames } from '../entries/facet-rows.ts';
import { nowSql } from '../ground/note-view-changes.ts';
import type { CountedEntry, TotalsChange } from '../ground/totals.ts';
import type { Touch } from './article-groups.ts';
import { fullest, listMembers } from './shown-members.ts';

/** What views show at a place. */
interface Shown {
  readonly place: FacetPlace;
  /** The entry whose text is shown. */
  readonly giver: string;
  /** Names that text as it is indexed. */
  readonly wordsName: string;
  /** That text, read when it is needed. */
  readonly words: () => Entry<SafeHtml>;
  readonly counted: CountedEntry;
}

/** Calls to make before rows change. */
export interface Remember {
  /** Call this before the row of an entry gets this text: it reads the former text. */
  readonly rewrites: (entry: Entry<SafeHtml>) => void;
  /** Call this before anything else about an entry changes. */
  readonly touch: Touch;
}

/**
 * Runs `work`, which changes rows of entries and their groups, and then updates the lookup tables. Returns the changes of
 * the counts.
 * @param sequence the number of this change, given to everything that is shown differently afterwards
 */
export function changeShown(sql: SqlStorage, sequence: number, work: (remember: Remember) => void): TotalsChange {
  const before = new Map<EntryId, Shown | undefined>();
  let written: Entry<SafeHtml> | undefined;
  const touch: Touch = (id) => {
    if (before.has(id)) return;
    const row = readPlace(sql, id);
    before.set(id, row === undefined ? undefined : readShown(sql, row));
    if (row !== undefined && row.shown_as !== null) touch(row.shown_as);
  };
  const rewrites = (entry: Entry<SafeHtml>): void => {
    touch(entry.id);
    for (const shown of before.values()) if (shown?.giver === entry.id) shown.words();
    written = entry;
  };
  work({ touch, rewrites });
  const after = new Map<EntryId, Shown | undefined>();
  for (const id of before.keys()) {
    const row = readPlace(sql, id);
    if (row !== undefined) after.set(id, readShown(sql, settlePlace(sql, row, sequence, before.size > 1), written));
  }
  for (const [id, was] of before) if (was !== undefined) hide(sql, was, after.get(id));
  for (const [id, is] of after) if (is !== undefined) show(sql, is, before.get(id));
  return { before: countedOf(before), after: countedOf(after) };
}

/**
 * Does what `changeShown` does, for a new entry that shares no key with another one, without reading rows before and
 * after: recording an entry of 5 KB costs 1.08 of its cost without duplicates, and 1.2 through `changeShown` (measured).
 * @param counted absent when its source does not show it
 */
export function showAlone(
  sql: SqlStorage,
  place: FacetPlace,
  entry: Entry<SafeHtml>,
  counted: (Omit<CountedEntry, 'sources'> & { readonly sourceId: SourceId }) | undefined,
): TotalsChange {
  if (counted === undefined) return { before: [], after: [] };
  const { sourceId, tags, modified } = counted;
  const shown = { sources: [sourceId], tags, modified };
  writeFacets(sql, place, entry);
  writeNames(sql, place, shown);
  return { before: [], after: [shown] };
}

function countedOf(places: ReadonlyMap<EntryId, Shown | undefined>): readonly CountedEntry[] {
  return [...places.values()].flatMap((shown) => shown?.counted ?? []);
}

interface PlaceRow extends Record<string, SqlStorageValue> {
  rowid: number;
  id: EntryId;
  source_id: string;
  sort_at: number;
  modified: number;
  first_seen: number;
  content_hash: string;
  tags: string;
  retired_at: number | null;
  retired_why: string | null;
  /** The entry at whose place its group is shown; `null` when it has no group. */
  shown_as: EntryId | null;
}

function readPlace(sql: SqlStorage, id: EntryId): PlaceRow | undefined {
  return sql
    .exec<PlaceRow>(
      `SELECT e.rowid AS rowid, e.id AS id, e.source_id AS source_id, e.sort_at AS sort_at, e.modified AS modified,
        e.first_seen AS first_seen, e.content_hash AS content_hash, e.tags AS tags, e.retired_at AS retired_at,
        e.retired_why AS retired_why, d.shown_as AS shown_as
        FROM entry e LEFT JOIN duplicate d ON d.entry_id = e.id WHERE e.id = ?`,
      id,
    )
    .toArray()[0];
}

function readShown(sql: SqlStorage, row: PlaceRow, written?: Entry<SafeHtml>): Shown | undefined {
  if (row.retired_at !== null) return undefined;
  const members = row.shown_as === null ? [] : listMembers(sql, row.id).filter(({ is_own_shown: is }) => is === 1);
  const giver = fullest(members) ?? row;
  const shown = members.length === 0 ? [row] : members;
  let words = written?.id === giver.id ? written : undefined;
  return {
    place: { rowid: row.rowid, id: row.id, sortAt: row.sort_at as Instant },
    giver: giver.id,
    wordsName: `${giver.id} ${giver.content_hash}`,
    words: () => (words ??= readWords(sql, giver.rowid)),
    counted: {
      sources: shown.map((member) => member.source_id as SourceId),
      tags: uniteTags(...shown.map((member) => JSON.parse(member.tags) as readonly Tag[])),
      modified: row.modified as Instant,
    },
  };
}

function readWords(sql: SqlStorage, rowid: number): Entry<SafeHtml> {
  const entry = readEntryBody(sql.exec<EntryBody>('SELECT body, content FROM entry WHERE rowid = ?', rowid).one());
  if (entry === null) throw new Error(`entry row ${rowid} is shown and has no words`);
  return entry;
}

/**
 * Updates the rows of a place: whether something is shown there, and which members of its group.
 * @param isOneOfMany groups changed, so the place shows another state
 */
function settlePlace(sql: SqlStorage, row: PlaceRow, sequence: number, isOneOfMany: boolean): PlaceRow {
  const members = row.shown_as === row.id ? listMembers(sql, row.id) : [];
  for (const { id, is_own_shown: is } of members) {
    sql.exec('UPDATE duplicate SET is_shown = ?1 WHERE entry_id = ?2 AND is_shown <> ?1', is, id);
  }
  const isElsewhere = row.shown_as !== null && row.shown_as !== row.id;
  const isOwn = row.retired_why === null || row.retired_why === 'duplicate';
  const why = isOwn ? (isElsewhere ? 'duplicate' : null) : row.retired_why;
  const isShown = members.length > 0 ? members.some(({ is_own_shown: is }) => is === 1) : isOwn && !isElsewhere;
  // A duplicate was never shown at its own place, or not any more.
  const retiredAt = isShown ? null : (row.retired_at ?? row.first_seen);
  if (isOneOfMany || members.length > 0 || row.retired_at !== retiredAt || row.retired_why !== why) {
    sql.exec(
      `UPDATE entry SET retired_at = ?1, retired_why = ?2, sequence = MAX(sequence, ?3),
        changed_at = CASE WHEN sequence < ?3 THEN ${nowSql} ELSE changed_at END WHERE rowid = ?4`,
      retiredAt,
      why,
      isShown ? sequence : 0,
      row.rowid,
    );
  }
  return { ...row, retired_at: retiredAt, retired_why: why };
}

/** Removes from the lookup tables what is no longer shown. */
function hide(sql: SqlStorage, was: Shown, is: Shown | undefined): void {
  if (!isSameText(was, is)) removeFacets(sql, was.place, was.words());
  if (!isSameNames(was, is)) removeNames(sql, was.place, was.counted);
}

function show(sql: SqlStorage, is: Shown, was: Shown | undefined): void {
  if (!isSameText(is, was)) writeFacets(sql, is.place, is.words());
  if (!isSameNames(is, was)) writeNames(sql, is.place, is.counted);
}

function isSameText(a: Shown, b: Shown | undefined): boolean {
  return b !== undefined && a.wordsName === b.wordsName && isSamePlace(a.place, b.place);
}

function isSameNames(a: Shown, b: Shown | undefined): boolean {
  const namesOf = ({ counted: { sources, tags } }: Shown): string => JSON.stringify([sources, tags]);
  return b !== undefined && namesOf(a) === namesOf(b) && isSamePlace(a.place, b.place);
}

function isSamePlace(a: FacetPlace, b: FacetPlace): boolean {
  return a.rowid === b.rowid && a.sortAt === b.sortAt;
}

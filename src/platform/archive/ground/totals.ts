/**
 * Counts the entries of each tag and source, in memory, and adjusts the counts with every change.
 *
 * Counted once when the Archive wakes: counting for every publish would scan every tag row. A snapshot is made once for
 * each state of the archive: with a thousand tags it costs more than finding the entries of an answer.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import type { Tag } from '../../../domain/tag.ts';
import { isFound } from '../../../query/match/text-matches.ts';
import type { CountOf, FindMembers } from '../../../query/sql/sql-plan.ts';
import type { ArchiveTotals } from '../../../window/window.ts';
import { rememberUnchanged } from './meta.ts';
import { type CountedMember, snapshotTotals } from './totals-snapshot.ts';

/** The counted facts of the entry at one place. */
export interface CountedEntry {
  readonly sources: readonly SourceId[];
  readonly tags: readonly Tag[];
  readonly modified: Instant;
}

/** A change of what is shown: before and after. */
export interface TotalsChange {
  readonly before: readonly CountedEntry[];
  readonly after: readonly CountedEntry[];
  /** A source shows an entry that it did not show before. */
  readonly isAdded?: true;
}

/** Counts that follow the archive. */
export interface Totals {
  readonly apply: (change: TotalsChange) => void;
  /** Visible entries in all. */
  readonly entries: () => number;
  /** The same object until something is written. */
  readonly snapshot: (sequence: number) => ArchiveTotals;
  /** For the query planner: tags and sources exactly, authors up to a bound, languages not at all. */
  readonly countOf: CountOf;
  /** Finds tags and authors that contain a term. */
  readonly findMembers: FindMembers;
}

interface Count extends CountedMember {
  count: number;
  updated: number;
  /** The newest entry left: `updated` must be read again. */
  isStale: boolean;
}

/** Counts the archive and returns closures that keep the counts right. */
export function createTotals(sql: SqlStorage): Totals {
  const tags = countTags(sql);
  const sources = countSources(sql);
  let { entries } = sql
    .exec<{ entries: number }>('SELECT COUNT(*) AS entries FROM entry WHERE retired_at IS NULL')
    .one();
  const adjustAll = (entry: CountedEntry, by: 1 | -1): void => {
    entries += by;
    for (const tag of entry.tags) adjust(tags, tag.slug, entry, by);
    for (const source of entry.sources) adjust(sources, source, entry, by);
  };
  const snapshot = rememberUnchanged(sql, (sequence: number) => {
    refreshStale(tags, (tag) => newestWithTag(sql, tag));
    refreshStale(sources, (source) => newestOfSource(sql, source));
    return snapshotTotals(sql, entries, tags, sources, sequence);
  });
  return {
    apply: ({ before, after }) => {
      for (const entry of before) adjustAll(entry, -1);
      for (const entry of after) adjustAll(entry, 1);
    },
    countOf: (facet, member) => {
      if (facet === 'tags') return tags.get(member)?.count ?? 0;
      if (facet === 'sources') return sources.get(member)?.count ?? 0;
      return facet === 'authors' ? countAuthor(sql, member) : undefined;
    },
    findMembers: (facet, term) =>
      (facet === 'tags' ? [...tags.keys()] : listAuthors(sql)).filter((member) => isFound(term, member)),
    entries: () => entries,
    snapshot,
  };
}

/** With more entries than this, an author's index is no better than another. */
const countedOfAuthor = 2000;

/**
 * Entries of an author; `undefined` when they are many. Counted in the index, 50 ns an entry, because there may be very
 * many authors.
 */
function countAuthor(sql: SqlStorage, author: string): number | undefined {
  const { count } = sql
    .exec<{ count: number }>(
      'SELECT COUNT(*) AS count FROM (SELECT 1 FROM entry_author WHERE author = ? LIMIT ?)',
      author,
      countedOfAuthor,
    )
    .one();
  return count < countedOfAuthor ? count : undefined;
}

/** Each author once: takes 10 ms in 100,000 entries. */
function listAuthors(sql: SqlStorage): string[] {
  const rows = sql.exec<{ author: string }>('SELECT DISTINCT author FROM entry_author');
  return [...rows].map(({ author }) => author);
}

function adjust(counts: Map<string, Count>, key: string, entry: CountedEntry, by: 1 | -1): void {
  const held = counts.get(key) ?? { count: 0, updated: 0, isStale: false };
  held.count += by;
  if (by < 0 && entry.modified >= held.updated) held.isStale = true;
  if (by > 0) held.updated = Math.max(held.updated, entry.modified);
  if (held.count > 0) counts.set(key, held);
  else counts.delete(key);
}

function refreshStale(counts: Map<string, Count>, newest: (key: string) => number): void {
  for (const [key, held] of counts) {
    if (!held.isStale) continue;
    held.updated = newest(key);
    held.isStale = false;
  }
}

function countTags(sql: SqlStorage): Map<string, Count> {
  const rows = sql.exec<{ key: string; count: number; updated: number }>(
    `SELECT t.tag AS key, COUNT(*) AS count, MAX(e.modified) AS updated
      FROM entry_tag t JOIN entry e ON e.rowid = t.entry_rowid GROUP BY t.tag`,
  );
  return new Map([...rows].map(({ key, count, updated }) => [key, { count, updated, isStale: false }]));
}

function countSources(sql: SqlStorage): Map<string, Count> {
  const rows = sql.exec<{ key: string; count: number; updated: number }>(
    `SELECT f.source AS key, COUNT(*) AS count, MAX(e.modified) AS updated
      FROM entry_source f JOIN entry e ON e.rowid = f.entry_rowid GROUP BY f.source`,
  );
  return new Map([...rows].map(({ key, count, updated }) => [key, { count, updated, isStale: false }]));
}

function newestWithTag(sql: SqlStorage, tag: string): number {
  return sql
    .exec<{ newest: number }>(
      'SELECT MAX(e.modified) AS newest FROM entry_tag t JOIN entry e ON e.rowid = t.entry_rowid WHERE t.tag = ?',
      tag,
    )
    .one().newest;
}

function newestOfSource(sql: SqlStorage, source: string): number {
  return sql
    .exec<{ newest: number }>(
      'SELECT MAX(e.modified) AS newest FROM entry_source f JOIN entry e ON e.rowid = f.entry_rowid WHERE f.source = ?',
      source,
    )
    .one().newest;
}

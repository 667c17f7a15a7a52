/**
 * Writes the Archive's lookup tables, by which entries are found, in the transaction that writes the entry.
 *
 * Row ids of FTS5 tables are cast: numbers are bound as floating point here, and FTS5 silently ignores a row id that is
 * not an integer.
 */
import type { Entry } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import type { Tag } from '../../../domain/tag.ts';
import { type Facet, toFacets } from '../../../query/language/facets.ts';
import { toSearchRow } from '../../../query/sql/search-tables.ts';
import { facetIndexes } from '../../../query/sql/sql-plan.ts';
import { plainTextOf } from '../../../rules/searched-entry.ts';

/** A place in the order of views, under which its lookup rows are stored. */
export interface FacetPlace {
  readonly rowid: number;
  readonly id: string;
  readonly sortAt: Instant;
}

/** The facets of the entry itself; its tags are ours, and its source is a column of `entry`. */
const ownFacets = ['authors', 'languages'] as const;

/** Makes an entry findable by its own facets and its text. */
export function writeFacets(sql: SqlStorage, place: FacetPlace, entry: Entry<SafeHtml>): void {
  const members = membersOf(entry);
  for (const facet of ownFacets) for (const member of members[facet]) writeMember(sql, place, facet, member);
  const row = toSearchRow(entry.title, plainTextOf(entry));
  sql.exec(
    'INSERT INTO entry_text (rowid, title, text) VALUES (CAST(? AS INTEGER), ?, ?)',
    place.rowid,
    row.title,
    row.text,
  );
  sql.exec(
    'INSERT INTO entry_gram (rowid, title, text) VALUES (CAST(? AS INTEGER), ?, ?)',
    place.rowid,
    row.titleGrams,
    row.textGrams,
  );
}

/** Undoes `writeFacets`. */
export function removeFacets(sql: SqlStorage, place: FacetPlace, entry: Entry<SafeHtml>): void {
  const members = membersOf(entry);
  for (const facet of ownFacets) for (const member of members[facet]) removeMember(sql, place, facet, member);
  sql.exec('DELETE FROM entry_text WHERE rowid = CAST(? AS INTEGER)', place.rowid);
  sql.exec('DELETE FROM entry_gram WHERE rowid = CAST(? AS INTEGER)', place.rowid);
}

/** The sources and tags of a place. */
export interface PlaceNames {
  /** Every source that brings the entry shown there. */
  readonly sources: readonly SourceId[];
  readonly tags: readonly Tag[];
}

/** Makes a place findable by its sources and tags. */
export function writeNames(sql: SqlStorage, place: FacetPlace, { sources, tags }: PlaceNames): void {
  for (const source of sources) writeMember(sql, place, 'sources', source);
  for (const tag of tags) {
    writeMember(sql, place, 'tags', tag.slug);
    // The first label stays, but the name of a folder ("rivers") gives way to a label that somebody wrote ("Rivers").
    sql.exec(
      'INSERT INTO tag VALUES (?1, ?2) ON CONFLICT (slug) DO UPDATE SET label = ?2 WHERE label = slug AND ?2 <> slug',
      tag.slug,
      tag.label,
    );
  }
}

/** Undoes `writeNames`. */
export function removeNames(sql: SqlStorage, place: FacetPlace, { sources, tags }: PlaceNames): void {
  for (const source of sources) removeMember(sql, place, 'sources', source);
  for (const { slug } of tags) removeMember(sql, place, 'tags', slug);
}

function membersOf(entry: Entry<SafeHtml>): ReturnType<typeof toFacets> {
  return toFacets({ ...entry, tags: [], sourceIds: [] });
}

function writeMember(sql: SqlStorage, { sortAt, id, rowid }: FacetPlace, facet: Facet, member: string): void {
  sql.exec(`INSERT INTO ${facetIndexes[facet].table} VALUES (?, ?, ?, ?)`, member, sortAt, id, rowid);
}

function removeMember(sql: SqlStorage, { sortAt, id }: FacetPlace, facet: Facet, member: string): void {
  const { table, column } = facetIndexes[facet];
  sql.exec(`DELETE FROM ${table} WHERE ${column} = ? AND sort_at = ? AND id = ?`, member, sortAt, id);
}

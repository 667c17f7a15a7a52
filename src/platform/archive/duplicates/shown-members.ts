/**
 * Reads which entries are shown together at one place, which of them gives the text, and which entries a source shows.
 */
import type { EntryId } from '../../../domain/entry.ts';

/** SQL: whether the source of an entry shows it. @param entry table or alias */
export function isOwnShownSql(entry: string): string {
  return `(${entry}.retired_why IS NULL OR ${entry}.retired_why = 'duplicate')`;
}

/** One of the entries that are shown at a place. */
export interface ShownMember extends Record<string, SqlStorageValue> {
  rowid: number;
  id: string;
  source_id: string;
  url: string | null;
  content_hash: string;
  tags: string;
  first_seen: number;
  text_length: number;
  is_own_shown: number;
}

const memberColumns = `m.rowid AS rowid, m.id AS id, m.source_id AS source_id, m.url AS url, m.content_hash AS content_hash,
  m.tags AS tags, m.first_seen AS first_seen, d.text_length AS text_length, ${isOwnShownSql('m')} AS is_own_shown`;

/** The entries of a group, the first recorded first. */
export function listMembers(sql: SqlStorage, place: EntryId): readonly ShownMember[] {
  return sql
    .exec<ShownMember>(
      `SELECT ${memberColumns} FROM duplicate d JOIN entry m ON m.id = d.entry_id
      WHERE d.shown_as = ? ORDER BY m.first_seen, m.id`,
      place,
    )
    .toArray();
}

/** The entries that are shown together at a place. */
export interface ShownGroup {
  /** Row id of the place. */
  readonly rowid: number;
  /** Row id of the entry whose text is shown. */
  readonly giver: number;
  readonly members: readonly ShownMember[];
}

/** The groups that are shown at these places; places that show one entry have none. */
export function listGroups(sql: SqlStorage, rowids: readonly number[]): readonly ShownGroup[] {
  const rows = sql.exec<ShownMember & { place: number }>(
    `SELECT e.rowid AS place, ${memberColumns} FROM json_each(?) asked CROSS JOIN entry e ON e.rowid = asked.value
      CROSS JOIN duplicate d ON d.shown_as = e.id CROSS JOIN entry m ON m.id = d.entry_id
      ORDER BY e.rowid, m.first_seen, m.id`,
    JSON.stringify(rowids),
  );
  const groups = new Map<number, ShownMember[]>();
  for (const { place, ...member } of rows) {
    if (member.is_own_shown === 1) groups.set(place, [...(groups.get(place) ?? []), member]);
  }
  return [...groups].map(([rowid, members]) => ({ rowid, giver: fullest(members)?.rowid ?? rowid, members }));
}

/** The member whose text is shown: the longest, among equals the first. */
export function fullest<M extends Pick<ShownMember, 'text_length' | 'is_own_shown'>>(
  members: readonly M[],
): M | undefined {
  const [first, ...others] = members.filter((member) => member.is_own_shown === 1);
  return others.reduce<M | undefined>(
    (best, member) => (best !== undefined && member.text_length > best.text_length ? member : best),
    first,
  );
}

/**
 * SQL for (rowid, id, sort_at, tags) of the entries that a source shows: those at their own places, and those that views show at
 * the places of others. `source` is a parameter, used twice. Each half reads one index.
 */
export function ownEntriesSql(source: string): string {
  const columns = 'rowid, id, sort_at, tags';
  return `SELECT ${columns} FROM entry WHERE source_id = ${source} AND retired_at IS NULL AND retired_why IS NULL
    UNION ALL SELECT ${columns} FROM entry
      WHERE source_id = ${source} AND retired_at IS NOT NULL AND retired_why = 'duplicate'`;
}

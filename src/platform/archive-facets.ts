/**
 * The Archive's lookup tables: what an entry can be found by. Written and removed with the entry, in its transaction.
 */
import type { Entry, EntryId } from '../domain/entry.ts';
import type { SafeHtml } from '../domain/html.ts';
import type { Instant } from '../domain/instant.ts';
import type { Tag } from '../domain/tag.ts';
import { foldText } from '../query/fold.ts';

/** An entry as the lookup tables see it. */
export interface Findable {
  readonly rowid: number;
  readonly sortAt: Instant;
  readonly tags: readonly Tag[];
  readonly entry: Entry<SafeHtml>;
}

/** Makes an entry findable. */
export function writeFacets(sql: SqlStorage, { rowid, sortAt, tags, entry }: Findable): void {
  for (const tag of tags) {
    sql.exec('INSERT INTO entry_tag VALUES (?, ?, ?, ?)', tag.slug, sortAt, entry.id, rowid);
    sql.exec('INSERT INTO tag VALUES (?, ?) ON CONFLICT DO NOTHING', tag.slug, tag.label);
  }
  for (const author of authorNames(entry)) {
    sql.exec('INSERT INTO entry_author VALUES (?, ?, ?, ?)', author, sortAt, entry.id, rowid);
  }
}

/** Undoes `writeFacets` for what is stored under `rowid` now: call it before the row changes. */
export function removeFacets(sql: SqlStorage, rowid: number): void {
  const stored = sql
    .exec<{ id: EntryId; sort_at: number; tags: string; body: string }>(
      'SELECT id, sort_at, tags, body FROM entry WHERE rowid = ?',
      rowid,
    )
    .one();
  const tags = JSON.parse(stored.tags) as readonly Tag[];
  for (const { slug } of tags) {
    sql.exec('DELETE FROM entry_tag WHERE tag = ? AND sort_at = ? AND id = ?', slug, stored.sort_at, stored.id);
  }
  for (const author of authorNames(JSON.parse(stored.body) as Entry<SafeHtml>)) {
    sql.exec('DELETE FROM entry_author WHERE author = ? AND sort_at = ? AND id = ?', author, stored.sort_at, stored.id);
  }
}

function authorNames(entry: Entry<SafeHtml>): ReadonlySet<string> {
  return new Set(entry.authors.map((author) => foldText(author.name)));
}

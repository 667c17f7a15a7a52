/**
 * Finding by words for archives that are older than it: some of their entries are indexed anew in each round of the cron, and
 * searches go on without words until all are done. What is recorded meanwhile has its words at once.
 */
import { type EntryBody, readEntryBody } from '../entries/entry-body.ts';
import { rewriteTokens } from '../entries/facets.ts';
import { type ArchiveState, changeEntries, readMeta, writeMeta } from '../state.ts';

/** Holds the last entry that is done; migration 0006 writes it where there are entries. */
const mark = 'unindexed_words';

/**
 * Entries of one round, at a millisecond and a few written rows each. On the free plan the rows are what counts: ten thousand
 * entries a day leave most of them to what comes in.
 */
const entriesPerRound = { free: 100, paid: 500 };

interface WordlessRow extends EntryBody {
  rowid: number;
  id: string;
  retired_at: number | null;
}

/** Whether there are entries without words. */
export function isIndexingWords(sql: SqlStorage): boolean {
  return readMeta(sql, mark) !== undefined;
}

/** Indexes the words of the next `limit` entries; `true` while there are more. */
export function indexSomeWords(archive: ArchiveState, limit: number = limitOf(archive)): boolean {
  const { sql } = archive;
  const after = readMeta(sql, mark);
  if (after === undefined) return false;
  return changeEntries(archive, () => {
    const rows = sql
      .exec<WordlessRow>(
        'SELECT rowid, id, body, content, retired_at FROM entry WHERE id > ? ORDER BY id LIMIT ?',
        after,
        limit,
      )
      .toArray();
    for (const row of rows) {
      // What is not shown is in no index; it is indexed when it is shown again.
      const entry = row.retired_at === null ? readEntryBody(row) : null;
      if (entry !== null) rewriteTokens(sql, row.rowid, entry);
    }
    const last = rows.at(-1);
    const isDone = rows.length < limit || last === undefined;
    if (isDone) sql.exec('DELETE FROM meta WHERE key = ?', mark);
    else writeMeta(sql, mark, last.id);
    return !isDone;
  });
}

function limitOf({ publishing }: ArchiveState): number {
  return publishing.perDay === Number.POSITIVE_INFINITY ? entriesPerRound.paid : entriesPerRound.free;
}

/**
 * Finding by words for archives that are older than it: some of their entries are indexed anew in each round of the cron, and
 * searches go on without words until all are done. What is recorded meanwhile has its words at once.
 */
import { logEvent } from '../../log.ts';
import { readMeta, writeMeta } from '../ground/meta.ts';
import { type ArchiveState, changeEntries } from '../ground/state.ts';
import { type EntryBody, readEntryBody } from '../rows/entry-body.ts';
import { rewriteTokens } from '../rows/facets.ts';

/** Holds the last entry that is done; migration 0006 writes it where there are entries. */
const mark = 'unindexed_words';

/**
 * Entries of one round, at a millisecond or two each. On the free plan the written rows are what counts, 20 an entry and, while
 * most words are new, 170: two thousand entries a day leave half of them to what comes in.
 */
const entriesPerRound = { free: 20, paid: 500 };

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

/** The same; what goes wrong is logged and tried again in the next round, and keeps nothing else from being done. */
export function goOnIndexing(archive: ArchiveState): void {
  try {
    indexSomeWords(archive);
  } catch (error) {
    logEvent({ event: 'words-not-indexed', error: String(error) });
  }
}

function limitOf({ publishing }: ArchiveState): number {
  return publishing.perDay === Number.POSITIVE_INFINITY ? entriesPerRound.paid : entriesPerRound.free;
}

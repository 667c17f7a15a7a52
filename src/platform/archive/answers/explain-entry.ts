/**
 * What an answer cost and why it is as it is: for the owner who wonders about a view.
 */
import type { RecordedEntry } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Explanation } from '../../../pipeline/archive-owner.ts';
import { canonicalQuery } from '../../../query/language/canonical.ts';
import { foldText } from '../../../query/language/fold.ts';
import { everything, type Query } from '../../../query/language/query.ts';
import { droppingTerms } from '../../../query/match/dropping-terms.ts';
import { toSql } from '../../../query/sql/sql.ts';
import type { ArchiveState } from '../ground/state.ts';
import { placesOf, readEntry } from '../rows/read-entries.ts';
import { toSearchedText } from '../rows/searched-text.ts';
import { listOrigins } from '../rows/source-rows.ts';
import { affordableEntries, findHorizon } from '../search/find-horizon.ts';
import { findAmongFew } from '../search/phrases.ts';
import { spellOut } from '../search/spelling.ts';

/** As many entries are looked at one by one, the newest. */
const sampled = 200;

/** Runs the query as for a reader, counts its rows, and looks at the newest entries one by one. */
export function explainQuery(archive: ArchiveState, query: Query, now: Instant): Explanation {
  const { sql, totals } = archive;
  const origins = listOrigins(sql);
  const spelled = spellOut(sql, query);
  const affordable = affordableEntries(archive, spelled);
  const isBounded = totals.entries() > affordable;
  const horizon = isBounded ? findHorizon(archive, spelled, now, affordable) : undefined;
  const shareOf = isBounded ? archive.searchSample().shareOf : undefined;
  const walk = shareOf === undefined ? undefined : { shareOf, ...(horizon === undefined ? {} : { oldest: horizon }) };
  const statement = toSql(spelled, now, totals.countOf, walk);
  const cursor = sql.exec<{ rowid: number }>(statement.sql, ...statement.params);
  const found = cursor.toArray();
  // A reader is answered from these where they are few; what the walk costs is said all the same.
  const few = isBounded ? findAmongFew(archive, spelled, now) : undefined;
  const shown = few?.places ?? found.slice(0, query.limit);
  const kept = shown.flatMap(({ rowid }) => readEntry(sql, rowid, origins) ?? []);
  const newest = placesOf(sql, { ...everything, limit: sampled }, now, totals.countOf).slice(0, sampled);
  const dropped = newest.flatMap(({ rowid }) => {
    const entry = readEntry(sql, rowid, origins);
    const terms = entry === undefined ? [] : droppingTerms(query, toFacts(entry), toSearchedText(entry), now);
    return entry === undefined || terms.length === 0 ? [] : [{ ...toName(entry), terms }];
  });
  return {
    query: canonicalQuery(query),
    kept: kept.map(toName),
    more: few?.more ?? (found.length > query.limit || horizon !== undefined),
    dropped,
    lookedAt: newest.length,
    cost: { rowsRead: cursor.rowsRead, rowsWritten: cursor.rowsWritten },
    ...(horizon === undefined || few !== undefined ? {} : { horizon: horizon.sortAt }),
  };
}

function toFacts(entry: RecordedEntry<SafeHtml>): Parameters<typeof droppingTerms>[1] {
  return {
    id: entry.id,
    sortAt: entry.sortAt,
    tags: entry.tags.map((tag) => tag.slug),
    source: entry.origin.sourceId,
    authors: entry.authors.map((author) => foldText(author.name)),
    ...(entry.language === undefined ? {} : { language: entry.language }),
  };
}

function toName({ id, title, sortAt }: RecordedEntry<SafeHtml>): Explanation['kept'][number] {
  return { id, title, sortAt };
}

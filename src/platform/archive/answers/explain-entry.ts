/**
 * Explains a view to its owner: why it has these entries, and what the answer cost.
 */
import type { EntryId, RecordedEntry } from '../../../domain/entry.ts';
import type { SafeHtml } from '../../../domain/html.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Explanation, KeptEntry, NamedEntry } from '../../../pipeline/rule-book.ts';
import { canonicalQuery } from '../../../query/language/canonical.ts';
import type { Query } from '../../../query/language/query.ts';
import { droppingTerms } from '../../../query/match/dropping-terms.ts';
import { toSql } from '../../../query/sql/sql.ts';
import type { Decision } from '../../../rules/compile-rules.ts';
import { toRecordedFacts } from '../../../rules/searched-entry.ts';
import { whyOne } from '../duplicates/article-groups.ts';
import { listMembers } from '../duplicates/shown-members.ts';
import { newestPlaces, readEntry } from '../entries/read-entries.ts';
import type { ArchiveState } from '../ground/state.ts';
import { listOrigins } from '../rows/source-origins.ts';
import { boundedWalk, findPlaces } from './find-places.ts';
import { createDecider, hiddenEntries } from './judge-entries.ts';

/** How many entries, the newest, are tested one by one. */
const sampled = 200;

/** Runs the query as for a reader, counts its rows, and tests the newest entries one by one. */
export function explainQuery(archive: ArchiveState, query: Query, now: Instant): Explanation {
  const { sql } = archive;
  const origins = listOrigins(sql);
  const { places, more, horizon } = findPlaces(archive, query, now);
  const statement = toSql(boundedWalk(archive, query, now));
  const cursor = sql.exec(statement.sql, ...statement.params);
  cursor.toArray();
  const decide = createDecider(sql);
  const kept = places.flatMap(({ rowid }) => readEntry(sql, rowid, origins) ?? []);
  const newest = newestPlaces(sql, sampled);
  const dropped: Explanation['dropped'][number][] = newest.flatMap(({ rowid }) => {
    const entry = readEntry(sql, rowid, origins);
    const terms = entry === undefined ? [] : droppingTerms(query, toRecordedFacts(entry), now);
    return entry === undefined || terms.length === 0 ? [] : [{ ...toName(entry), terms }];
  });
  for (const { entry, rule } of hiddenEntries(archive, sampled)) {
    dropped.push({ ...toName(entry), terms: droppingTerms(query, toRecordedFacts(entry), now), rule });
  }
  return {
    query: canonicalQuery(query),
    kept: kept.map((entry) => ({
      ...withRules(toName(entry), decide(entry)),
      ...(entry.also === undefined ? {} : { also: explainGroup(sql, entry) }),
    })),
    more,
    dropped,
    lookedAt: newest.length,
    cost: { rowsRead: cursor.rowsRead, rowsWritten: cursor.rowsWritten },
    ...(horizon === undefined ? {} : { horizon: horizon.sortAt }),
  };
}

/** Why entries of other sources are the same article: each by the first other entry with which it shares a link or guid. */
function explainGroup(sql: SqlStorage, { id, also = [] }: RecordedEntry<SafeHtml>): NonNullable<KeptEntry['also']> {
  const members = listMembers(sql, id);
  return also.flatMap(({ origin: { sourceId: source } }) => {
    const own = members.find((member) => member.source_id === source)?.id as EntryId | undefined;
    const others = members.filter((member) => member.id !== own).map((member) => member.id as EntryId);
    const shared = own === undefined ? [] : others.flatMap((other) => whyOne(sql, own, other) ?? []);
    return { source, why: shared.includes('link') ? ('link' as const) : (shared[0] ?? 'link') };
  });
}

function withRules(name: NamedEntry, { tagged }: Decision): Explanation['kept'][number] {
  return tagged.length === 0 ? name : { ...name, tagged: tagged.map(({ tag, rule }) => ({ tag: tag.label, rule })) };
}

function toName({ id, title, sortAt }: RecordedEntry<SafeHtml>): NamedEntry {
  return { id, title, sortAt };
}

/**
 * Reads sources with their polling state, and the numbers on the desk's page of one source.
 */
import { dayMs } from '../../../domain/duration.ts';
import { hostOf } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Source, SourceId } from '../../../domain/source.ts';
import { type SourceState, toInitialState } from '../../../domain/source-state.ts';
import type { Tag } from '../../../domain/tag.ts';
import {
  chartedDays,
  type SourceDetails,
  type SourceReport,
  type SourceTable,
} from '../../../pipeline/archive-owner.ts';
import { pauseEndOf } from '../../../pipeline/host-pause.ts';
import type { SourcePage, SourcePlace, SubscriptionPage } from '../../../pipeline/source-list.ts';
import { type SourceQuestion, selectSources } from '../../../pipeline/source-table.ts';
import { ownEntriesSql } from '../duplicates/shown-members.ts';
import type { ArchiveState } from '../ground/state.ts';
import { loadHostPauses } from '../jobs/open-requests.ts';
import { reportNewsletter } from '../rows/newsletter-rows.ts';
import { findSource, findState, listSources } from '../rows/source-rows.ts';
import { findSubscriptionOf } from '../rows/subscription-rows.ts';

/** One part stays well under the 32 MiB that RPC carries. Unit: UTF-16 units of JSON. */
const pageLength = 2_000_000;

/** The part of all sources, by title, that comes after `after`. */
export function reportPage(archive: ArchiveState, after: SourcePlace | undefined, now: Instant): SourcePage {
  const places = archive.sql
    .exec<{ title: string; id: string }>(
      'SELECT title, id FROM source WHERE (title, id) > (?, ?) ORDER BY title, id',
      after?.title ?? '',
      after?.id ?? '',
    )
    .toArray();
  const reports: SourceReport[] = [];
  let length = 0;
  for (const { title, id } of places) {
    const report = reportSource(archive, id as SourceId, now);
    if (report === undefined) continue;
    reports.push(report);
    length += JSON.stringify(report).length;
    if (length > pageLength) return { reports, next: { title, id: id as SourceId } };
  }
  return { reports };
}

/** The same part without polling states. */
export function subscriptionPage({ sql }: ArchiveState, after: SourcePlace | undefined): SubscriptionPage {
  const sources: Source[] = [];
  let length = 0;
  for (const source of listSources(sql, after)) {
    sources.push(source);
    length += JSON.stringify(source).length;
    if (length > pageLength) return { sources, next: { title: source.title, id: source.id } };
  }
  return { sources };
}

/** All sources one after the other: the states of ten thousand sources are 40 MB and are never held at once. */
export function* reportEach({ sql, totals }: ArchiveState, now: Instant): Generator<SourceReport> {
  const sources = new Map(listSources(sql).map((source) => [source.id, source]));
  const states = sql.exec<{ id: string; state: string | null }>(
    'SELECT s.id AS id, c.state AS state FROM source s LEFT JOIN source_state c ON c.source_id = s.id ORDER BY s.title, s.id',
  );
  for (const { id, state } of states) {
    const source = sources.get(id as SourceId);
    if (source === undefined) continue;
    const entries = totals.countOf('sources', id) ?? 0;
    yield { source, state: state === null ? toInitialState(now) : JSON.parse(state), entries };
  }
}

/** One source with its state. */
export function reportSource({ sql, totals }: ArchiveState, id: SourceId, now: Instant): SourceReport | undefined {
  const source = findSource(sql, id);
  if (source === undefined) return undefined;
  const state = findState(sql, id) ?? toInitialState(now);
  const subscription = findSubscriptionOf(sql, id);
  return {
    source,
    state: withPause(source, state, loadHostPauses(sql), now),
    entries: source.isPrivate === true ? countPrivate(sql, id) : (totals.countOf('sources', id) ?? 0),
    ...(subscription === undefined ? {} : { subscription }),
    ...(source.kind === 'newsletter' && { newsletter: reportNewsletter(sql, id) }),
  };
}

/** Entries that only views with a key show. */
function countPrivate(sql: SqlStorage, id: SourceId): number {
  return sql
    .exec<{ amount: number }>(
      "SELECT COUNT(*) AS amount FROM entry WHERE retired_why = 'private' AND source_id = ? AND retired_at IS NOT NULL",
      id,
    )
    .one().amount;
}

/** The state with the next check that the host allows, if another feed of the host was told to wait (`Retry-After`). */
function withPause(
  source: Source,
  state: SourceState,
  pauses: ReadonlyMap<string, Instant>,
  now: Instant,
): SourceState {
  if (pauses.size === 0 || state.stopped) return state;
  const host = hostOf(source.url);
  const pausedUntil = pauses.get(host);
  const until = pausedUntil === undefined ? undefined : pauseEndOf({ leases: [], pausedUntil }, now);
  if (until === undefined || until <= state.nextCheckAt) return state;
  return { ...state, nextCheckAt: until, nextCheckWhy: `${host} asked all its readers for patience (Retry-After)` };
}

/** One page of the owner's list. */
export function tabulateSources(archive: ArchiveState, question: SourceQuestion, now: Instant): SourceTable {
  const { ids, troubled, ...counts } = selectSources(reportEach(archive, now), question);
  const report = (id: SourceId): readonly SourceReport[] => {
    const found = reportSource(archive, id, now);
    return found === undefined ? [] : [found];
  };
  return { ...counts, reports: ids.flatMap(report), troubled: troubled.flatMap(report) };
}

/** Entries whose tags are counted: enough to see what rules do, and a bounded read. */
const maxTagged = 200;

/** Counts the entries of each charted day, and the tags of the newest entries. Entries that are not shown do not count. */
export function readSourceDetails(sql: SqlStorage, id: SourceId, now: Instant): SourceDetails {
  const days = Array.from({ length: chartedDays }, () => 0);
  const rows = sql.exec<{ back: number; amount: number }>(
    `SELECT CAST((?1 - sort_at) / ${dayMs} AS INTEGER) AS back, COUNT(*) AS amount FROM (${ownEntriesSql('?2')})
      WHERE sort_at > ?3 AND sort_at <= ?1 GROUP BY back`,
    now,
    id,
    now - chartedDays * dayMs,
  );
  for (const { back, amount } of rows) days[chartedDays - 1 - back] = amount;
  const tags: Record<string, number> = {};
  let lookedAt = 0;
  for (const row of sql.exec<{ tags: string }>(
    `SELECT tags FROM (${ownEntriesSql('?1')}) ORDER BY sort_at DESC, id DESC LIMIT ${maxTagged}`,
    id,
  )) {
    lookedAt += 1;
    for (const { slug } of JSON.parse(row.tags) as readonly Tag[]) tags[slug] = (tags[slug] ?? 0) + 1;
  }
  return { days, tags, lookedAt };
}

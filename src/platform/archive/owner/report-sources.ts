/**
 * Reads sources together with what the poller knows about them.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { SourceId } from '../../../domain/source.ts';
import { toInitialState } from '../../../domain/source-state.ts';
import type { SourceReport, SourceTable } from '../../../pipeline/archive-owner.ts';
import { type SourceQuestion, selectSources } from '../../../pipeline/source-table.ts';
import type { ArchiveState } from '../ground/state.ts';
import { findSource, findState, listSources } from '../rows/source-rows.ts';

/** All sources with their states, by title. */
export function reportSources(archive: ArchiveState, now: Instant): readonly SourceReport[] {
  return [...reportEach(archive, now)];
}

/** The same, one after the other: the states of ten thousand sources are not held at once. */
export function* reportEach({ sql, totals }: ArchiveState, now: Instant): Generator<SourceReport> {
  for (const source of listSources(sql)) {
    const state = findState(sql, source.id) ?? toInitialState(now);
    yield { source, state, entries: totals.countOf('source', source.id) ?? 0 };
  }
}

/** One source with its state. */
export function reportSource({ sql, totals }: ArchiveState, id: SourceId, now: Instant): SourceReport | undefined {
  const source = findSource(sql, id);
  if (source === undefined) return undefined;
  const state = findState(sql, id) ?? toInitialState(now);
  return { source, state, entries: totals.countOf('source', id) ?? 0 };
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

/**
 * Counts what each saved view brought in the last seven days, and who read it.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { CountedView } from '../../../pipeline/archive-owner.ts';
import { narrowQuery } from '../../../query/language/narrow.ts';
import { parseQuery } from '../../../query/language/parse-query.ts';
import { findPlaces } from '../answers/find-places.ts';
import type { ArchiveState } from '../ground/state.ts';
import { listViews } from '../rows/view-rows.ts';
import { countReaders } from './view-readers.ts';

/** Entries that are counted of one view. */
const maxCounted = 200;

/** All views, by name, each with its count. A view that cannot select anything in this time has 0. */
export function countViews(archive: ArchiveState, now: Instant): readonly CountedView[] {
  const week = parseQuery(new URLSearchParams({ since: '7d', limit: String(maxCounted) }));
  return listViews(archive.sql).map((view) => {
    const query = parseQuery(new URLSearchParams(view.query));
    const narrowed = query.ok && week.ok ? narrowQuery(query.value, week.value, now) : undefined;
    const readers = countReaders(archive.sql, view.name, now);
    if (narrowed?.ok !== true) return { view, week: { amount: 0, more: false }, readers };
    const { places, more } = findPlaces(archive, { ...narrowed.value, limit: maxCounted }, now);
    return { view, week: { amount: places.length, more }, readers };
  });
}

/**
 * Decides when a view last changed for its readers: by its entries, or in a way that none of them shows.
 *
 * The Archive notes the latter by tag and source (platform/archive/ground/note-view-changes.ts).
 */
import type { Instant } from '../domain/instant.ts';
import type { Group, Query } from '../query/language/query.ts';
import type { SelectedEntry } from './selection.ts';
import type { ViewPlace } from './view-address.ts';
import type { ArchiveTotals } from './window.ts';

/** The name for changes that concern every view. */
export const everyView = '*';

/** The name under which changes of a tag are noted. */
export function nameOfTag(slug: string): string {
  return `tag ${slug}`;
}

/** The name under which changes of a source are noted. */
export function nameOfSource(id: string): string {
  return `source ${id}`;
}

/**
 * When the view changed: the last change of its newest entry, or a later departure; `undefined` when it never had an
 * entry.
 */
export function changedAt(
  place: ViewPlace,
  query: Pick<Query, 'tags' | 'sources'>,
  entries: readonly SelectedEntry[],
  { changes = {} }: Pick<ArchiveTotals, 'changes'>,
): Instant | undefined {
  const names = namesOf(place, query) ?? Object.keys(changes);
  let newest = 0;
  for (const name of [everyView, ...names]) newest = Math.max(newest, changes[name] ?? 0);
  for (const entry of entries) newest = Math.max(newest, entry.modified);
  return newest === 0 ? undefined : (newest as Instant);
}

/** The names of which every entry of the view has one; `undefined` when any entry may be in it. */
function namesOf(place: ViewPlace, query: Pick<Query, 'tags' | 'sources'>): readonly string[] | undefined {
  if (place.kind === 'tag') return [nameOfTag(place.name)];
  if (place.kind === 'source') return [nameOfSource(place.name)];
  const queries = place.kind === 'view' ? [query, place.query] : [query];
  return (
    membersOfOne(queries.flatMap(({ sources }) => sources))?.map(nameOfSource) ??
    membersOfOne(queries.flatMap(({ tags }) => tags))?.map(nameOfTag)
  );
}

function membersOfOne(groups: readonly Group[]): readonly string[] | undefined {
  return groups.flatMap((group) => ('anyOf' in group ? [group.anyOf] : []))[0];
}

/**
 * A place nobody ever filed anything under is a mistake in the address: says which places are near.
 */
import { nearSlugs } from '../query/language/near.ts';
import type { ViewPlace } from '../window/view-address.ts';
import type { ArchiveTotals } from '../window/window.ts';
import { toProblemResponse } from './problem.ts';

/** Whether anything was ever filed under a place. */
export function isPlaced(place: ViewPlace, totals: ArchiveTotals): boolean {
  if (place.kind === 'tag') return totals.tags.some((tag) => tag.slug === place.name);
  return place.kind !== 'source' || totals.sources.some((source) => source.id === place.name);
}

/** The 404 for a tag or source that is not there. */
export function describeMissing(place: ViewPlace, totals: ArchiveTotals): Response {
  if (place.kind === 'source') {
    return toProblemResponse({
      status: 404,
      title: 'Unknown source',
      detail: `There is no source "${place.name}". /opml.xml lists all sources.`,
      source: place.name,
    });
  }
  const near = nearSlugs(
    place.name,
    totals.tags.map((tag) => tag.slug),
  );
  const hint = near.length === 0 ? '' : ` Near ones: ${near.join(', ')}.`;
  return toProblemResponse({
    status: 404,
    title: 'Unknown tag',
    detail: `No entry has the tag "${place.name}".${hint} /tags.json lists all tags.`,
    tag: place.name,
    near,
  });
}

/**
 * Answers for tags and sources that do not exist: redirects to the one that is meant, or names similar ones.
 */
import { toSlug } from '../domain/tag.ts';
import { nearSlugs } from '../query/language/near.ts';
import type { ViewPlace } from '../window/view-address.ts';
import type { ArchiveTotals } from '../window/window.ts';
import type { FeedSources } from './answer.ts';
import { toProblemResponse } from './problem.ts';

/** Whether any entry was ever filed under a place. */
export function isPlaced(place: ViewPlace, totals: ArchiveTotals): boolean {
  if (place.kind === 'tag') return totals.isCut === true || totals.tags.some((tag) => tag.slug === place.name);
  if (place.kind !== 'source') return true;
  return totals.isCut === true || totals.sources.some((source) => source.id === place.name);
}

/**
 * The answer for an unknown tag or source. The id of a merged source redirects permanently to the source that has its
 * entries; `toAddress` makes the address.
 */
export async function answerMissing(
  { archive }: Pick<FeedSources, 'archive'>,
  place: ViewPlace,
  totals: ArchiveTotals,
  toAddress: (place: ViewPlace) => string,
): Promise<Response> {
  if (place.kind === 'tag') {
    const slug = meantSlug(place.name, totals);
    if (slug !== undefined) return redirectForGood(toAddress({ kind: 'tag', name: slug }));
  }
  const name = place.kind === 'source' ? await archive.mergedSource(place.name) : undefined;
  if (name === undefined) return describeMissing(place, totals);
  return redirectForGood(toAddress({ kind: 'source', name }));
}

/** The tag that another spelling means: its label, other case, width or composition. */
function meantSlug(name: string, { tags }: ArchiveTotals): string | undefined {
  const slug = toSlug(name);
  if (slug === '') return undefined;
  return (tags.find((tag) => tag.slug === slug) ?? tags.find((tag) => toSlug(tag.label) === slug))?.slug;
}

/** A redirect (308) to another address of ours. */
export function redirectForGood(address: string): Response {
  return new Response(null, {
    status: 308,
    headers: { Location: address, 'Cache-Control': 'public, max-age=3600', 'Access-Control-Allow-Origin': '*' },
  });
}

function describeMissing(place: ViewPlace, totals: ArchiveTotals): Response {
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

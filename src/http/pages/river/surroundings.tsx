/**
 * What stands beside a river: when its entries came, and the tags that lead further.
 */

import type { Instant } from '../../../domain/instant.ts';
import { type Markup, nothing } from '../../../page/markup.ts';
import { everything } from '../../../query/language/query.ts';
import { matches } from '../../../query/match/matches.ts';
import type { ViewPlace } from '../../../window/view-address.ts';
import type { ArchiveTotals, Window } from '../../../window/window.ts';
import { placedQuery } from '../../placed-query.ts';
import { countActivity, toActivityScale } from '../parts/activity.ts';
import { Chart } from '../parts/chart.tsx';
import { TagLinks } from '../parts/tag-links.tsx';

/** Tags offered beside a river. */
const maxTags = 30;

interface SurroundingsProps {
  readonly place: ViewPlace;
  readonly totals: ArchiveTotals;
  /** Without a window there is no chart. */
  readonly window: Window | undefined;
}

/** The complementary part of a page. */
export function Surroundings({ place, totals, window }: SurroundingsProps): Markup {
  const query = placedQuery(place, everything);
  const entries = (window?.entries ?? []).filter((entry) => matches(query, entry, 0 as Instant));
  const tags = place.kind === 'all' ? totals.tags.slice(0, maxTags) : neighbouringTags(place, entries, totals);
  const instants = entries.map((entry) => entry.sortAt);
  const scale = toActivityScale(instants);
  if (scale === undefined && tags.length === 0) return nothing;
  return (
    <aside class="aside" aria-label="More">
      {scale !== undefined && (
        <section>
          <h2>Entries per {scale.unit}</h2>
          <Chart scale={scale} counts={countActivity(scale, instants)} />
        </section>
      )}
      {tags.length > 0 && (
        <section>
          <h2>{place.kind === 'all' ? 'Tags' : 'Often together with'}</h2>
          <TagLinks tags={tags} />
          {place.kind === 'all' && totals.tags.length > maxTags && (
            <a class="more" href="/tags">
              All {totals.tags.length} tags
            </a>
          )}
        </section>
      )}
    </aside>
  );
}

/** Tags of the same entries, most used first. */
function neighbouringTags(
  place: ViewPlace,
  entries: readonly { readonly tags: readonly string[] }[],
  totals: ArchiveTotals,
): { readonly slug: string; readonly label: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { tags } of entries) for (const slug of tags) counts.set(slug, (counts.get(slug) ?? 0) + 1);
  if (place.kind === 'tag') counts.delete(place.name);
  const labels = new Map(totals.tags.map(({ slug, label }) => [slug, label]));
  return [...counts]
    .sort(([a, more], [b, less]) => less - more || (a < b ? -1 : 1))
    .slice(0, maxTags / 2)
    .map(([slug, count]) => ({ slug, label: labels.get(slug) ?? slug, count }));
}

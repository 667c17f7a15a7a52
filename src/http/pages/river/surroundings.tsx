/**
 * Shows what is beside a river: when its entries came, and their most frequent tags.
 */

import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import { type Markup, nothing } from '../../../page/markup.ts';
import { everything, isEverything, type Query } from '../../../query/language/query.ts';
import { createMatcher } from '../../../query/match/matches.ts';
import type { ViewPlace } from '../../../window/view-address.ts';
import type { ArchiveTotals, Window } from '../../../window/window.ts';
import type { Answer } from '../../answer.ts';
import { placedQuery } from '../../placed-query.ts';
import { countActivity, toActivityScale } from '../parts/activity.ts';
import { Chart } from '../parts/chart.tsx';
import { groupTags, TagLinks } from '../parts/tag-links.tsx';

/** Tags offered beside a river. */
const maxTags = 30;

interface SurroundingsProps {
  readonly place: ViewPlace;
  /** Without a cursor. */
  readonly query: Query;
  readonly answer: Answer;
  readonly window: Window | undefined;
  readonly now: Instant;
}

/**
 * The part beside the river; it follows the filter. The window has no text, so for a search by words only the entries of
 * this page count.
 */
export function Surroundings({ place, query, answer, window, now }: SurroundingsProps): Markup {
  const { totals, selection } = answer;
  const placed = placedQuery(place, query, now);
  const shown = new Set(selection.entries.map(({ id }) => id));
  const isShown = placed.text === undefined ? createMatcher(placed, now) : ({ id }: { id: EntryId }) => shown.has(id);
  const entries = (window?.entries ?? []).filter(isShown);
  const isWhole = isEverything({
    ...placed,
    limit: everything.limit,
    content: everything.content,
    titles: everything.titles,
  });
  const tags = isWhole
    ? groupTags(totals.tags.slice(0, 2 * maxTags), totals, window).topics.slice(0, maxTags)
    : neighbouringTags(place, entries, totals);
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
          <h2>{isWhole ? 'Topics' : 'Often together with'}</h2>
          <TagLinks tags={tags} />
          {isWhole && totals.tags.length > maxTags && (
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

/**
 * All tags, with how many entries each has and when they came.
 */

import { type Markup, nothing } from '../../../page/markup.ts';
import { count, group } from '../../../page/plural.ts';
import { everything } from '../../../query/language/query.ts';
import { everywhere } from '../../../window/view-address.ts';
import type { FeedSources } from '../../feeds/feeds.ts';
import { toProblemResponse } from '../../problem.ts';
import { Page, toFrame, toPageContext } from '../frame/layout.tsx';
import type { MadePage } from '../frame/page-response.ts';
import { type ActivityScale, countActivity, toActivityScale } from '../parts/activity.ts';
import { Bars, Figures, type Series } from '../parts/chart.tsx';
import { toFeedLinks } from '../parts/subscribe.tsx';
import { tagPath } from '../parts/tag-links.tsx';
import { type Inventory, takeInventory, toListPage } from './inventory.ts';
import { PartLinks, partOf } from './list-parts.tsx';

/** Tags on one page. */
const pageSize = 300;

/** Tags whose activity is drawn; the rest are used too seldom to show any. */
const maxCharts = 60;

/** Columns of the table behind the charts. */
const maxColumns = 8;

/** Makes the page. */
export async function makeTagsPage(sources: FeedSources, url: URL): Promise<MadePage | Response> {
  const inventory = await takeInventory(sources);
  const { tags } = inventory.totals;
  const part = partOf(tags, url.searchParams.get('page'), pageSize);
  if (part === undefined) {
    return toProblemResponse({
      status: 404,
      title: 'No such page',
      detail: 'The list of tags at /tags has fewer pages.',
    });
  }
  const context = toPageContext(sources.config, url);
  const { siteTitle } = sources.config;
  const activity = part.page === 1 ? tagActivity(inventory) : undefined;
  const head = {
    title: `Tags · ${siteTitle}`,
    description: `All ${count(tags.length, 'tag')} of ${siteTitle}, each with feeds of its own.`,
    canonical: `${context.origin}/tags`,
    feeds: toFeedLinks(context.origin, everywhere, everything, siteTitle),
    current: '/tags',
  };
  const page = (
    <Page context={context} head={head}>
      <h1>Tags</h1>
      <p class="lede">
        {tags.length === 0
          ? 'There are no tags yet. They come with entries: from folders of seeds, from sources and from rules.'
          : 'Every tag has its own page and feeds. The small bars show when its entries came.'}
      </p>
      <ul class="all-tags">
        {part.items.map(({ slug, label, count }) => (
          <li>
            <a href={tagPath(slug)}>
              <bdi>{label}</bdi>
            </a>
            <TagSpark activity={activity} slug={slug} label={label} />
            <span class="count">{group(count)}</span>
          </li>
        ))}
      </ul>
      {activity !== undefined && (
        <Figures scale={activity.scale} series={[...activity.series.values()].slice(0, maxColumns)} />
      )}
      <PartLinks path="/tags" part={part} />
      <p class="more">
        For programs: <a href="/tags.json">tags.json</a>
      </p>
    </Page>
  );
  return toListPage(toFrame(page), inventory, sources.now());
}

interface TagActivity {
  readonly scale: ActivityScale;
  readonly series: ReadonlyMap<string, Series>;
}

function tagActivity({ totals, window }: Inventory): TagActivity | undefined {
  const entries = window?.entries ?? [];
  const scale = toActivityScale(entries.map(({ sortAt }) => sortAt));
  if (scale === undefined) return undefined;
  const series = totals.tags.slice(0, maxCharts).map(({ slug, label }): [string, Series] => [
    slug,
    {
      label,
      counts: countActivity(
        scale,
        entries.filter(({ tags }) => tags.includes(slug)).map(({ sortAt }) => sortAt),
      ),
    },
  ]);
  return { scale, series: new Map(series) };
}

function TagSpark({
  activity,
  slug,
  label,
}: {
  readonly activity: TagActivity | undefined;
  readonly slug: string;
  readonly label: string;
}): Markup {
  const series = activity?.series.get(slug);
  if (activity === undefined || series === undefined) return nothing;
  return <Bars counts={series.counts} label={`Entries per ${activity.scale.unit} tagged ${label}`} size="spark" />;
}

/**
 * Shows all tags, with the number of their entries and when these came.
 */

import type { Instant } from '../../../domain/instant.ts';
import { type Markup, nothing } from '../../../page/markup.ts';
import { count, group } from '../../../page/plural.ts';
import { everything } from '../../../query/language/query.ts';
import { everywhere } from '../../../window/view-address.ts';
import type { TagTotal } from '../../../window/window.ts';
import type { FeedSources } from '../../feeds/feeds.ts';
import { toProblemResponse } from '../../problem.ts';
import { Page, toFrame, toPageContext } from '../frame/layout.tsx';
import type { MadePage } from '../frame/page-response.ts';
import { type ActivityScale, countActivity, partName, toYearScale } from '../parts/activity.ts';
import { Bars, Figures, type Series } from '../parts/chart.tsx';
import { toFeedLinks } from '../parts/subscribe.tsx';
import { groupTags, tagPath } from '../parts/tag-links.tsx';
import { type Inventory, takeInventory, toListPage } from './inventory.ts';
import { PartLinks, partOf } from './list-parts.tsx';

/** Tags on one page. */
const pageSize = 300;

/** How many tags have a drawing of activity; the others are used too seldom. */
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
  const groups = groupTags(part.items, inventory.totals, inventory.window);
  const page = (
    <Page context={context} head={head}>
      <h1>Tags</h1>
      <p class="lede">
        {tags.length === 0
          ? 'There are no tags yet. They come with entries: from folders of seeds, from sources and from rules.'
          : 'Every tag has its own page and feeds.'}
        {activity !== undefined &&
          ` The small bars show a year: the months from ${partName(activity.scale, 0)} to ${partName(activity.scale, activity.scale.length - 1)}.`}
      </p>
      <p class="filter" hidden>
        <label for="filter">Filter</label>
        <input id="filter" type="search" data-filter autocomplete="off" />
      </p>
      <TagGroup title="Topics" tags={groups.topics} activity={activity} />
      <TagGroup title="Sites" tags={groups.sites} activity={activity} />
      <TagGroup title="Languages" tags={groups.languages} activity={activity} />
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

interface TagGroupProps {
  readonly title: string;
  readonly tags: readonly TagTotal[];
  readonly activity: TagActivity | undefined;
}

function TagGroup({ title, tags, activity }: TagGroupProps): Markup {
  if (tags.length === 0) return nothing;
  return (
    <section class="tag-group">
      <h2>{title}</h2>
      <ul class="all-tags">
        {tags.map(({ slug, label, count }) => (
          <li>
            <a href={tagPath(slug)}>
              <bdi>{label}</bdi>
            </a>
            <TagSpark activity={activity} slug={slug} label={label} />
            <span class="count">{group(count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface TagActivity {
  readonly scale: ActivityScale;
  readonly series: ReadonlyMap<string, Series>;
}

/** The twelve months before the newest entry. */
function tagActivity({ totals, window }: Inventory): TagActivity | undefined {
  const entries = window?.entries ?? [];
  const scale = toYearScale(entries.map(({ sortAt }) => sortAt));
  if (scale === undefined) return undefined;
  const instants = new Map<string, Instant[]>();
  for (const { tags, sortAt } of entries) {
    for (const slug of tags) {
      const own = instants.get(slug);
      if (own === undefined) instants.set(slug, [sortAt]);
      else own.push(sortAt);
    }
  }
  const series = totals.tags
    .slice(0, maxCharts)
    .map(({ slug, label }): [string, Series] => [
      slug,
      { label, counts: countActivity(scale, instants.get(slug) ?? []) },
    ]);
  return { scale, series: new Map(series) };
}

interface TagSparkProps {
  readonly activity: TagActivity | undefined;
  readonly slug: string;
  readonly label: string;
}

function TagSpark({ activity, slug, label }: TagSparkProps): Markup {
  const series = activity?.series.get(slug);
  if (activity === undefined || series === undefined) return nothing;
  return <Bars counts={series.counts} label={`Entries per month of a year, tagged ${label}`} size="spark" />;
}

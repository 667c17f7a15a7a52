/**
 * All tags, with how many entries each has and when they came.
 */

import { html, type Markup } from '../../../page/html.ts';
import { count, group } from '../../../page/plural.ts';
import { everything } from '../../../query/language/query.ts';
import { everywhere } from '../../../window/view-address.ts';
import type { FeedSources } from '../../feeds/feeds.ts';
import { toProblemResponse } from '../../problem.ts';
import { pageFrame } from '../frame/layout.tsx';
import { toPageContext } from '../frame/page-context.ts';
import type { MadePage } from '../frame/page-response.ts';
import { type ActivityScale, countActivity, toActivityScale } from '../parts/activity.ts';
import { renderBars, renderFigures, type Series } from '../parts/chart.tsx';
import { toFeedLinks } from '../parts/subscribe.tsx';
import { tagPath } from '../parts/tag-links.tsx';
import { type Inventory, takeInventory, toListPage } from './inventory.ts';
import { partOf, renderParts } from './list-parts.tsx';

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
    feeds: toFeedLinks(context, everywhere, everything, siteTitle),
    current: '/tags',
  };
  const main = html`<h1>Tags</h1><p class="lede">${
    tags.length === 0
      ? 'There are no tags yet. They come with entries: from folders of seeds, from sources and from rules.'
      : 'Every tag has its own page and feeds. The small bars show when its entries came.'
  }</p><ul class="all-tags">${part.items.map(
    ({ slug, label, count }) =>
      html`<li><a href="${tagPath(slug)}"><bdi>${label}</bdi></a>${renderSpark(activity, slug, label)}<span class="count">${group(count)}</span></li>`,
  )}</ul>${activity !== undefined && renderFigures(activity.scale, [...activity.series.values()].slice(0, maxColumns))}${renderParts('/tags', part)}<p class="more">For programs: <a href="/tags.json">tags.json</a></p>`;
  return toListPage(pageFrame(context, head, main, html``), inventory, sources.now());
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

function renderSpark(activity: TagActivity | undefined, slug: string, label: string): Markup {
  const series = activity?.series.get(slug);
  if (activity === undefined || series === undefined) return html``;
  return renderBars({ ...series, label: `Entries per ${activity.scale.unit} tagged ${label}` }, 'spark');
}

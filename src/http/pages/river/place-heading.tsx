/**
 * The top of a river page: what is listed here, how much there is, and what narrows it.
 */

import { html, type Markup } from '../../../page/html.ts';
import { Moment } from '../../../page/moment.tsx';
import { count } from '../../../page/plural.ts';
import { canonicalQuery } from '../../../query/language/canonical.ts';
import { everything, type Query } from '../../../query/language/query.ts';
import { pageAddress, type ViewPlace } from '../../../window/view-address.ts';
import type { ArchiveTotals } from '../../../window/window.ts';
import { placedQuery } from '../../placed-query.ts';
import type { PageContext } from '../frame/page-context.ts';
import { describeQuery } from '../parts/query-words.ts';

/** The heading of a place with its facts. */
export function describePlace({ config }: PageContext, place: ViewPlace, query: Query, totals: ArchiveTotals): Markup {
  return html`${describeWhere(config, place, totals)}${describeNarrowing(place, query, totals)}`;
}

function describeWhere(config: PageContext['config'], place: ViewPlace, totals: ArchiveTotals): Markup {
  switch (place.kind) {
    case 'all':
      return html`<h1>Latest entries</h1><p class="lede" dir="auto">${config.siteDescription}</p>${
        totals.entries > 0 &&
        html`<p class="facts"><span>${count(totals.entries, 'entry', 'entries')} from ${count(totals.sources.filter((source) => source.count > 0).length, 'source')}</span><span>Updated ${Moment({ at: totals.updated })}</span></p>`
      }`;
    case 'tag': {
      const tag = totals.tags.find(({ slug }) => slug === place.name);
      return html`<h1 dir="auto">${tag?.label ?? place.name}</h1>${
        tag !== undefined &&
        html`<p class="facts"><span>${count(tag.count, 'entry', 'entries')} with this tag</span><span>Updated ${Moment({ at: tag.updated })}</span></p>`
      }`;
    }
    case 'source': {
      const source = totals.sources.find(({ id }) => id === place.name);
      return html`<h1 dir="auto">${source?.title ?? place.name}</h1>${
        source !== undefined &&
        html`<p class="facts"><span>${count(source.count, 'entry', 'entries')} from this source</span><span>Updated ${Moment({ at: source.updated })}</span>${
          source.siteUrl !== undefined && html`<a href="${source.siteUrl}" rel="external">The site itself</a>`
        }${source.feedUrl !== undefined && html`<a href="${source.feedUrl}" rel="external">Its own feed</a>`}</p>`
      }`;
    }
    case 'view':
      return html`<h1 dir="auto">${place.title}</h1>`;
  }
}

/** A view that is less than its place says so, and how to change that. */
function describeNarrowing(place: ViewPlace, query: Query, totals: ArchiveTotals): Markup {
  const words = describeQuery(query, totals);
  if (words === '') return html``;
  const { before: _, ...newest } = query;
  const whole = { ...everything, limit: query.limit, content: query.content };
  return html`<p class="facts"><span>Only ${words}.</span><a href="/search?${canonicalQuery(placedQuery(place, newest))}">Change this</a><a href="${pageAddress(place, whole)}">Show all</a></p>`;
}

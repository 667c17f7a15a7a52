/**
 * The top of a river page: what is listed here, how much there is, and what narrows it.
 */

import type { Instant } from '../../../domain/instant.ts';
import { type Markup, nothing } from '../../../page/markup.ts';
import { Moment } from '../../../page/moment.tsx';
import { count } from '../../../page/plural.ts';
import { canonicalQuery } from '../../../query/language/canonical.ts';
import { everything, type Query } from '../../../query/language/query.ts';
import { pageAddress, type ViewPlace } from '../../../window/view-address.ts';
import type { ArchiveTotals, SourceTotal } from '../../../window/window.ts';
import { placedQuery } from '../../placed-query.ts';
import type { PageContext } from '../frame/layout.tsx';
import { describeQuery } from '../parts/query-words.ts';

interface PlaceProps {
  readonly context: PageContext;
  readonly place: ViewPlace;
  readonly query: Query;
  readonly totals: ArchiveTotals;
}

/** The heading of a place with its facts. */
export function PlaceHeading({ context, place, query, totals }: PlaceProps): Markup {
  return (
    <>
      <Place description={context.config.siteDescription} place={place} totals={totals} />
      <Narrowing place={place} query={query} totals={totals} />
    </>
  );
}

interface WhereProps {
  readonly description: string;
  readonly place: ViewPlace;
  readonly totals: ArchiveTotals;
}

function Place({ description, place, totals }: WhereProps): Markup {
  switch (place.kind) {
    case 'all': {
      const active = totals.sources.filter((source) => source.count > 0).length;
      return (
        <>
          <h1>Latest entries</h1>
          <p class="lede" dir="auto">
            {description}
          </p>
          {totals.entries > 0 && (
            <p class="facts">
              <span>
                {count(totals.entries, 'entry', 'entries')} from {count(active, 'source')}
              </span>
              <Updated at={totals.updated} />
            </p>
          )}
        </>
      );
    }
    case 'tag': {
      const tag = totals.tags.find(({ slug }) => slug === place.name);
      return (
        <>
          <h1 dir="auto">{tag?.label ?? place.name}</h1>
          {tag !== undefined && (
            <p class="facts">
              <span>{count(tag.count, 'entry', 'entries')} with this tag</span>
              <Updated at={tag.updated} />
            </p>
          )}
        </>
      );
    }
    case 'source': {
      const source = totals.sources.find(({ id }) => id === place.name);
      return (
        <>
          <h1 dir="auto">{source?.title ?? place.name}</h1>
          {source !== undefined && <SourceFacts source={source} />}
        </>
      );
    }
    case 'view':
      return <h1 dir="auto">{place.title}</h1>;
  }
}

function SourceFacts({ source }: { readonly source: SourceTotal }): Markup {
  return (
    <p class="facts">
      <span>{count(source.count, 'entry', 'entries')} from this source</span>
      <Updated at={source.updated} />
      {source.siteUrl !== undefined && (
        <a href={source.siteUrl} rel="external">
          The site itself
        </a>
      )}
      {source.feedUrl !== undefined && (
        <a href={source.feedUrl} rel="external">
          Its own feed
        </a>
      )}
    </p>
  );
}

function Updated({ at }: { readonly at: Instant }): Markup {
  return (
    <span>
      Updated <Moment at={at} />
    </span>
  );
}

/** A view that is less than its place says so, and how to change that. */
function Narrowing({ place, query, totals }: Omit<PlaceProps, 'context'>): Markup {
  const words = describeQuery(query, totals);
  if (words === '') return nothing;
  const { before: _, ...newest } = query;
  const whole = { ...everything, limit: query.limit, content: query.content };
  return (
    <p class="facts">
      <span>Only {words}.</span>
      <a href={`/search?${canonicalQuery(placedQuery(place, newest))}`}>Change this</a>
      <a href={pageAddress(place, whole)}>Show all</a>
    </p>
  );
}

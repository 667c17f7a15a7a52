/**
 * Shows the top of a river page: its name, its numbers, and the filter that narrows it.
 */

import type { Instant } from '../../../domain/instant.ts';
import { SourceIcon } from '../../../page/drawings.tsx';
import { type Markup, nothing } from '../../../page/markup.ts';
import { Moment } from '../../../page/moment.tsx';
import { capitalised, count } from '../../../page/plural.ts';
import { canonicalQuery } from '../../../query/language/canonical.ts';
import { everything, type Query } from '../../../query/language/query.ts';
import { pageAddress, type ViewPlace } from '../../../window/view-address.ts';
import type { ArchiveTotals, SourceTotal } from '../../../window/window.ts';
import { placedQuery } from '../../placed-query.ts';
import type { PageContext } from '../frame/layout.tsx';
import { describeRhythm } from '../parts/activity.ts';

/** The filter of the query in words, and the number of its entries. */
export interface Narrowing {
  readonly words: string;
  readonly found: string;
}

interface PlaceProps {
  readonly context: PageContext;
  readonly place: ViewPlace;
  /** Without a cursor. */
  readonly query: Query;
  readonly totals: ArchiveTotals;
  readonly narrowing: Narrowing | undefined;
  /** When the published entries of the place came, newest first. */
  readonly instants: readonly Instant[];
  readonly now: Instant;
}

/** The heading of a place with its facts; of a filtered place, with the facts of its filtered entries. */
export function PlaceHeading({ context, place, query, totals, narrowing, instants, now }: PlaceProps): Markup {
  const description = context.config.siteDescription;
  return (
    <>
      <Place
        description={description}
        place={place}
        totals={totals}
        hasFacts={narrowing === undefined}
        instants={instants}
        now={now}
      />
      {narrowing !== undefined && <NarrowedTo place={place} query={query} narrowing={narrowing} />}
    </>
  );
}

interface WhereProps {
  readonly description: string;
  readonly place: ViewPlace;
  readonly totals: ArchiveTotals;
  readonly hasFacts: boolean;
  readonly instants: readonly Instant[];
  readonly now: Instant;
}

function Place({ description, place, totals, hasFacts, instants, now }: WhereProps): Markup {
  switch (place.kind) {
    case 'all': {
      const active = totals.sources.filter((source) => source.count > 0).length;
      return (
        <>
          <h1>Latest entries</h1>
          <p class="lede" dir="auto">
            {description}
          </p>
          {hasFacts && totals.entries > 0 && (
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
          {hasFacts && tag !== undefined && (
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
          <h1 class="with-icon" dir="auto">
            {source !== undefined && <SourceIcon id={source.id} />}
            <span>{source?.title ?? place.name}</span>
          </h1>
          {hasFacts && source !== undefined && <SaidOfItself source={source} />}
          {hasFacts && source !== undefined && <SourceFacts source={source} instants={instants} now={now} />}
        </>
      );
    }
    case 'view':
      return <h1 dir="auto">{place.title}</h1>;
  }
}

/** The picture and the description of the source's feed. */
function SaidOfItself({ source: { channel } }: { readonly source: SourceTotal }): Markup {
  const { image, description } = channel ?? {};
  if (image === undefined && description === undefined) return nothing;
  return (
    <div class="itself">
      {image !== undefined && <img src={image} alt="" width="96" height="96" loading="lazy" />}
      {description !== undefined && (
        <p class="lede" dir="auto" lang={channel?.language}>
          {description}
        </p>
      )}
    </div>
  );
}

const troubles = {
  failing: 'Its feed has not been readable for a day or more',
  gone: 'Its feed is gone; the entries stay',
} as const;

interface SourceFactsProps {
  readonly source: SourceTotal;
  readonly instants: readonly Instant[];
  readonly now: Instant;
}

function SourceFacts({ source, instants, now }: SourceFactsProps): Markup {
  const rhythm = describeRhythm(instants, now);
  return (
    <p class="facts">
      <span>{count(source.count, 'entry', 'entries')} from this source</span>
      {rhythm !== undefined && <span>{rhythm}</span>}
      {source.feedUrl !== undefined && (
        <span>{source.trouble === undefined ? 'Feed is well' : troubles[source.trouble]}</span>
      )}
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

/** Says that a filtered view shows only a part of its place, and how to change that. */
function NarrowedTo({ place, query, narrowing }: NarrowedProps): Markup {
  const whole = { ...everything, limit: query.limit, content: query.content };
  return (
    <p class="facts">
      <span>
        {capitalised(narrowing.found)}: only {narrowing.words}.
      </span>
      <a href={`/search?${canonicalQuery(placedQuery(place, query))}`}>Change this</a>
      <a href={pageAddress(place, whole)}>Show all</a>
    </p>
  );
}

interface NarrowedProps {
  readonly place: ViewPlace;
  readonly query: Query;
  readonly narrowing: Narrowing;
}

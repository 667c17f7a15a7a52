/**
 * Shows the river: the entries of a view as cards, newest first, with the ways to subscribe and to older entries.
 *
 * Cards are bytes from the window; only the frame around them is made here, once per view and window.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { FeedFormat } from '../../../domain/view.ts';
import type { Markup } from '../../../page/markup.ts';
import { groupsOf, type Query } from '../../../query/language/query.ts';
import { assemble } from '../../../window/assemble.ts';
import { nextPlace } from '../../../window/selection.ts';
import { pageAddress, type ViewPlace, withKey } from '../../../window/view-address.ts';
import { viewTitle } from '../../../window/view-head.ts';
import type { Window } from '../../../window/window.ts';
import { answerFrom } from '../../answer.ts';
import type { FeedSources } from '../../feeds/feeds.ts';
import { answerMissing, isPlaced } from '../../missing-place.ts';
import { placedQuery } from '../../placed-query.ts';
import { describeQuery } from '../../query-words.ts';
import { Cards, Page, toFrame, toPageContext } from '../frame/layout.tsx';
import { expiryOf, type MadePage } from '../frame/page-response.ts';
import { OfflineNote } from '../lists/list-parts.tsx';
import { Subscribe, toFeedLinks } from '../parts/subscribe.tsx';
import { countInWords } from '../search/match-count.ts';
import { Paging } from './paging.tsx';
import { PlaceHeading } from './place-heading.tsx';
import { Surroundings } from './surroundings.tsx';

/** Makes the page of a view; `opened` is the format whose address was opened in a browser tab. */
export async function makeRiver(
  sources: FeedSources,
  url: URL,
  place: ViewPlace,
  query: Query,
  opened?: FeedFormat,
): Promise<MadePage | Response> {
  const context = toPageContext(sources.config, url);
  const now = sources.now() as Instant;
  // The cards are the same, however much of an entry the feed is asked for.
  const asked = { ...placedQuery(place, query, now), content: 'full', titles: 'plain' } as const;
  const answer = await answerFrom(sources, asked, 'card', now);
  if (!isPlaced(place, answer.totals)) {
    return answerMissing(sources, place, answer.totals, (other) => pageAddress(other, query));
  }
  const { selection, totals } = answer;
  const { before: _, ...newest } = query;
  const words = describeQuery(newest, totals);
  const title = viewTitle(sources.config, place, totals, words);
  const links = toFeedLinks(context.origin, place, query, title);
  const last = nextPlace(selection);
  const older = last === undefined ? undefined : { ...query, before: last };
  const head = {
    title,
    description:
      place.kind === 'all' && words === '' ? sources.config.siteDescription : `The newest entries of ${title}.`,
    canonical: `${context.origin}${pageAddress(place, query)}`,
    feeds: links,
    ...(place.kind === 'all' ? { current: '/' } : {}),
    // Search engines get one page per place; its filtered views and older pages are left out.
    isIndexed: pageAddress(place, query) === pageAddress(place, newest) && isWhole(newest),
  };
  const window = await sources.window.index();
  const instants = place.kind === 'source' ? instantsOf(window, place.name) : [];
  const narrowing =
    words === ''
      ? undefined
      : { words, found: await countInWords(placedQuery(place, newest, now), answer, window, sources.archive, now) };
  const page = (
    <Page context={context} head={head}>
      <div class="columns two">
        <div>
          <OfflineNote totals={totals} />
          <PlaceHeading
            context={context}
            place={place}
            query={newest}
            totals={totals}
            narrowing={narrowing}
            instants={instants}
            now={now}
          />
          <Subscribe links={links} opened={opened} />
          <section class="river" aria-label="Entries">
            {selection.entries.length === 0 && <EmptyRiver place={place} query={query} newest={newest} />}
            <Cards />
          </section>
          <Paging place={place} newest={query.before === undefined ? undefined : newest} older={older} />
        </div>
        <Surroundings place={place} query={newest} answer={answer} window={window} now={now} />
      </div>
    </Page>
  );
  const updated = selection.entries.reduce<number>((latest, entry) => Math.max(latest, entry.modified), 0);
  return {
    ...assemble(toFrame(page), selection, updated as Instant),
    version: answer.version,
    expiresAt: expiryOf(answer, asked, now),
  };
}

/** When a source's published entries came, newest first. */
function instantsOf(window: Window | undefined, source: string): readonly Instant[] {
  return (window?.entries ?? []).filter((entry) => entry.sources[0] === source).map(({ sortAt }) => sortAt);
}

function isWhole(query: Query): boolean {
  return (
    query.text === undefined && query.since === undefined && query.until === undefined && groupsOf(query).length === 0
  );
}

interface EmptyProps {
  readonly place: ViewPlace;
  readonly query: Query;
  readonly newest: Query;
}

function EmptyRiver({ place, query, newest }: EmptyProps): Markup {
  return (
    <div class="empty">
      <p>
        {query.before !== undefined ? (
          <>
            There is nothing older. <a href={withKey(place, pageAddress(place, newest))}>Back to the newest entries</a>.
          </>
        ) : isWhole(query) ? (
          'There is nothing here yet. Entries appear when seeds are loaded or sources have been asked, a few minutes after they were added.'
        ) : (
          'No entry is in this view. It can be subscribed to all the same: what matches later will appear in its feeds.'
        )}
      </p>
    </div>
  );
}

/**
 * The page of one entry: its whole text, set as its language is, and the way to where it was published.
 *
 * Search engines are pointed to the publisher's own page: this copy is for readers.
 */
import type { EntryId } from '../../../domain/entry.ts';
import { renderDay } from '../../../feed/render/day.ts';
import { directionOf } from '../../../feed/render/direction.ts';
import { fromSafeHtml, type Markup, nothing } from '../../../page/markup.ts';
import { Moment } from '../../../page/moment.tsx';
import { everything } from '../../../query/language/query.ts';
import { assemble } from '../../../window/assemble.ts';
import type { ViewPlace } from '../../../window/view-address.ts';
import type { FeedSources } from '../../feeds/feeds.ts';
import { toProblemResponse } from '../../problem.ts';
import { Page, toFrame, toPageContext } from '../frame/layout.tsx';
import { entryPolicy } from '../frame/page-headers.ts';
import type { MadePage } from '../frame/page-response.ts';
import { toFeedLinks } from '../parts/subscribe.tsx';
import { TagLinks } from '../parts/tag-links.tsx';
import { type EntryFacts, findEntryFacts } from './entry-facts.ts';
import { Files } from './entry-files.tsx';

/** An entry that only the Archive has is looked up again after this long. Milliseconds. */
const archivedEntryMs = 60_000;

/** Makes the page of the entry called `id`. */
export async function makeEntryPage(sources: FeedSources, url: URL, id: string): Promise<MadePage | Response> {
  const entry = /^[0-9a-v]{20}$/.test(id) ? await findEntryFacts(sources, id as EntryId) : undefined;
  if (entry === undefined) {
    return toProblemResponse({
      status: 404,
      title: 'Unknown entry',
      detail: 'There is no entry at this address. It may have been withdrawn by its publisher.',
    });
  }
  const context = toPageContext(sources.config, url);
  const place: ViewPlace = { kind: 'source', name: entry.source.id };
  const head = {
    title: `${entry.heading} · ${sources.config.siteTitle}`,
    description: entry.summary === '' ? entry.heading : entry.summary,
    canonical: entry.url ?? `${context.origin}/entries/${entry.id}`,
    feeds: toFeedLinks(context.origin, place, everything, `${entry.source.title} · ${sources.config.siteTitle}`),
  };
  const page = (
    <Page context={context} head={head}>
      <Article entry={entry} />
    </Page>
  );
  const alone = { id: entry.id, sortAt: entry.sortAt, modified: entry.modified, sequence: 0, digest: '' };
  return {
    ...assemble(toFrame(page), { entries: [alone], fragments: [], more: false }, entry.modified),
    headers: { 'Content-Security-Policy': entryPolicy },
    ...(entry.version === undefined ? { expiresAt: sources.now() + archivedEntryMs } : { version: entry.version }),
  };
}

interface EntryProps {
  readonly entry: EntryFacts;
}

function Article({ entry }: EntryProps): Markup {
  const { content, language, summary, via, rights } = entry;
  const direction = directionOf(language);
  return (
    <article class="entry">
      <header lang={language} dir={direction}>
        <h1>{entry.heading}</h1>
        <Byline entry={entry} />
      </header>
      <LeadImage entry={entry} />
      {(content !== undefined || summary !== '') && (
        <div class="prose" lang={language} dir={direction}>
          {content === undefined ? <p>{summary}</p> : fromSafeHtml(content)}
        </div>
      )}
      <Files files={entry.files} content={content ?? ''} />
      <footer>
        <OutwardLinks entry={entry} />
        <TagLinks tags={entry.tags} />
        {via !== undefined && (
          <p>
            Found by way of{' '}
            <a href={via.url} rel="external" dir="auto">
              {via.title ?? new URL(via.url).hostname}
            </a>
          </p>
        )}
        {rights !== undefined && (
          <p class="rights" dir="auto">
            {rights}
          </p>
        )}
      </footer>
    </article>
  );
}

function Byline({ entry }: EntryProps): Markup {
  const shown = entry.published ?? entry.sortAt;
  // A change on the same day is the publisher's second look, not news.
  const isUpdated = entry.updated !== undefined && renderDay(entry.updated) !== renderDay(shown);
  return (
    <p class="meta">
      <a href={`/sources/${entry.source.id}`} dir="auto">
        {entry.source.title}
      </a>
      {entry.authors.map((author) => (
        <span>
          <Author {...author} />
        </span>
      ))}
      <span lang="en" dir="ltr">
        <Moment at={shown} />
      </span>
      {isUpdated && entry.updated !== undefined && (
        <span lang="en" dir="ltr">
          updated <Moment at={entry.updated} isExact />
        </span>
      )}
    </p>
  );
}

function Author({ name, url }: EntryFacts['authors'][number]): Markup {
  if (url === undefined) return <bdi>{name}</bdi>;
  return (
    <a href={url} rel="author external">
      <bdi>{name}</bdi>
    </a>
  );
}

/** The entry's image, unless its text shows it already. */
function LeadImage({ entry: { image, content } }: EntryProps): Markup {
  const shown: string = content ?? '';
  if (image === undefined || shown.includes(image) || shown.includes(image.replaceAll('&', '&amp;'))) {
    return nothing;
  }
  return (
    <figure class="lead-image">
      <img src={image} alt="" decoding="async" referrerpolicy="no-referrer" />
    </figure>
  );
}

function OutwardLinks({ entry: { url, externalUrl, commentsUrl } }: EntryProps): Markup {
  const subject = externalUrl === url ? undefined : externalUrl;
  if (url === undefined && subject === undefined && commentsUrl === undefined) return nothing;
  return (
    <p class="links">
      {url !== undefined && (
        <a class="button" href={url} rel="external">
          Read it at {toSiteName(url)}
        </a>
      )}
      {subject !== undefined && (
        <a class="button quiet" href={subject} rel="external">
          What it is about: {toSiteName(subject)}
        </a>
      )}
      {commentsUrl !== undefined && (
        <a class="button quiet" href={commentsUrl} rel="external">
          Comments
        </a>
      )}
    </p>
  );
}

/** What people call the site of an address. */
function toSiteName(url: string): string {
  return new URL(url).hostname.replace(/^www\./, '');
}

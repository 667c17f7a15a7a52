/**
 * Shows one entry: its facts, its text, its files, and the link to its publisher's page.
 */
import { renderDay } from '../../../domain/instant.ts';
import { toPagePicture } from '../../../domain/seed-picture.ts';
import { directionOf } from '../../../feed/render/direction.ts';
import { type EntryKind, toPictureSize, toReadingMinutes } from '../../../feed/render/entry-kind.ts';
import { SourceIcon } from '../../../page/drawings.tsx';
import { type Markup, nothing } from '../../../page/markup.ts';
import { Moment } from '../../../page/moment.tsx';
import { TagLinks } from '../parts/tag-links.tsx';
import type { EntryFacts, Neighbour } from './entry-facts.ts';
import { Chapters, Files } from './entry-files.tsx';
import { Prose } from './prose.tsx';

interface EntryProps {
  readonly entry: EntryFacts;
}

/** The entry. */
export function Article({ entry, origin }: EntryProps & { readonly origin: string }): Markup {
  const { content, language, summary, kind, files } = entry;
  const direction = directionOf(language);
  const isRecording = kind === 'audio' || kind === 'video';
  const isPoster = files.some((file) => file.mime_type.startsWith('video/'));
  return (
    <article class={`entry kind-${kind}`}>
      <header lang={language} dir={direction}>
        {entry.isUntitled ? (
          // An untitled entry has no heading: made of its text, the heading would repeat it.
          <h1 class="vh" lang="en" dir="auto">
            From {entry.source.title}
          </h1>
        ) : (
          <h1>{entry.heading}</h1>
        )}
        <Byline entry={entry} />
      </header>
      {!isPoster && <LeadImage entry={entry} />}
      {isRecording && <Files files={files} content={content ?? ''} poster={entry.image} />}
      {(content !== undefined || summary !== '') && (
        <Prose content={content} summary={summary} language={language} direction={direction} />
      )}
      {isRecording && <Chapters entry={entry} />}
      {!isRecording && <Files files={files} content={content ?? ''} />}
      <footer>
        <OutwardLinks entry={entry} origin={origin} />
        <AlsoIn entry={entry} />
      </footer>
    </article>
  );
}

function Byline({ entry }: EntryProps): Markup {
  const { content, source, updated, authors } = entry;
  const shown = entry.published ?? entry.sortAt;
  const minutes = entry.kind === 'article' ? toReadingMinutes(content ?? '') : 0;
  // A change on the day of publication is not shown: publishers often correct then.
  const change = updated !== undefined && renderDay(updated) !== renderDay(shown) ? updated : undefined;
  return (
    <p class="meta">
      <a href={`/sources/${source.id}`} dir="auto">
        <SourceIcon id={source.id} />
        {source.title}
      </a>
      {authors.map((author) => (
        <span>
          <Author {...author} />
        </span>
      ))}
      <span lang="en" dir="ltr">
        <Moment at={shown} />
      </span>
      {change !== undefined && (
        <span lang="en" dir="ltr">
          updated <Moment at={change} isExact />
        </span>
      )}
      {minutes > 1 && (
        <span lang="en" dir="ltr">
          {minutes} min read
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
  if (image === undefined || shown.includes(image) || shown.includes(image.replaceAll('&', '&amp;'))) return nothing;
  const size = toPictureSize({ image: image, content });
  return (
    <figure class="lead-image">
      <img
        src={toPagePicture(image)}
        alt=""
        class={size === undefined ? 'boxed' : undefined}
        width={size?.width}
        height={size?.height}
        decoding="async"
        referrerpolicy="no-referrer"
      />
    </figure>
  );
}

const verbs: Readonly<Record<EntryKind, string>> = {
  article: 'Read',
  note: 'Read',
  picture: 'See',
  video: 'Watch',
  audio: 'Listen',
};

function OutwardLinks({ entry, origin }: EntryProps & { readonly origin: string }): Markup {
  const { id, url, externalUrl, commentsUrl, kind, heading } = entry;
  const subject = externalUrl === url ? undefined : externalUrl;
  return (
    <>
      <p class="links">
        {url !== undefined && (
          <a class="button" href={url} rel="external">
            {verbs[kind]} at {toSiteName(url)}
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
        <button
          class="quiet"
          type="button"
          hidden
          data-share={url ?? `${origin}/entries/${id}`}
          data-title={heading}
          data-done="Link copied"
        >
          Share
        </button>
      </p>
      {url !== undefined && (
        <p class="original">
          First published at{' '}
          <a href={url} rel="external" dir="ltr">
            {url}
          </a>
        </p>
      )}
    </>
  );
}

function AlsoIn({ entry: { also, tags, via, rights } }: EntryProps): Markup {
  return (
    <>
      {also.length > 0 && (
        <div class="also">
          <span>Also in</span>
          <ul class="tags">
            {also.map(({ id, title }) => (
              <li>
                <a href={`/sources/${id}`}>
                  <bdi>{title}</bdi>
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
      {tags.length > 0 && (
        <div class="also">
          <span>Tags</span>
          <TagLinks tags={tags} />
        </div>
      )}
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
    </>
  );
}

/**
 * Links to the entries before and after. These are those of the river of everything; the script replaces them by those of
 * the view that the reader came from.
 */
export function Neighbours({ entry: { newer, older } }: EntryProps): Markup {
  if (newer === undefined && older === undefined) return nothing;
  return (
    <nav class="neighbours" aria-label="Entries before and after">
      <NeighbourLink neighbour={newer} rel="prev" label="Newer" />
      <NeighbourLink neighbour={older} rel="next" label="Older" />
    </nav>
  );
}

interface NeighbourProps {
  readonly neighbour: Neighbour | undefined;
  readonly rel: 'prev' | 'next';
  readonly label: string;
}

function NeighbourLink({ neighbour, rel, label }: NeighbourProps): Markup {
  return (
    <a rel={rel} hidden={neighbour === undefined} href={neighbour === undefined ? '/' : `/entries/${neighbour.id}`}>
      <span>{label}</span> <b dir="auto">{neighbour?.heading ?? ''}</b>
    </a>
  );
}

/** The site of an address, as people call it. */
function toSiteName(url: string): string {
  return new URL(url).hostname.replace(/^www\./, '');
}

/**
 * The page of one entry: its whole text, set as its language is, and the way to where it was published.
 *
 * Search engines are pointed to the publisher's own page: this copy is for readers.
 */
import type { EntryId } from '../../../domain/entry.ts';
import { renderDay } from '../../../feed/render/day.ts';
import { directionOf } from '../../../feed/render/direction.ts';
import { attribute, fromSafeHtml, html, type Markup } from '../../../page/html.ts';
import { Moment } from '../../../page/moment.tsx';
import { everything } from '../../../query/language/query.ts';
import { assemble } from '../../../window/assemble.ts';
import type { ViewPlace } from '../../../window/view-address.ts';
import type { FeedSources } from '../../feeds/feeds.ts';
import { toProblemResponse } from '../../problem.ts';
import { pageFrame } from '../frame/layout.tsx';
import { toPageContext } from '../frame/page-context.ts';
import { entryPolicy } from '../frame/page-headers.ts';
import type { MadePage } from '../frame/page-response.ts';
import { toFeedLinks } from '../parts/subscribe.tsx';
import { renderTagLinks } from '../parts/tag-links.tsx';
import { type EntryFacts, findEntryFacts } from './entry-facts.ts';
import { renderFiles } from './entry-files.tsx';

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
    feeds: toFeedLinks(context, place, everything, `${entry.source.title} · ${sources.config.siteTitle}`),
  };
  const frame = pageFrame(context, head, renderArticle(entry), html``);
  const alone = { id: entry.id, sortAt: entry.sortAt, modified: entry.modified, sequence: 0, digest: '' };
  return {
    ...assemble(frame, { entries: [alone], fragments: [], more: false }, entry.modified),
    headers: { 'Content-Security-Policy': entryPolicy },
    ...(entry.version === undefined ? { expiresAt: sources.now() + archivedEntryMs } : { version: entry.version }),
  };
}

function renderArticle(entry: EntryFacts): Markup {
  const direction = directionOf(entry.language);
  const { content } = entry;
  const setting = html`${attribute('lang', entry.language)}${attribute('dir', direction)}`;
  const body =
    content === undefined
      ? entry.summary !== '' && html`<div class="prose"${setting}><p>${entry.summary}</p></div>`
      : html`<div class="prose"${setting}>${fromSafeHtml(content)}</div>`;
  return html`<article class="entry"><header${setting}><h1>${entry.heading}</h1>${renderByline(entry)}</header>${renderLeadImage(entry)}${body}${renderFiles(entry.files, content ?? '')}<footer>${renderLinks(entry)}${renderTagLinks(entry.tags)}${
    entry.via !== undefined &&
    html`<p>Found by way of <a href="${entry.via.url}" rel="external" dir="auto">${entry.via.title ?? new URL(entry.via.url).hostname}</a></p>`
  }${entry.rights !== undefined && html`<p class="rights" dir="auto">${entry.rights}</p>`}</footer></article>`;
}

function renderByline(entry: EntryFacts): Markup {
  const authors = entry.authors.map(
    ({ name, url }) =>
      html`<span>${url === undefined ? html`<bdi>${name}</bdi>` : html`<a href="${url}" rel="author external"><bdi>${name}</bdi></a>`}</span>`,
  );
  const shown = entry.published ?? entry.sortAt;
  // A change on the same day is the publisher's second look, not news.
  const updated = entry.updated !== undefined && renderDay(entry.updated) !== renderDay(shown) && entry.updated;
  return html`<p class="meta"><a href="/sources/${entry.source.id}" dir="auto">${entry.source.title}</a>${authors}<span lang="en" dir="ltr">${Moment({ at: shown })}</span>${
    updated !== false && html`<span lang="en" dir="ltr">updated ${Moment({ at: updated, isExact: true })}</span>`
  }</p>`;
}

/** The entry's image, unless its text shows it already. */
function renderLeadImage({
  image,
  content = '',
}: {
  readonly image?: string | undefined;
  readonly content?: string | undefined;
}): Markup {
  if (image === undefined || content.includes(image) || content.includes(image.replaceAll('&', '&amp;'))) return html``;
  return html`<figure class="lead-image"><img src="${image}" alt="" decoding="async" referrerpolicy="no-referrer"></figure>`;
}

function renderLinks(entry: EntryFacts): Markup {
  const links = [
    ...(entry.url === undefined
      ? []
      : [
          html`<a class="button" href="${entry.url}" rel="external">Read it at ${new URL(entry.url).hostname.replace(/^www\./, '')}</a>`,
        ]),
    ...(entry.externalUrl === undefined || entry.externalUrl === entry.url
      ? []
      : [
          html`<a class="button quiet" href="${entry.externalUrl}" rel="external">What it is about: ${new URL(entry.externalUrl).hostname.replace(/^www\./, '')}</a>`,
        ]),
    ...(entry.commentsUrl === undefined
      ? []
      : [html`<a class="button quiet" href="${entry.commentsUrl}" rel="external">Comments</a>`]),
  ];
  return links.length === 0 ? html`` : html`<p class="links">${links}</p>`;
}

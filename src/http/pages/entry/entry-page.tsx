/**
 * Makes the page of one entry: the entry, those before and after it, and more of its source.
 *
 * Search engines are pointed to the publisher's own page: this copy is for readers.
 */
import type { EntryId } from '../../../domain/entry.ts';
import type { Instant } from '../../../domain/instant.ts';
import { everything } from '../../../query/language/query.ts';
import { assemble } from '../../../window/assemble.ts';
import { type Selection, selectAmong } from '../../../window/selection.ts';
import { pageAddress, type ViewPlace } from '../../../window/view-address.ts';
import { answerFrom } from '../../answer.ts';
import type { FeedSources } from '../../feeds/feeds.ts';
import { redirectForGood } from '../../missing-place.ts';
import { placedQuery } from '../../placed-query.ts';
import { toProblemResponse } from '../../problem.ts';
import { sendText } from '../../send-text.ts';
import { Cards, Page, toFrame, toPageContext } from '../frame/layout.tsx';
import { entryPolicy } from '../frame/page-assets.ts';
import type { MadePage } from '../frame/page-response.ts';
import { toFeedLinks } from '../parts/subscribe.tsx';
import { Article, Neighbours } from './article.tsx';
import { type EntryFacts, findEntryFacts } from './entry-facts.ts';

/** How long an entry that only the Archive has is reused. Milliseconds. */
const archivedEntryMs = 60_000;

/** Entries of the same source that are shown below. */
const maxMore = 4;

/** Makes the page of the entry `id`; with `?format=markdown` the answer is only its text, for programs. */
export async function makeEntryPage(sources: FeedSources, request: Request, id: string): Promise<MadePage | Response> {
  const url = new URL(request.url);
  const format = url.searchParams.get('format') ?? 'html';
  if (format !== 'html' && format !== 'markdown') return unknownFormat();
  const entry = /^[0-9a-v]{20}$/.test(id) ? await findEntryFacts(sources, id as EntryId) : undefined;
  if (entry === undefined) {
    return toProblemResponse({
      status: 404,
      title: 'Unknown entry',
      detail: 'There is no entry at this address. It may have been withdrawn by its publisher.',
    });
  }
  if (entry.id !== id) return redirectForGood(`/entries/${entry.id}${url.search}`);
  const context = toPageContext(sources.config, url);
  if (format === 'markdown') return await sendMarkdown(sources, request, entry, context.origin);
  const place: ViewPlace = { kind: 'source', name: entry.source.id };
  const more = await findMore(sources, place, entry.id);
  const head = {
    title: `${entry.heading} · ${sources.config.siteTitle}`,
    description: entry.summary === '' ? entry.heading : entry.summary,
    canonical: entry.url ?? `${context.origin}/entries/${entry.id}`,
    feeds: toFeedLinks(context.origin, place, everything, `${entry.source.title} · ${sources.config.siteTitle}`),
    kind: 'article' as const,
    image: entry.image,
  };
  const page = (
    <Page context={context} head={head}>
      <Article entry={entry} origin={context.origin} />
      <Neighbours entry={entry} />
      {more.entries.length > 0 && (
        <section class="more-from" aria-labelledby="more-from">
          <h2 id="more-from">
            More from{' '}
            <a href={pageAddress(place, everything)} dir="auto">
              {entry.source.title}
            </a>
          </h2>
          <Cards />
        </section>
      )}
    </Page>
  );
  return {
    ...assemble(toFrame(page), more, entry.modified),
    headers: { 'Content-Security-Policy': entryPolicy },
    ...(entry.version === undefined ? { expiresAt: sources.now() + archivedEntryMs } : { version: entry.version }),
  };
}

async function sendMarkdown(
  { views }: FeedSources,
  request: Request,
  entry: EntryFacts,
  origin: string,
): Promise<Response> {
  const { renderEntryMarkdown } = await import('../../programs/entry-markdown.ts');
  return await sendText(request, views, `markdown ${entry.id}`, {
    text: renderEntryMarkdown(entry, origin),
    lastModified: entry.modified,
    headers: {
      'Content-Type': 'text/markdown; charset=utf-8',
      'Cache-Control': 'public, max-age=300, stale-while-revalidate=3600',
      'Access-Control-Allow-Origin': '*',
      'X-Robots-Tag': 'noindex',
    },
  });
}

function unknownFormat(): Response {
  const detail = 'format: Give html or markdown, or leave it out.';
  return toProblemResponse({ status: 400, title: 'Unknown format', detail });
}

/** The newest other entries of a source, as cards. */
async function findMore(sources: FeedSources, place: ViewPlace, id: EntryId): Promise<Selection> {
  // Another copy of this article is not another entry.
  const { isOwn: _, ...query } = placedQuery(place, { ...everything, limit: maxMore + 1 });
  const { selection } = await answerFrom(sources, query, 'card', sources.now() as Instant);
  const others = selection.entries.filter((entry) => entry.id !== id).slice(0, maxMore);
  return selectAmong(selection, (entry) => others.includes(entry));
}

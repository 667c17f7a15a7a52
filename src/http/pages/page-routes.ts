/**
 * Routes the public pages. They work without scripts; every page that has feeds announces them.
 */
import { type Context, Hono } from 'hono';
import type { Instant } from '../../domain/instant.ts';
import { type Month, parseMonth, shiftMonth } from '../../domain/month.ts';
import type { FeedFormat } from '../../domain/view.ts';
import { everywhere, type ViewPlace } from '../../window/view-address.ts';
import type { FeedSources } from '../feeds/feeds.ts';
import { parsePlaced, toQueryProblem } from '../placed-query.ts';
import { toProblemResponse } from '../problem.ts';
import { createFindView, unknownView } from '../saved-views.ts';
import { makeBotPage } from './bot-page.tsx';
import { makeEntryPage } from './entry/entry-page.tsx';
import { createSendPage, type MadePage } from './frame/page-response.ts';
import { makeArchivePage } from './lists/archive-page.tsx';
import { makeSourcesPage } from './lists/sources-page.tsx';
import { makeTagsPage } from './lists/tags-page.tsx';
import { toSourceIcon } from './parts/source-icon.tsx';
import { toProblemPage, wantsPage } from './problem-page.tsx';
import { makeDigestPage } from './river/digest-page.tsx';
import { makeRiver } from './river/river-page.tsx';
import { makeSearchPage } from './search/search-page.tsx';
import { siteFilePaths, toSiteFile } from './site-files.tsx';

/** The pages, and what other routes show to people. */
export interface Pages {
  readonly routes: Hono;
  /** The page for a browser tab at a feed's address: the page of the view, with the address to copy. */
  readonly showFeed: (request: Request, place: ViewPlace, format: FeedFormat) => Promise<Response>;
  /** The page for a browser tab at an archive document's address: all entries of that month. */
  readonly showMonth: (request: Request, month: Month, format: FeedFormat) => Promise<Response>;
  /** Turns a problem into a page for a client that wants one. */
  readonly explain: (request: Request, response: Response) => Promise<Response>;
}

/** Creates the pages; they share one memory per isolate. */
export function createPages(sources: FeedSources): Pages {
  const { config } = sources;
  const findView = createFindView(sources);
  const send = createSendPage(sources, 'page');
  const feedPages = createSendPage(sources, 'tab');
  const explain = async (request: Request, response: Response): Promise<Response> =>
    wantsPage(request) ? await toProblemPage(config, request, response) : response;
  const routes = new Hono();
  const show = (path: string, make: (url: URL, context: Context) => Promise<MadePage | Response>): void => {
    routes.get(path, async (context) => {
      const request = context.req.raw;
      const response = await send(request, (url) => make(url, context));
      return response.status < 400 ? response : await explain(request, response);
    });
  };
  const river = async (url: URL, place: ViewPlace, opened?: FeedFormat): Promise<MadePage | Response> => {
    const query = parsePlaced(place, url.searchParams, sources.now() as Instant);
    if (!query.ok) return toQueryProblem(query.failure);
    const digests = await makeDigestPage(sources, url, place, query.value, opened);
    return digests ?? (await makeRiver(sources, url, place, query.value, opened));
  };

  show('/', (url) => river(url, everywhere));
  show('/tags', (url) => makeTagsPage(sources, url));
  show('/tags/:name', (url, { req }) => river(url, { kind: 'tag', name: req.param('name') ?? '' }));
  show('/sources', (url) => makeSourcesPage(sources, url));
  show('/sources/:name', (url, { req }) => river(url, { kind: 'source', name: req.param('name') ?? '' }));
  routes.get('/sources/:name/icon', async (context) => {
    return (await toSourceIcon(sources, context.req.param('name'))) ?? context.notFound();
  });
  show('/views/:name', async (url, { req }) => {
    const name = req.param('name') ?? '';
    const place = await findView(name, url.href);
    return place === undefined ? unknownView(name) : toPrivatePage(place, await river(url, place));
  });
  show('/entries/:id', (_, { req }) => makeEntryPage(sources, req.raw, req.param('id') ?? ''));
  show('/search', (url) => makeSearchPage(sources, url));
  show('/bot', async (url) => makeBotPage(sources, url));
  show('/archive', (url) => makeArchivePage(sources, url));
  show('/archive/:month', async (url, { req }) => {
    const month = parseMonth(req.param('month') ?? '');
    return month === undefined ? unknownMonth() : await river(toMonthAddress(url, month), everywhere);
  });
  for (const path of siteFilePaths) {
    routes.get(path, async (context) => (await toSiteFile(sources, new URL(context.req.url))) ?? context.notFound());
  }

  const showFeed: Pages['showFeed'] = async (request, place, format) => {
    const response = await feedPages(request, async (url) => toFeedPage(await river(url, place, format)));
    return await toProblemPage(config, request, response);
  };
  return {
    routes,
    explain,
    showFeed,
    showMonth: async (request, month, format) =>
      await showFeed(new Request(toMonthAddress(new URL(request.url), month), request), everywhere, format),
  };
}

/** The address of all entries of a month; bounds of time are inclusive. */
function toMonthAddress(address: URL, month: Month): URL {
  const url = new URL(address);
  url.pathname = '/';
  url.searchParams.set('since', `${month}-01`);
  url.searchParams.set('until', new Date(Date.parse(shiftMonth(month, 1)) - 1).toISOString());
  return url;
}

function unknownMonth(): Response {
  return toProblemResponse({ status: 404, title: 'Unknown month', detail: 'Months are written like 2026-11.' });
}

/** This page is at a feed's address: a shared cache that kept it could give it to a feed reader. */
function toFeedPage(page: MadePage | Response): MadePage | Response {
  if (page instanceof Response) return page;
  return { ...page, headers: { 'Cache-Control': 'private, max-age=60', Vary: 'A-IM, If-None-Match, Sec-Fetch-Dest' } };
}

/** The page of a view behind a key is for one reader. */
function toPrivatePage(place: ViewPlace, page: MadePage | Response): MadePage | Response {
  if (page instanceof Response || place.kind !== 'view' || !place.isPrivate) return page;
  return { ...page, headers: { ...page.headers, 'Cache-Control': 'private, no-store', 'X-Robots-Tag': 'noindex' } };
}

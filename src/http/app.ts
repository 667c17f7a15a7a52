/**
 * Routes: which address is answered by what. No logic of its own.
 */
import { Hono } from 'hono';
import { TrieRouter } from 'hono/router/trie-router';
import type { Instant } from '../domain/instant.ts';
import type { Source } from '../domain/source.ts';
import { type FeedFormat, feedFileNames, feedFormats } from '../domain/view.ts';
import { createArchiveFeeds } from './archive-feeds.ts';
import { isBrowserTab } from './browser-tab.ts';
import { type AskAdmin, explainView, wantsExplanation } from './explain-view.ts';
import { createFeeds, type FeedSources, type Feeds } from './feeds.ts';
import { createHealth, type HealthPorts } from './health.ts';
import type { Pages } from './pages/pages.ts';
import { toProblemResponse } from './problem.ts';
import { createFindView, unknownView } from './saved-views.ts';
import { createSubscriptionList } from './subscription-list.ts';
import { createTagList } from './tag-list.ts';
import { everywhere, type ViewPlace } from './view-address.ts';

/** The public side: its routes, and what can be answered before looking at them. */
export interface PublicApp {
  readonly routes: Hono;
  readonly recall: Feeds['recall'];
}

/** Creates the public side of the Worker; `admin` explains views to their owner. Pages are a chunk of their own: feed readers never ask for one. */
export function createApp(sources: FeedSources, admin?: AskAdmin): PublicApp {
  // The default router compiles all routes into one regular expression at the first request: a third of a cold start.
  const app = new Hono({ router: new TrieRouter() });
  const feeds = createFeeds(sources);
  const findView = createFindView(sources);
  const archiveFeeds = createArchiveFeeds(sources);
  let loading: Promise<Pages> | undefined;
  const pages = (): Promise<Pages> => (loading ??= loadPages(sources));
  for (const format of feedFormats) {
    const file = feedFileNames[format];
    serve(`/${file}`, () => everywhere, format);
    serve(`/tags/:name/${file}`, (name) => ({ kind: 'tag', name }), format);
    serve(`/sources/:name/${file}`, (name) => ({ kind: 'source', name }), format);
    serve(`/views/:name/${file}`, findView, format);
    app.get(`/archive/:month/${file}`, async ({ req }) => await archiveFeeds(req.raw, req.param('month'), format));
    app.options(`/archive/:month/${file}`, () => preflight());
  }
  app.get('/tags.json', createTagList(sources));
  app.notFound(async ({ req }) => await (await pages()).routes.fetch(req.raw));
  app.onError(async (error, { req }) => explainFault(await pages(), error, req.raw));
  return { routes: app, recall: feeds.recall };

  async function explainMissing(response: Response, request: Request): Promise<Response> {
    return isBrowserTab(request) ? await (await pages()).explain(request, response) : response;
  }

  function serve(
    path: string,
    toPlace: (name: string, url: string) => ViewPlace | Promise<ViewPlace | undefined>,
    format: FeedFormat,
  ): void {
    // Hono answers HEAD with the GET route and drops the body.
    app.get(path, async ({ req }) => {
      const name = req.param('name') ?? '';
      const found = toPlace(name, req.url);
      const place = found instanceof Promise ? await found : found;
      if (place === undefined) return await explainMissing(unknownView(name), req.raw);
      if (admin !== undefined && wantsExplanation(req.url)) {
        return await explainView(admin, req.raw, place, sources.now() as Instant);
      }
      if (!isBrowserTab(req.raw)) return await feeds.answer(req.raw, place, format);
      return await (await pages()).showFeed(req.raw, place, format);
    });
    app.options(path, () => preflight());
  }
}

/** What the owner's side and monitors ask for; the admin API is loaded with its first request. */
export interface OwnerPorts extends Omit<HealthPorts, 'now'> {
  readonly subscriptions: () => Promise<readonly Source[]>;
  readonly admin: (request: Request) => Promise<Response>;
}

/** Adds health, the subscription list, the owner's desk and the admin API to the public side. */
export function withOwner(app: Hono, { config, now }: FeedSources, owner: OwnerPorts): Hono {
  const { health, version, subscriptions, admin } = owner;
  app.get('/health', createHealth({ health, version, now }));
  app.get('/opml.xml', createSubscriptionList({ subscriptions, title: config.siteTitle, now }));
  for (const path of ['/admin', '/admin/*', '/metrics', '/openapi.json']) app.all(path, ({ req }) => admin(req.raw));
  return app;
}

async function loadPages(sources: FeedSources): Promise<Pages> {
  const { createPages } = await import('./pages/pages.ts');
  const pages = createPages(sources);
  pages.routes.notFound(({ req }) =>
    pages.explain(
      req.raw,
      toProblemResponse({
        status: 404,
        title: 'Not found',
        detail: `There is nothing at ${req.path}. Feeds are at /rss.xml, /atom.xml and /feed.json; tags at /tags.json.`,
      }),
    ),
  );
  pages.routes.onError((error, { req }) => explainFault(pages, error, req.raw));
  return pages;
}

function explainFault(pages: Pages, error: Error, request: Request): Promise<Response> {
  console.error(JSON.stringify({ event: 'request-failed', error: String(error), stack: error.stack }));
  return pages.explain(
    request,
    toProblemResponse({
      status: 500,
      title: 'Internal error',
      detail: 'This is a fault of the server. Nothing is lost; try again, and report it if it stays.',
    }),
  );
}

/** Readers in browsers ask before they send conditional headers. */
function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
      'Access-Control-Allow-Headers': 'If-None-Match, If-Modified-Since, A-IM, Content-Type',
      'Access-Control-Max-Age': '86400',
    },
  });
}

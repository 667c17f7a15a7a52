/**
 * Routes requests: which address has which answer. No logic of its own.
 *
 * Loaded with the first request that is not a poll (polls.ts). Pages, documents and the owner's side are chunks of their
 * own.
 */

import { Hono } from 'hono';
import { TrieRouter } from 'hono/router/trie-router';
import type { Instant } from '../domain/instant.ts';
import { loadOnce } from '../domain/lazy.ts';
import { parseMonth } from '../domain/month.ts';
import { toPrintableJson } from '../domain/printable.ts';
import { type FeedFormat, feedFileNames, feedFormats } from '../domain/view.ts';
import { archiveUnavailable } from '../pipeline/ports.ts';
import { everywhere, type ViewPlace } from '../window/view-address.ts';
import { isBrowserTab } from './browser-tab.ts';
import type { DocumentPorts } from './documents/documents.ts';
import { explainView } from './feeds/explain-view.ts';
import type { FeedSources, Feeds } from './feeds/feeds.ts';
import { answerElse, preflight } from './other-addresses.ts';
import type { Pages } from './pages/page-routes.ts';
import { toProblemResponse } from './problem.ts';
import { createFindView, unknownView } from './saved-views.ts';

/** What the owner's side and monitors need. The admin API is loaded with its first request. */
export interface OwnerPorts extends DocumentPorts {
  /** Answers a request of the owner's desk or the admin API, its authorization included. */
  readonly admin: (request: Request) => Promise<Response>;
  /** Answers hubs that push to us. */
  readonly websub?: (request: Request) => Promise<Response>;
  readonly hub: AnswerHub;
}

/** Answers a request to our WebSub hub; `answer` answers readers. */
export type AnswerHub = (request: Request, answer: (request: Request) => Promise<Response>) => Promise<Response>;

/** Creates the app; without `owner` it has no admin side. */
export function createApp(sources: FeedSources, feeds: Feeds, owner?: OwnerPorts): Hono {
  // The default router compiles all routes into one regular expression at the first request: a third of a cold start.
  const app = new Hono({ router: new TrieRouter() });
  const pages = loadOnce(() => loadPages(sources));
  const findView = createFindView(sources);
  const has = async (request: Request): Promise<boolean> => (await app.fetch(request)).status !== 404;
  const elsewhere = async (request: Request): Promise<Response> =>
    (await answerElse(request, has)) ?? (await (await pages()).routes.fetch(request));
  const documents = loadOnce(() => loadDocuments(sources, pages, elsewhere, owner));
  const mcp = loadOnce(async () => {
    const { createMcp } = await import('./programs/mcp.ts');
    return createMcp(sources, owner?.version ?? 'unknown');
  });
  for (const format of feedFormats) {
    const file = feedFileNames[format];
    serve(`/${file}`, () => everywhere, format);
    serve(`/tags/:name/${file}`, (name) => ({ kind: 'tag', name }), format);
    serve(`/sources/:name/${file}`, (name) => ({ kind: 'source', name }), format);
    serve(`/views/:name/${file}`, findView, format);
  }
  app.all('/archive/:month/:file', async ({ req }) => {
    const month = isBrowserTab(req.raw) ? parseMonth(req.param('month')) : undefined;
    const format = feedFormats.find((candidate) => feedFileNames[candidate] === req.param('file'));
    if (month !== undefined && format !== undefined) return await (await pages()).showMonth(req.raw, month, format);
    return await (await documents()).fetch(req.raw);
  });
  for (const path of ['/tags.json', '/health', '/opml.xml', '/llms.txt', '/media/*']) {
    app.all(path, async ({ req }) => await (await documents()).fetch(req.raw));
  }
  app.all('/mcp', async ({ req }) => await (await mcp())(req.raw));
  if (owner !== undefined) {
    for (const path of ['/admin', '/admin/*', '/metrics', '/openapi.json']) {
      app.all(path, ({ req }) => owner.admin(req.raw));
    }
    const { websub } = owner;
    if (websub !== undefined) app.all('/websub/*', ({ req }) => websub(req.raw));
    app.all('/hub', ({ req }) => owner.hub(req.raw, async (request) => await app.fetch(request)));
  }
  app.notFound(({ req }) => elsewhere(req.raw));
  app.onError(async (error, { req }) => explainFault(await pages(), error, req.raw));
  return app;

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
      if (place === undefined) return await explainMissing(name, req.raw);
      if (owner !== undefined && req.url.includes('explain=') && req.query('explain') === '1') {
        return await explainView(owner.admin, req.raw, place, sources.now() as Instant);
      }
      if (!isBrowserTab(req.raw)) return await feeds.answer(req.raw, place, format);
      return await (await pages()).showFeed(req.raw, place, format);
    });
    app.options(path, () => preflight());
  }

  async function explainMissing(name: string, request: Request): Promise<Response> {
    const response = unknownView(name);
    return isBrowserTab(request) ? await (await pages()).explain(request, response) : response;
  }
}

async function loadDocuments(
  sources: FeedSources,
  pages: () => Promise<Pages>,
  elsewhere: (request: Request) => Promise<Response>,
  ports: DocumentPorts | undefined,
): Promise<Hono> {
  const { createDocuments } = await import('./documents/documents.ts');
  const documents = createDocuments(sources, ports);
  documents.notFound(({ req }) => elsewhere(req.raw));
  documents.onError(async (error, { req }) => explainFault(await pages(), error, req.raw));
  return documents;
}

async function loadPages(sources: FeedSources): Promise<Pages> {
  const { createPages } = await import('./pages/page-routes.ts');
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
  console.error(toPrintableJson({ event: 'request-failed', error: String(error), stack: error.stack }));
  if (error.message.startsWith(archiveUnavailable)) {
    const detail = 'This has to be looked up, which is not possible now. Try again in some minutes.';
    const problem = { status: 503, title: 'Not available now', detail };
    return pages.explain(request, toProblemResponse(problem, { 'Retry-After': '300' }));
  }
  return pages.explain(
    request,
    toProblemResponse({
      status: 500,
      title: 'Internal error',
      detail: 'This is a fault of the server. Nothing is lost; try again, and report it if it happens again.',
    }),
  );
}

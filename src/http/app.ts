/**
 * Routes: which address is answered by what. No logic of its own.
 */
import { Hono } from 'hono';
import { type FeedFormat, feedFileNames, feedFormats } from '../domain/view.ts';
import { createFeeds, type FeedSources } from './feeds.ts';
import { createPages } from './pages/pages.ts';
import { toProblemResponse } from './problem.ts';
import { createTagList } from './tag-list.ts';
import { everywhere, type ViewPlace } from './view-address.ts';

/** Creates the public side of the Worker. */
export function createApp(sources: FeedSources): Hono {
  const app = new Hono();
  const feeds = createFeeds(sources);
  const pages = createPages(sources);
  for (const format of feedFormats) {
    const file = feedFileNames[format];
    serve(app, `/${file}`, () => everywhere, format);
    serve(app, `/tags/:name/${file}`, (name) => ({ kind: 'tag', name }), format);
    serve(app, `/sources/:name/${file}`, (name) => ({ kind: 'source', name }), format);
  }
  app.get('/tags.json', createTagList(sources));
  app.route('/', pages.routes);
  app.notFound(({ req }) =>
    pages.explain(
      req.raw,
      toProblemResponse({
        status: 404,
        title: 'Not found',
        detail: `There is nothing at ${req.path}. Feeds are at /rss.xml, /atom.xml and /feed.json; tags at /tags.json.`,
      }),
    ),
  );
  app.onError((error, { req }) => {
    console.error(JSON.stringify({ event: 'request-failed', error: String(error), stack: error.stack }));
    return pages.explain(
      req.raw,
      toProblemResponse({
        status: 500,
        title: 'Internal error',
        detail: 'This is a fault of the server. Nothing is lost; try again, and report it if it stays.',
      }),
    );
  });
  return app;

  function serve(app: Hono, path: string, toPlace: (name: string) => ViewPlace, format: FeedFormat): void {
    // Hono answers HEAD with the GET route and drops the body.
    app.get(path, ({ req }) => {
      const place = toPlace(req.param('name') ?? '');
      return pages.showFeed(req.raw, place, format) ?? feeds(req.raw, place, format);
    });
    app.options(path, () => preflight());
  }
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

/**
 * The whole app over faked ports, and requests to it as a browser sends them.
 */

import type { Hono } from 'hono';
import { type HtmlDocument, parseHtmlDocument } from '../../src/feed/read/page/dom.ts';
import { createApp } from '../../src/http/app.ts';
import { createFeeds } from '../../src/http/feeds/feeds.ts';
import { createViewMemory } from '../../src/http/feeds/view-memory.ts';
import type { FakedSources } from './given-sources.ts';

/** Where the app of these tests is. */
export const site = 'https://tributary.example';

/** What a browser's tab sends. */
export const browserHeaders = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'Sec-Fetch-Dest': 'document' };

/** A page as it was answered. */
export interface GivenPage {
  readonly response: Response;
  readonly text: string;
  readonly document: HtmlDocument;
}

/** The public side without an owner's. */
export function givenApp(sources: FakedSources): Hono {
  // An isolate of its own remembers nothing of another's.
  const isolate = { ...sources, views: createViewMemory() };
  return createApp(isolate, createFeeds(isolate));
}

/** Asks for pages of one app, which remembers what it made. */
export function createBrowser(sources: FakedSources): {
  readonly app: Hono;
  readonly open: (path: string, headers?: Readonly<Record<string, string>>) => Promise<GivenPage>;
} {
  const app = givenApp(sources);
  return {
    app,
    open: async (path, headers = browserHeaders) => {
      const response = await app.request(`${site}${path}`, { headers });
      const text = await response.text();
      return { response, text, document: parseHtmlDocument(text) };
    },
  };
}

/**
 * What is answered before routing: only what anybody may have.
 */
import type { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { hashViewKey, type SavedView } from '../../src/domain/saved-view.ts';
import { createApp } from '../../src/http/app.ts';
import { createFeeds, type Feeds } from '../../src/http/feeds.ts';
import { givenInstant } from '../support/given.ts';
import { givenRiver } from '../support/given-river.ts';
import { givenSources } from '../support/given-sources.ts';

const site = 'https://tributary.example';
const now = givenInstant('2026-11-22T10:30:00Z');

/** An isolate that has the window at hand, as one that serves a lot does. */
async function givenBusyApp(views: readonly SavedView[]): Promise<{ routes: Hono; recall: Feeds['recall'] }> {
  const sources = givenSources({ entries: givenRiver(10, now), now });
  const version = (await sources.window.current())?.version;
  const window = { ...sources.window, freshVersion: () => version };
  const busy = { ...sources, window, archive: { ...sources.archive, views: async () => views } };
  const feeds = createFeeds(busy);
  return { routes: createApp(busy, feeds), recall: feeds.recall };
}

describe('an answer that is remembered', () => {
  it('is given before any route is looked at', async () => {
    const { routes, recall } = await givenBusyApp([]);
    expect(recall(new Request(`${site}/feed.json`))).toBeUndefined();
    const first = await (await routes.fetch(new Request(`${site}/feed.json`))).text();
    expect(await (await recall(new Request(`${site}/feed.json`)))?.text()).toBe(first);
  });

  it('is never that of a private view, with its key or without', async () => {
    const view = { name: 'mine', title: 'Mine', query: 'limit=5', tags: [], keyHash: hashViewKey('k') };
    const { routes, recall } = await givenBusyApp([view]);
    for (const file of ['rss.xml', 'atom.xml', 'feed.json']) {
      const address = `${site}/views/mine/${file}`;
      const opened = await routes.fetch(new Request(`${address}?key=k`));
      expect(opened.status).toBe(200);
      for (const path of [address, `${address}?key=k`, `${address}?`, `${address}?limit=50`]) {
        expect(recall(new Request(path))).toBeUndefined();
      }
      expect((await routes.fetch(new Request(address))).status).toBe(404);
      expect((await routes.fetch(new Request(`${address}?key=other`))).status).toBe(404);
    }
  });
});

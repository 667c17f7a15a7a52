/**
 * What is answered before routing: only what anybody may have.
 */
import type { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { hashViewKey, type SavedView } from '../../src/domain/saved-view.ts';
import { createApp } from '../../src/http/app.ts';
import { createFeeds, type Feeds } from '../../src/http/feeds/feeds.ts';
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
    // Asked for once it may never be asked for again.
    expect(recall(new Request(`${site}/feed.json`))).toBeUndefined();
    expect(await (await routes.fetch(new Request(`${site}/feed.json`))).text()).toBe(first);
    expect(await (await recall(new Request(`${site}/feed.json`)))?.text()).toBe(first);
  });

  it('is never that of a private view, with its key or without', async () => {
    const view = { name: 'mine', title: 'Mine', query: 'limit=5', tags: [], keyHash: hashViewKey('k') };
    const { routes, recall } = await givenBusyApp([view]);
    for (const file of ['rss.xml', 'atom.xml', 'feed.json']) {
      const address = `${site}/views/mine/${file}`;
      for (let times = 0; times < 3; times += 1) {
        expect((await routes.fetch(new Request(`${address}?key=k`))).status).toBe(200);
      }
      for (const path of [address, `${address}?key=k`, `${address}?`, `${address}?limit=50`]) {
        expect(recall(new Request(path))).toBeUndefined();
      }
      expect((await routes.fetch(new Request(address))).status).toBe(404);
      expect((await routes.fetch(new Request(`${address}?key=other`))).status).toBe(404);
    }
  });
});

describe('a view that is asked for once', () => {
  it('has the bytes of its own while others are made at once', async () => {
    const { routes } = await givenBusyApp([]);
    const paths = [
      '/rss.xml?limit=9',
      '/atom.xml?limit=1',
      '/tags/rivers/feed.json',
      '/rss.xml?limit=2',
      '/feed.json?limit=7',
    ];
    const sent = await Promise.all(paths.map(async (path) => await routes.fetch(new Request(`${site}${path}`))));
    const texts = await Promise.all(sent.map(async (response) => await response.text()));
    for (const [at, path] of paths.entries()) {
      const alone = await givenBusyApp([]);
      expect(texts[at]).toBe(await (await alone.routes.fetch(new Request(`${site}${path}`))).text());
    }
  });

  it('is answered like one that is remembered, with a body and without', async () => {
    const { routes } = await givenBusyApp([]);
    const ask = async (path: string, init: RequestInit) => {
      const response = await routes.fetch(new Request(`${site}${path}`, init));
      return { status: response.status, headers: [...response.headers], text: await response.text() };
    };
    const known = await ask('/rss.xml?limit=3', {});
    const etag = known.headers.find(([name]) => name === 'etag')?.[1] ?? '';
    for (const init of [{}, { method: 'HEAD' }, { headers: { 'If-None-Match': etag } }]) {
      const { routes: other } = await givenBusyApp([]);
      const once = await other.fetch(new Request(`${site}/rss.xml?limit=3`, init));
      const again = await ask('/rss.xml?limit=3', init);
      expect({ status: once.status, headers: [...once.headers], text: await once.text() }).toEqual(again);
    }
  });
});

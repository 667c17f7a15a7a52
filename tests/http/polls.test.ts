/**
 * Polls are answered without routes, and exactly as the routes would answer them.
 */
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { createFeeds } from '../../src/http/feeds/feeds.ts';
import { createPolls, parseFeedPath } from '../../src/http/feeds/polls.ts';
import { givenInstant } from '../support/given.ts';
import { givenRiver } from '../support/given-river.ts';
import { givenSources } from '../support/given-sources.ts';

const site = 'https://tributary.example';
const now = givenInstant('2026-11-22T10:30:00Z');

describe('a path', () => {
  it.each([
    ['/rss.xml', { place: { kind: 'all', name: '' }, format: 'rss' }],
    ['/feed.json', { place: { kind: 'all', name: '' }, format: 'json' }],
    ['/tags/rivers/atom.xml', { place: { kind: 'tag', name: 'rivers' }, format: 'atom' }],
    ['/tags/%E6%B2%B3/rss.xml', { place: { kind: 'tag', name: '河' }, format: 'rss' }],
    ['/tags/c++/rss.xml', { place: { kind: 'tag', name: 'c++' }, format: 'rss' }],
    ['/sources/0123456789ab/rss.xml', { place: { kind: 'source', name: '0123456789ab' }, format: 'rss' }],
  ])('%s names a feed', (path, feed) => {
    expect(parseFeedPath(path)).toEqual(feed);
  });

  it.each([
    '/',
    '/rss',
    '/rss.xml/',
    '//rss.xml',
    '/tags/rss.xml',
    '/tags//rss.xml',
    '/tags/a/b/rss.xml',
    '/tags/%E6/rss.xml',
    '/views/mine/rss.xml',
    '/archive/2026-11/rss.xml',
    '/Tags/a/rss.xml',
  ])('%s is for the routes', (path) => {
    expect(parseFeedPath(path)).toBeUndefined();
  });
});

describe('a poll', () => {
  const sources = givenSources({ entries: givenRiver(10, now), now });

  it.each([
    '/rss.xml',
    '/atom.xml?limit=3',
    '/feed.json?limit=none',
    '/tags/nobody-has-it/rss.xml',
    '/tags/%E6/rss.xml',
    '/sources/000000000000/rss.xml',
    '/tags.json',
    '/no-such-thing',
  ])('of %s is answered as the routes answer it', async (path) => {
    const feeds = createFeeds(sources);
    const routes = createApp(sources, feeds);
    const poll = createPolls(createFeeds(sources), async (request) => await routes.fetch(request));
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST']) {
      const [polled, routed] = await Promise.all([
        poll(new Request(`${site}${path}`, { method })),
        routes.fetch(new Request(`${site}${path}`, { method })),
      ]);
      expect(polled.status).toBe(routed.status);
      expect([...polled.headers]).toEqual([...routed.headers]);
      expect(await polled.text()).toBe(await routed.text());
    }
  });

  it('that fails is explained by the routes', async () => {
    const feeds = createFeeds(sources);
    const failing = { ...feeds, answer: () => Promise.reject(new Error('no KV')) };
    const poll = createPolls(failing, async () => new Response('explained', { status: 500 }));
    expect((await poll(new Request(`${site}/rss.xml`))).status).toBe(500);
  });

  it.each([
    ['a browser tab', '/rss.xml', { 'Sec-Fetch-Dest': 'document' }],
    ['the owner', '/rss.xml?explain=1', {}],
  ])('of %s is for the routes', async (_, path, headers) => {
    const poll = createPolls(createFeeds(sources), async () => new Response('routed'));
    expect(await (await poll(new Request(`${site}${path}`, { headers }))).text()).toBe('routed');
  });
});

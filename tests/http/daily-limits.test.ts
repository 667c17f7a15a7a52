/**
 * Past a daily limit KV or the Archive refuses: feeds and pages get older, and are no errors.
 */
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { createFeeds } from '../../src/http/feeds/feeds.ts';
import { createPolls } from '../../src/http/feeds/polls.ts';
import { createViewMemory } from '../../src/http/feeds/view-memory.ts';
import { createWindowReader } from '../../src/platform/window-reader.ts';
import { givenSources } from '../support/given-sources.ts';
import { givenEntries, givenKv, givenWindow, publishedValues } from '../support/given-window.ts';

const origin = 'https://tributary.example';

function refuse(): Promise<never> {
  return Promise.reject(new Error('Exceeded allowed daily limit'));
}

async function givenIsolate() {
  const sources = givenSources({ entries: givenEntries(60, 300) });
  const { kv } = givenKv(await publishedValues(givenWindow(givenEntries(60, 300))));
  const state = { now: 0, isKvRefusing: false, isArchiveRefusing: false };
  const get = kv.get.bind(kv) as (...given: readonly unknown[]) => Promise<unknown>;
  const limited = {
    get: async (...given: readonly unknown[]) => (state.isKvRefusing ? await refuse() : await get(...given)),
  };
  const archive = Object.fromEntries(
    Object.entries(sources.archive).map(([name, call]) => [
      name,
      async (...given: readonly unknown[]) =>
        state.isArchiveRefusing ? await refuse() : await (call as (...given: readonly unknown[]) => unknown)(...given),
    ]),
  ) as unknown as typeof sources.archive;
  const isolate = {
    ...sources,
    archive,
    views: createViewMemory(),
    now: () => state.now,
    window: createWindowReader({ kv: limited as unknown as KVNamespace, now: () => state.now, lookEveryMs: 1000 }),
  };
  const feeds = createFeeds(isolate);
  const poll = createPolls(feeds, async (request) => await createApp(isolate, feeds).fetch(request));
  const ask = async (path: string) => await (await poll(new Request(`${origin}${path}`))).text();
  const statusOf = async (path: string) => (await poll(new Request(`${origin}${path}`))).status;
  return { state, ask, statusOf };
}

const paths = ['/rss.xml', '/tags/even/atom.xml', '/feed.json?limit=7', '/', '/tags', '/tags.json'];

describe('past a daily limit', () => {
  it('of KV, an isolate goes on with the window it has', async () => {
    const { state, ask } = await givenIsolate();
    const before = await Promise.all(paths.map(ask));
    state.isKvRefusing = true;
    state.now = 3_600_000;
    expect(await Promise.all(paths.map(ask))).toEqual(before);
  });

  it('of KV, an isolate without a window is answered by the Archive', async () => {
    const { state, statusOf } = await givenIsolate();
    state.isKvRefusing = true;
    expect(await Promise.all(paths.map(statusOf))).toEqual(paths.map(() => 200));
  });

  it('of the Archive, what the window holds is answered as ever', async () => {
    const { state, statusOf } = await givenIsolate();
    state.isArchiveRefusing = true;
    expect(await Promise.all(paths.map(statusOf))).toEqual(paths.map(() => 200));
  });

  it('of the Archive, what it has answered before is sent again, older', async () => {
    const { state, ask } = await givenIsolate();
    const before = await ask('/rss.xml?q=river');
    state.isArchiveRefusing = true;
    state.now = 3_600_000;
    expect(await ask('/rss.xml?q=river')).toBe(before);
  });

  it('of both, what was made is sent, and the rest says when to come again', async () => {
    const { state, ask, statusOf } = await givenIsolate();
    const before = await ask('/rss.xml?q=river');
    state.isArchiveRefusing = true;
    state.isKvRefusing = true;
    state.now = 3_600_000;
    expect(await ask('/rss.xml?q=river')).toBe(before);
    expect(await statusOf('/rss.xml?q=never')).toBe(503);
  });
});

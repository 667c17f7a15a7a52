/**
 * Past a daily limit KV or the Archive refuses: feeds and pages get older, and are no errors.
 */
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { createFeeds } from '../../src/http/feeds/feeds.ts';
import { createPolls } from '../../src/http/feeds/polls.ts';
import { createViewMemory } from '../../src/http/feeds/view-memory.ts';
import { archiveUnavailable } from '../../src/pipeline/ports.ts';
import { createWindowReader } from '../../src/platform/window-reader.ts';
import { givenSources, windowOfNewest } from '../support/given-sources.ts';
import { givenEntries, givenKv, publishedValues } from '../support/given-window.ts';

const origin = 'https://tributary.example';

const limit = 'Exceeded allowed daily limit';

/** As `archiveDoor` says it. */
function refuseToAnswer(): Promise<never> {
  return Promise.reject(new Error(`${archiveUnavailable}: Error: ${limit}`));
}

async function givenIsolate(windowSize = 60) {
  const entries = givenEntries(60, 300);
  const sources = givenSources({ entries });
  const { kv } = givenKv(await publishedValues(windowOfNewest(entries, windowSize)));
  const state = { now: 0, isKvRefusing: false, isArchiveRefusing: false };
  const get = kv.get.bind(kv) as (...given: readonly unknown[]) => Promise<unknown>;
  const limited = {
    get: async (...given: readonly unknown[]) =>
      state.isKvRefusing ? await Promise.reject(new Error(limit)) : await get(...given),
  };
  const archive = Object.fromEntries(
    Object.entries(sources.archive).map(([name, call]) => [
      name,
      async (...given: readonly unknown[]) =>
        state.isArchiveRefusing
          ? await refuseToAnswer()
          : await (call as (...given: readonly unknown[]) => unknown)(...given),
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
  const answer = async (path: string) => await poll(new Request(`${origin}${path}`));
  const statusOf = async (path: string) => (await answer(path)).status;
  return { state, ask, answer, statusOf };
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

  it('of the Archive, a view that is not remembered goes as far back as the window, and says so', async () => {
    const { state, answer } = await givenIsolate(40);
    state.isArchiveRefusing = true;
    const response = await answer('/feed.json?limit=60');
    expect(response.status).toBe(200);
    expect(response.headers.get('Tributary-Horizon')).toMatch(/^20\d\d-/);
    const feed = await response.json<{ items: unknown[]; next_url?: string }>();
    expect(feed.items.length).toBe(40);
    expect(feed.next_url).toContain('before=');
    state.isArchiveRefusing = false;
    state.now += 20_000;
    const whole = await answer('/feed.json?limit=60');
    expect(whole.headers.get('Tributary-Horizon')).toBeNull();
    expect((await whole.json<{ items: unknown[] }>()).items.length).toBe(60);
  });

  it('of the Archive, what only it knows is a 503 that says when to come again and why, never a 500', async () => {
    const { state, answer } = await givenIsolate(40);
    state.isArchiveRefusing = true;
    const only = [
      '/feed.json?q=river',
      '/sources/unknown/rss.xml',
      '/views/unknown/rss.xml',
      '/archive/2020-01/rss.xml',
    ];
    const answers = await Promise.all([...only, '/archive', '/entries/0123456789abcdefghij'].map(answer));
    for (const response of answers) {
      expect([response.url, response.status, response.headers.get('Retry-After')]).toEqual(['', 503, '300']);
      expect(await response.text()).toContain('not possible now');
    }
  });
});

/**
 * What an isolate holds on to: bounded by the bytes it really keeps alive, whatever is published and polled.
 */
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createFeeds } from '../../src/http/feeds/feeds.ts';
import { createPolls } from '../../src/http/feeds/polls.ts';
import { createViewMemory, type KeptView } from '../../src/http/feeds/view-memory.ts';
import { createWindowReader } from '../../src/platform/window-reader.ts';
import { givenSources } from '../support/given-sources.ts';
import { givenEntries, givenKv, givenWindow, publishedValues } from '../support/given-window.ts';

setFlagsFromString('--expose_gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Bytes of array buffers that are alive. */
async function liveBytes(): Promise<number> {
  // What finalizers let go of is collected by the second run.
  for (let run = 0; run < 2; run += 1) {
    collectGarbage();
    await setTimeout(20);
  }
  return process.memoryUsage().arrayBuffers;
}

const origin = 'https://tributary.example';
const files = ['rss.xml', 'atom.xml', 'feed.json'];
const paths = Array.from({ length: 60 }, (_, view) =>
  view < 30 ? `/tags/river/%?since=20${10 + view}-01-01` : `/tags/even/%?limit=${view}`,
).flatMap((path) => files.map((file) => path.replace('%', file)));

describe('an isolate', () => {
  it('holds less than 32 MB while 200 versions are published and 60 views are polled in three formats', async () => {
    const sources = givenSources({ entries: [] });
    const values = new Map<string, string | Uint8Array<ArrayBuffer>>();
    const clock = { now: 0 };
    const reader = createWindowReader({ kv: givenKv(values).kv, now: () => clock.now, lookEveryMs: 1000 });
    const views = createViewMemory();
    const isolate = { ...sources, window: reader, views, now: () => clock.now };
    const poll = createPolls(createFeeds(isolate), async () => new Response(null, { status: 500 }));
    let entries = givenEntries(400, 4700);
    let built = givenWindow(entries);
    const before = await liveBytes();
    const highest = { bytes: 0 };
    for (let version = 0; version < 200; version += 1) {
      const [changed, ...others] = entries;
      if (changed === undefined) throw new Error('no entries');
      entries = [{ ...changed, title: `Version ${version}`, sequence: 1000 + version }, ...others];
      built = givenWindow(entries, 'bench', built);
      const published = await publishedValues(built, undefined, values);
      values.clear();
      for (const [key, value] of published) values.set(key, value);
      clock.now += 1000;
      for (const path of paths) {
        const response = await poll(new Request(`${origin}${path}`, { headers: { 'Accept-Encoding': 'gzip' } }));
        expect(response.status).toBe(200);
      }
      if (version % 20 !== 19) continue;
      const held = [...values.values()].reduce((sum, value) => sum + value.length, 0);
      highest.bytes = Math.max(highest.bytes, (await liveBytes()) - before - held);
    }
    expect(views.size()).toBeGreaterThan(1024 * 1024);
    expect(highest.bytes).toBeLessThan(32 * 1024 * 1024);
  }, 300_000);
});

function givenView(name: string, bytes: number, version: string): KeptView {
  const headers = new Headers();
  return {
    name,
    etag: '"1"',
    lastModified: undefined,
    headers,
    unchangedHeaders: headers,
    gzip: new Uint8Array(bytes),
    expiresAt: Number.POSITIVE_INFINITY,
    version,
  };
}

describe('the memory of views', () => {
  it('drops what was made longest ago when it is full, and never holds a view larger than a quarter of it', () => {
    const memory = createViewMemory(100_000);
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) memory.keep(givenView(name, 20_000, '1'));
    expect(['a', 'b', 'c', 'd', 'e', 'f'].filter((name) => memory.find(name) !== undefined)).toEqual([
      'c',
      'd',
      'e',
      'f',
    ]);
    expect(memory.size()).toBeLessThanOrEqual(100_000);
    memory.keep(givenView('f', 30_000, '1'));
    expect(memory.find('f')).toBeUndefined();
  });

  it('counts the plain bytes of a view, too', () => {
    const memory = createViewMemory(1_000_000);
    memory.keep({ ...givenView('a', 1000, '1'), plain: new Uint8Array(5000) });
    expect(memory.size()).toBe(6000 + 4096);
  });

  it('forgets views of versions that nobody is served any more', () => {
    const memory = createViewMemory();
    for (const version of ['1', '2', '3']) memory.keep(givenView(`of ${version}`, 10, version));
    memory.keepVersions(['3', '2']);
    expect(['1', '2', '3'].map((version) => memory.find(`of ${version}`) !== undefined)).toEqual([false, true, true]);
  });

  it('finds a view by another spelling, as long as there is one', () => {
    const memory = createViewMemory();
    memory.keep(givenView('https://a/', 10, '1'));
    memory.point('https://a/?limit=50', 'https://a/');
    expect(memory.find('https://a/?limit=50')?.name).toBe('https://a/');
    memory.keepVersions([]);
    expect(memory.find('https://a/?limit=50')).toBeUndefined();
  });
});

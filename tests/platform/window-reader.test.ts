import { describe, expect, it } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import { createWindowReader, type WindowReader } from '../../src/platform/window-reader.ts';
import type { Window } from '../../src/window/window.ts';
import { benchSite, givenEntries, givenKv, givenWindow, publishedValues } from '../support/given-window.ts';

/** The value of the small key for a version of this name. */
function currentOf(version: string): string {
  const { render } = givenWindow([]);
  return JSON.stringify({ ...JSON.parse(render({ publishedAt: 0 as Instant })), version });
}

function open(kv: KVNamespace, now: () => number = () => 0): WindowReader {
  return createWindowReader({ kv, now, lookEveryMs: 1000 });
}

/** A KV whose small key is read as often as a test lets it be. */
function givenSlowKv() {
  const reads: { readonly answer: (version: string) => void; readonly fail: () => void }[] = [];
  const get = () =>
    new Promise((resolve, reject) => {
      reads.push({
        answer: (version) => resolve(currentOf(version)),
        fail: () => reject(new Error('KV is down')),
      });
    });
  return { kv: { get } as unknown as KVNamespace, reads };
}

async function givenReader() {
  const clock = { now: 0 };
  const { kv, reads } = givenSlowKv();
  const reader = open(kv, () => clock.now);
  const first = reader.current();
  reads[0]?.answer('one');
  await first;
  return { clock, reader, reads };
}

describe('the reader of the published window', () => {
  it('looks again after the time that is set, and meanwhile other requests go on with what is known', async () => {
    const { clock, reader, reads } = await givenReader();
    clock.now = 1000;
    const looking = reader.current();
    expect((await reader.current())?.version).toBe('one');
    expect(reads).toHaveLength(2);
    reads[1]?.answer('two');
    expect((await looking)?.version).toBe('two');
    expect(reader.freshVersion()).toBe('two');
  });

  it('forgets what it knows when something was hidden, and what a look under way finds', async () => {
    const { clock, reader, reads } = await givenReader();
    clock.now = 1000;
    const before = reader.current();
    reader.lookAgain();
    expect(reader.freshVersion()).toBeUndefined();
    const after = reader.current();
    reads[2]?.answer('without');
    expect((await after)?.version).toBe('without');
    reads[1]?.answer('with');
    await before;
    expect(reader.freshVersion()).toBe('without');
  });

  it('looks for the next request when a look never ends', async () => {
    const { clock, reader, reads } = await givenReader();
    clock.now = 1000;
    void reader.current();
    clock.now = 3000;
    const next = reader.current();
    reads[2]?.answer('two');
    expect((await next)?.version).toBe('two');
  });

  it('answers with what it has while KV fails, and looks again soon', async () => {
    const { clock, reader, reads } = await givenReader();
    clock.now = 1000;
    const failing = reader.current();
    reads[1]?.fail();
    expect((await failing)?.version).toBe('one');
    clock.now = 3000;
    const next = reader.current();
    reads[2]?.answer('two');
    expect((await next)?.version).toBe('two');
  });

  it('has nothing while KV fails, so that the Archive is asked', async () => {
    const { kv, reads } = givenSlowKv();
    const failing = open(kv).current();
    reads[0]?.fail();
    expect(await failing).toBeUndefined();
  });

  it('lets no request wait for the read of another, not even the first ones', async () => {
    const { kv, reads } = givenSlowKv();
    const reader = open(kv);
    void reader.current();
    const second = reader.current();
    reads[1]?.answer('one');
    expect((await second)?.version).toBe('one');
  });

  it('waits for a look of its own when what is known is an hour old', async () => {
    const { clock, reader, reads } = await givenReader();
    clock.now = 3_600_000;
    const [first, second] = [reader.current(), reader.current()];
    reads[2]?.answer('two');
    expect((await second)?.version).toBe('two');
    reads[1]?.answer('two');
    expect((await first)?.version).toBe('two');
  });

  it('keeps what a later look found when an earlier one comes back after it', async () => {
    const { clock, reader, reads } = await givenReader();
    clock.now = 1000;
    const slow = reader.current();
    clock.now = 3000;
    const later = reader.current();
    reads[2]?.answer('two');
    await later;
    reads[1]?.answer('one');
    expect((await slow)?.version).toBe('two');
    expect(reader.freshVersion()).toBe('two');
  });
});

describe('values of the published window', () => {
  it('are read as far as they are needed, once, and segments again only when they are others', async () => {
    const first = givenWindow(givenEntries(200, 300));
    const values = await publishedValues(first, benchSite);
    const { kv, reads } = givenKv(values);
    const clock = { now: 0 };
    const reader = open(kv, () => clock.now);
    expect((await reader.defaultFeed('atom'))?.feed.etag).toMatch(/^"/);
    expect(reads.map(kindOf)).toEqual(['current', 'feeds']);
    const window = await reader.index();
    const newest = window?.entries.slice(0, 30) ?? [];
    const read = async (held: Window | undefined) => {
      if (held === undefined) throw new Error('no index');
      return await reader.fragments(held, 'rss', held.entries.slice(0, 30));
    };
    expect(await read(window)).toEqual(first.fragments('rss', newest));
    expect(await read(window)).toHaveLength(30);
    expect(reads.map(kindOf)).toEqual(['current', 'feeds', 'base', 'open', 'segment']);

    const [changed, ...others] = givenEntries(200, 300);
    if (changed === undefined) throw new Error('no entries');
    const second = givenWindow([{ ...changed, title: 'Changed', sequence: 999 }, ...others], 'bench', first);
    for (const [key, value] of await publishedValues(second)) values.set(key, value);
    clock.now = 1000;
    reads.length = 0;
    expect(await read(await reader.index())).toEqual(second.fragments('rss', second.window.entries.slice(0, 30)));
    expect(reads.map(kindOf)).toEqual(['current', 'open']);
  });

  it.each([
    ['absent', () => undefined],
    ['cut', (value: string | Uint8Array<ArrayBuffer>) => value.slice(0, value.length / 2)],
    ['garbage', () => 'garbage'],
    ['other JSON', () => '{"layout":2}'],
    [
      'of another layout',
      (value: string | Uint8Array<ArrayBuffer>) =>
        typeof value === 'string' && value.includes('"layout":')
          ? value.replace(/"layout":\d+/, '"layout":1')
          : 'garbage',
    ],
    ['empty', () => ''],
  ])('count as absent when they are %s, and are named to the Archive', async (_, damage) => {
    const given = givenWindow(givenEntries(100, 300));
    const whole = await publishedValues(given);
    for (const key of whole.keys()) {
      const values = new Map(whole);
      const damaged = damage(whole.get(key) ?? '');
      if (damaged === undefined) values.delete(key);
      else values.set(key, damaged);
      const reader = open(givenKv(values).kv);
      const window = await reader.index();
      const read = window && (await reader.fragments(window, 'json', window.entries));
      const isNeeded = !/\/(?:rss|atom|card)$/.test(key);
      expect(read === undefined).toBe(isNeeded);
      expect(window === undefined || reader.isAtHand(window, 'json', window.entries)).toBe(
        !isNeeded || window === undefined,
      );
      expect(reader.absentKeys()).toEqual(isNeeded && kindOf(key) !== 'current' ? [key] : []);
    }
  });

  it('are those of the window before while the base of the newest has not arrived', async () => {
    const former = givenWindow(givenEntries(3, 300));
    const values = await publishedValues(former);
    const clock = { now: 0 };
    const { kv } = givenKv(values);
    const reader = open(kv, () => clock.now);
    expect((await reader.index())?.version).toBe(former.window.version);
    const next = givenWindow(givenEntries(200, 300));
    const arrived = await publishedValues(next);
    values.set('window/current', arrived.get('window/current') ?? '');
    clock.now = 1000;
    expect((await reader.index())?.version).toBe(former.window.version);
    expect(await open(kv).index()).toBeUndefined();
    for (const [key, value] of arrived) values.set(key, value);
    clock.now = 2000;
    expect((await reader.index())?.version).toBe(next.window.version);
  });
});

function kindOf(key: string): string {
  return key.split('/')[1] ?? '';
}

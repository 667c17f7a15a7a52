import { describe, expect, it } from 'vitest';
import { createWindowReader } from '../../src/platform/window-reader.ts';
import { decodeFront } from '../../src/window/front.ts';
import { givenEntries, givenWindow } from '../support/given-window.ts';

/** A KV whose tiny key is read as often as a test lets it be. */
function givenKv() {
  const reads: { readonly answer: (version: string) => void; readonly fail: () => void }[] = [];
  const get = () =>
    new Promise((resolve, reject) => {
      reads.push({
        answer: (version) => resolve({ version, publishedAt: 0, seedDigest: '', older: [] }),
        fail: () => reject(new Error('KV is down')),
      });
    });
  return { kv: { get } as unknown as KVNamespace, reads };
}

async function givenReader() {
  const clock = { now: 0 };
  const { kv, reads } = givenKv();
  const reader = createWindowReader(kv, () => clock.now);
  const first = reader.current();
  reads[0]?.answer('one');
  await first;
  return { clock, reader, reads };
}

describe('the reader of the published window', () => {
  it('looks again after a second, and meanwhile other requests go on with what is known', async () => {
    const { clock, reader, reads } = await givenReader();
    clock.now = 1000;
    const looking = reader.current();
    expect((await reader.current())?.version).toBe('one');
    expect(reads).toHaveLength(2);
    reads[1]?.answer('two');
    expect((await looking)?.version).toBe('two');
    expect(reader.freshVersion()).toBe('two');
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

  it('fails when it has nothing', async () => {
    const { kv, reads } = givenKv();
    const failing = createWindowReader(kv, () => 0).current();
    reads[0]?.fail();
    await expect(failing).rejects.toThrow('KV is down');
  });

  it('lets no request wait for the read of another, not even the first ones', async () => {
    const { kv, reads } = givenKv();
    const reader = createWindowReader(kv, () => 0);
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

  it('reads the front of the format it is asked for and no other part, once', async () => {
    const { fronts, window } = givenWindow(givenEntries(3, 300));
    const reads: string[] = [];
    const get = async (key: string) => {
      reads.push(key);
      if (key === 'window/current') return { version: window.version, publishedAt: 0, seedDigest: '', older: [] };
      return key === `window/${window.version}/front/atom` ? fronts.atom.buffer : null;
    };
    const reader = createWindowReader({ get } as unknown as KVNamespace, () => 0);
    expect(await reader.front('atom')).toEqual(decodeFront(fronts.atom, window.version));
    expect(await reader.front('atom')).toBeDefined();
    expect(reads).toEqual(['window/current', `window/${window.version}/front/atom`]);
    expect(await reader.front('rss')).toBeUndefined();
  });

  it('takes a part that cannot be read for one that is not there', async () => {
    const current = { version: 'one', publishedAt: 0, seedDigest: '', older: [] };
    const get = async (key: string) => {
      if (key !== 'window/current') throw new Error('KV is down');
      return current;
    };
    const reader = createWindowReader({ get } as unknown as KVNamespace, () => 0);
    expect(await reader.front('rss')).toBeUndefined();
    expect(await reader.view('rss')).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { writesPerPublish } from '../../src/pipeline/publish-pace.ts';
import { writeWindow } from '../../src/platform/window-writer.ts';
import { givenInstant } from '../support/given.ts';
import { givenEntries, givenWindow } from '../support/given-window.ts';

const now = givenInstant('2026-11-22T10:30:00Z');
const minuteMs = 60_000;

/** A KV in memory that counts what is written. */
function givenKv() {
  const values = new Map<string, string | ArrayBuffer | ArrayBufferView>();
  const writes: string[] = [];
  const kv = {
    get: async (key: string) => {
      const value = values.get(key);
      return typeof value === 'string' ? JSON.parse(value) : null;
    },
    put: async (key: string, value: string | ArrayBufferView) => {
      writes.push(key);
      values.set(key, value);
    },
    delete: async (key: string) => values.delete(key),
    list: async ({ prefix }: { readonly prefix: string }) => ({
      keys: [...values.keys()].filter((name) => name.startsWith(prefix)).map((name) => ({ name })),
    }),
  };
  return { kv: kv as unknown as KVNamespace, values, writes };
}

describe('the writer of the published window', () => {
  it('writes as often as a publish is counted, the name of the version last', async () => {
    const { kv, writes } = givenKv();
    const built = givenWindow(givenEntries(3, 300));
    expect(await writeWindow(kv, built, now)).toBe(true);
    expect(writes).toHaveLength(writesPerPublish);
    expect(writes.at(-1)).toBe('window/current');
    expect(await writeWindow(kv, built, now)).toBe(false);
    expect(writes).toHaveLength(writesPerPublish);
  });

  it('deletes all parts of a version that nobody can be reading, those of a former release too', async () => {
    const { kv, values } = givenKv();
    const [first, second, third] = [givenEntries(1, 300), givenEntries(2, 300), givenEntries(3, 300)].map((entries) =>
      givenWindow(entries),
    );
    if (first === undefined || second === undefined || third === undefined) throw new Error('no windows');
    await writeWindow(kv, first, now);
    values.set(`window/${first.window.version}/front`, 'of a former release');
    await writeWindow(kv, second, givenInstant(now + 20 * minuteMs));
    expect(keysOf(values, first.window.version)).toHaveLength(writesPerPublish);
    await writeWindow(kv, third, givenInstant(now + 40 * minuteMs));
    expect(keysOf(values, first.window.version)).toEqual([]);
    expect(keysOf(values, second.window.version)).toHaveLength(writesPerPublish - 1);
    expect(keysOf(values, third.window.version)).toHaveLength(writesPerPublish - 1);
  });
});

function keysOf(values: ReadonlyMap<string, unknown>, version: string): readonly string[] {
  return [...values.keys()].filter((key) => key.startsWith(`window/${version}/`));
}

/**
 * Publishing inside the runtime: what is written, what heals, and what a failing KV does.
 */
import { describe, expect, it } from 'vitest';
import type { EntryId } from '../../src/domain/entry.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { SourceId } from '../../src/domain/source.ts';
import { createAnswers } from '../../src/platform/archive/answers/answer-query.ts';
import { ruleEntry } from '../../src/platform/archive/entries/ruled-entries.ts';
import { retireEntry } from '../../src/platform/archive/entries/write-entries.ts';
import { noteHidden, readMeta } from '../../src/platform/archive/ground/meta.ts';
import { type ArchiveState, changeEntries, wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { createPublisher, isUnpublished, readFailure } from '../../src/platform/archive/publish/publisher.ts';
import { createWindowReader } from '../../src/platform/window-reader.ts';
import { everything, type Query } from '../../src/query/language/query.ts';
import { loadDeflate } from '../../src/window/compress.ts';
import { askedAt, type TextualFacts } from '../support/arbitrary-query.ts';
import { createMemoryKv } from '../support/published-archive.ts';
import { inNewArchive } from '../support/random-archive.ts';

const minuteMs = 60_000;

function givenFacts(count: number): TextualFacts[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `entry${String(at).padStart(4, '0')}` as EntryId,
    sortAt: (askedAt - at * minuteMs) as Instant,
    tags: ['river'],
    source: `s${at % 3}` as SourceId,
    sources: [`s${at % 3}`],
    authors: ['A Warden'],
    languages: ['und'],
    title: `Entry ${at}`,
    text: 'water '.repeat(40),
  }));
}

function change(archive: ArchiveState, at: number, tag: string): void {
  changeEntries(archive, (log) => {
    const id = `entry${String(at).padStart(4, '0')}` as EntryId;
    const ruling = { tags: [{ slug: tag, label: tag }], ruleTags: [], isHidden: false };
    const changed = ruleEntry(archive.sql, id, ruling, log.nextSequence(), askedAt);
    if (changed !== undefined) log.note(changed);
  });
}

/** Hides an entry, as an owner does who makes its source private. */
function hide(archive: ArchiveState, at: number): void {
  changeEntries(archive, (log) => {
    const id = `entry${String(at).padStart(4, '0')}` as EntryId;
    const changed = retireEntry(archive.sql, id, log.nextSequence(), 'private', askedAt);
    if (changed !== undefined) log.note(changed);
    noteHidden(archive.sql);
  });
}

/** Lets promises go on until it holds. Nothing else of the object gets a turn meanwhile: it would publish, too. */
async function turnsUntil(holds: () => boolean, most = 100_000): Promise<void> {
  for (let turn = 0; turn < most && !holds(); turn += 1) await Promise.resolve();
}

describe('two publishes at once', () => {
  it('leave nothing in KV of what was hidden between them', async () => {
    await inNewArchive('two publishes', givenFacts(5), async (archive) => {
      const { kv, values } = createMemoryKv();
      const puts: (() => void)[] = [];
      const slow = {
        ...kv,
        put: async (key: string, value: string) => {
          await new Promise<void>((resolve) => void puts.push(resolve));
          await kv.put(key, value);
        },
      } as unknown as KVNamespace;
      const publisher = createPublisher(archive, slow, undefined);
      await loadDeflate();
      let isDone = false;
      const first = publisher.publish(askedAt);
      await turnsUntil(() => puts.length > 0);
      hide(archive, 2);
      const both = Promise.all([first, publisher.publish(askedAt)]).finally(() => {
        isDone = true;
      });
      // Those of the second publish, if it does not wait for the first one. The last to come go first.
      await turnsUntil(() => puts.length > 2, 5000);
      await turnsUntil(() => {
        puts.pop()?.();
        return isDone;
      });
      await both;
      const index = await open(kv).index();
      expect(index?.entries.map(({ id }) => id)).not.toContain('entry0002');
      const left = [...values].filter(([, value]) => new TextDecoder().decode(value).includes('entry0002'));
      expect(left.map(([key]) => key)).toEqual([]);
    });
  });
});

function open(kv: KVNamespace) {
  return createWindowReader({ kv, now: () => 0, lookEveryMs: 1000 });
}

const kindOf = (key: string): string => key.split('/')[1] ?? '';

describe('a publish', () => {
  it('writes only what changed, also after the Archive has slept, and nothing when nothing did', async () => {
    await inNewArchive('publishing', givenFacts(300), async (archive) => {
      const { kv, writes } = createMemoryKv();
      await createPublisher(archive, kv, undefined).publish(askedAt);
      expect(isUnpublished(archive)).toBe(false);
      for (let turn = 0; turn < 20; turn += 1) {
        change(archive, turn * 7, `tag${turn}`);
        writes.length = 0;
        const awake = wakeArchive(archive.storage);
        await createPublisher(awake, kv, undefined).publish((askedAt + turn) as Instant);
        expect(writes.map(({ key }) => kindOf(key)).toSorted()).toEqual(['current', 'open']);
        const window = await open(kv).index();
        expect(window?.entries.find(({ id }) => id === `entry${String(turn * 7).padStart(4, '0')}`)?.tags).toEqual([
          `tag${turn}`,
        ]);
      }
      writes.length = 0;
      await createPublisher(archive, kv, undefined).publish(askedAt);
      expect(writes).toEqual([]);
    });
  });

  it('deletes what it replaced ten minutes later, and what a former release left', async () => {
    await inNewArchive('publishing', givenFacts(10), async (archive) => {
      const { kv, values, deletes } = createMemoryKv();
      for (const key of ['window/abc/index', 'window/abc/rss', 'other']) values.set(key, new Uint8Array(3));
      values.set('window/current', new TextEncoder().encode('{"version":"abc","publishedAt":1,"older":[]}'));
      expect(await open(kv).index()).toBeUndefined();
      const publisher = createPublisher(archive, kv, undefined);
      await publisher.publish(askedAt);
      const first = [...values.keys()];
      expect(deletes).toEqual([]);
      change(archive, 3, 'other');
      await publisher.publish((askedAt + 11 * minuteMs) as Instant);
      expect(deletes.toSorted()).toEqual(['window/abc/index', 'window/abc/rss']);
      change(archive, 4, 'other');
      await publisher.publish((askedAt + 22 * minuteMs) as Instant);
      expect(
        first
          .filter((key) => !values.has(key))
          .map(kindOf)
          .toSorted(),
      ).toEqual(['abc', 'abc', 'open']);
      expect(values.has('other')).toBe(true);
      expect((await open(kv).index())?.entries).toHaveLength(10);
    });
  });
});

describe('a value that KV lost or damaged', () => {
  it.each([
    ['lost', undefined],
    ['garbage', 'garbage'],
    ['null', 'null'],
    ['cut', '{"layout":4,"vers'],
  ])('is written again: %s', async (_, damage) => {
    await inNewArchive('publishing', givenFacts(150), async (archive) => {
      const { kv, values } = createMemoryKv();
      const publisher = createPublisher(archive, kv, undefined);
      await publisher.publish(askedAt);
      // The map grows meanwhile.
      const keys = Array.from(values.keys());
      for (const key of keys) {
        if (damage === undefined) values.delete(key);
        else values.set(key, new TextEncoder().encode(damage));
        await publisher.verify();
        await publisher.verifyKeys([key]);
        expect(isUnpublished(archive)).toBe(true);
        await publisher.publish(askedAt);
        const reader = open(kv);
        const window = await reader.index();
        const read = window && (await reader.fragments(window, 'json', window.entries));
        expect([key, read?.length]).toEqual([key, 150]);
        for (const format of ['rss', 'atom', 'card'] as const) {
          expect(window && (await open(kv).fragments(window, format, window.entries))).toHaveLength(150);
        }
      }
    });
  });

  it('is left alone when it is there: a reader may have looked too early', async () => {
    await inNewArchive('publishing', givenFacts(10), async (archive) => {
      const { kv, values, writes } = createMemoryKv();
      const publisher = createPublisher(archive, kv, undefined);
      await publisher.publish(askedAt);
      writes.length = 0;
      await publisher.verify();
      await publisher.verifyKeys([...values.keys(), 'window/segment/unknown/rss']);
      expect(isUnpublished(archive)).toBe(false);
    });
  });
});

describe('a publish that fails', () => {
  it('is tried again smaller until it fits, with the reason told meanwhile, and grows again', async () => {
    await inNewArchive('publishing', givenFacts(400), async (archive) => {
      const { kv, writes } = createMemoryKv();
      const put = kv.put.bind(kv);
      const limit = { bytes: 20_000 };
      kv.put = (async (key: string, value: string | Uint8Array) => {
        if (value.length > limit.bytes) throw new Error('Value length exceeds limit');
        await put(key, value);
      }) as KVNamespace['put'];
      const publisher = createPublisher(archive, kv, undefined);
      let now = askedAt;
      let againAt = await publisher.publish(now);
      expect(readFailure(archive.sql)?.reason).toContain('exceeds limit');
      for (let tries = 0; againAt !== undefined && tries < 12; tries += 1) {
        expect(againAt).toBeGreaterThan(now);
        now = againAt;
        againAt = await publisher.publish(now);
      }
      expect(againAt).toBeUndefined();
      expect(readFailure(archive.sql)?.reason).toBeUndefined();
      const small = (await open(kv).index())?.entries.length ?? 0;
      expect(small).toBeGreaterThan(10);
      expect(small).toBeLessThan(400);
      limit.bytes = Number.POSITIVE_INFINITY;
      writes.length = 0;
      for (let hours = 0; hours < 8; hours += 1) {
        now = (now + 61 * minuteMs) as Instant;
        change(archive, hours, `hour${hours}`);
        await publisher.publish(now);
      }
      expect((await open(kv).index())?.entries).toHaveLength(400);
      expect(readMeta(archive.sql, 'publish_failure')).toBe('');
    });
  });
});

describe('an answer of the Archive', () => {
  it('ends at 8 MB, and the next page has the rest', async () => {
    const entries = givenFacts(30).map((facts) => ({ ...facts, text: `${facts.title} ${'x'.repeat(800_000)}` }));
    await inNewArchive('large', entries, (archive) => {
      const answer = createAnswers(archive);
      const seen: string[] = [];
      let query: Query = { ...everything, limit: 200 };
      for (let page = 0; page < 20; page += 1) {
        const { bytes, more, entries: found } = answer(query, 'atom', askedAt);
        expect(bytes.length).toBeLessThanOrEqual(8 * 1024 * 1024);
        seen.push(...found.map(({ id }) => id));
        const last = found.at(-1);
        if (!more || last === undefined) break;
        query = { ...query, before: { sortAt: last.sortAt, id: last.id } };
      }
      expect(seen).toEqual(entries.map(({ id }) => id));
    });
  }, 60_000);
});

/**
 * Every call of a refresh and a publish goes wrong once: the Archive is unchanged or complete, and the next rounds make the
 * published window agree with it.
 */
import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it, vi } from 'vitest';
import { toSourceId } from '../../src/domain/source.ts';
import { createFaultyWorld, type Fault, type Layer, type PlannedFault } from '../support/faulty-world.ts';
import { givenUrl } from '../support/given.ts';
import { bindings } from '../support/given-owner.ts';

vi.setConfig({ testTimeout: 120_000 });

const url = givenUrl('https://sweep.example.com/feed.xml');
const before = ['one', 'two'];
const after = ['one', 'two', 'three', 'four', 'five'];
const hourMs = 3_600_000;

const faults: Readonly<Record<Layer, readonly Fault[]>> = {
  fetch: ['fail', 'stall', 'double', 'after'],
  kv: ['fail', 'after', 'double', 'late'],
  queue: ['fail', 'after', 'double'],
  sql: ['fail'],
  rpc: ['fail', 'after', 'double'],
  clock: ['ahead', 'behind'],
};

function documentOf(names: readonly string[]) {
  const items = names.map(
    (name, place) =>
      `<item><guid isPermaLink="false">${name}</guid><title>Entry ${name} of ${names.length}</title><pubDate>${new Date(Date.UTC(2026, 9, 20, place)).toUTCString()}</pubDate><description>Text of ${name}.</description></item>`,
  );
  const body = `<rss version="2.0"><channel><title>Sweep</title><link>https://sweep.example.com/</link>${items.join('')}</channel></rss>`;
  return { body, etag: `"${names.length}"` };
}

/** What the Archive holds of the source: guid and revision. */
function held(sql: SqlStorage): readonly string[] {
  return sql
    .exec<{ guid: string; revision: number }>(
      'SELECT guid, revision FROM entry WHERE source_id = ? ORDER BY guid',
      toSourceId(url),
    )
    .toArray()
    .map(({ guid, revision }) => `${guid} ${revision}`);
}

function visibleIds(sql: SqlStorage): readonly string[] {
  return sql
    .exec<{ id: string }>('SELECT id FROM entry WHERE retired_at IS NULL ORDER BY id')
    .toArray()
    .map(({ id }) => id);
}

let attempts = 0;

/** Publishes two entries, lets the document grow with the fault, and then lets the world heal. Returns the calls counted. */
async function attempt(fault?: PlannedFault): Promise<Readonly<Record<Layer, number>>> {
  attempts += 1;
  return await runInDurableObject(bindings.ARCHIVE.getByName(`sweep ${attempts}`), async (_, state) => {
    await state.storage.deleteAlarm();
    let document = documentOf(before);
    const world = createFaultyWorld(state, () => document);
    const source = {
      id: toSourceId(url),
      kind: 'feed',
      url,
      title: 'Sweep',
      tags: [],
      enabled: true,
      fullText: false,
      maxEntries: 0,
      declaredBy: 'api',
    };
    await world.own('importSources', [[source]]);
    await world.round();
    await world.round();
    const { sql } = state.storage;
    const [atFirst, complete] = [before.map((name) => `${name} 1`), completeRows()];
    expect(held(sql)).toEqual(atFirst.toSorted());

    document = documentOf(after);
    world.later(25 * hourMs);
    world.plan(fault);
    await world.round();
    const counts = { ...world.counts };
    world.plan(undefined);
    // Unchanged or complete, never a part.
    expect([atFirst.toSorted(), complete]).toContainEqual(held(sql));

    await world.restart();
    for (let day = 0; day < 8; day += 1) {
      await world.round();
      if (day > 0 && held(sql).length === complete.length) break;
      world.later(25 * hourMs);
    }
    expect(held(sql)).toEqual(complete);
    expect(visibleIds(sql).length).toBeGreaterThanOrEqual(after.length);
    expect(await world.publishedIds()).toEqual(visibleIds(sql));
    return counts;
  });
}

/** `one` and `two` have another title in the second document, so they are revised. */
function completeRows(): readonly string[] {
  return after.map((name) => `${name} ${before.includes(name) ? 2 : 1}`).toSorted();
}

describe('a refresh and a publish', async () => {
  const counts = await attempt();

  it('call every layer', () => {
    expect(Object.keys(faults).filter((layer) => counts[layer as Layer] === 0)).toEqual([]);
  });

  it.each(Object.entries(faults) as [Layer, readonly Fault[]][])(
    'survive each fault of %s at every call',
    async (layer, kinds) => {
      const broken: string[] = [];
      for (const fault of kinds) {
        for (let at = 1; at <= counts[layer]; at += 1) {
          await attempt({ layer, fault, at }).catch((error: unknown) => {
            broken.push(`${fault} at call ${at} of ${counts[layer]}: ${String(error).slice(0, 600)}`);
          });
        }
      }
      expect(broken).toEqual([]);
    },
  );
});

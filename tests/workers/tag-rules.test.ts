/**
 * Changed rules reach every entry in the background, and take back only what rules gave.
 */
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import type { Tag } from '../../src/domain/tag.ts';
import { applyRules } from '../../src/platform/archive/follow/apply-rules.ts';
import { wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { isApplyingRules } from '../../src/platform/archive/rows/rule-rows.ts';
import { archiveDoor, createArchiveReader } from '../../src/platform/archive-doors.ts';
import type { Bindings } from '../../src/platform/bindings.ts';
import { parseQuery } from '../../src/query/language/parse-query.ts';
import { givenSource, recordArticles } from '../support/archive-objects.ts';
import { expectOk } from '../support/given.ts';

vi.setConfig({ testTimeout: 30_000 });

const bindings = env as unknown as Bindings;
const worker = (exports as unknown as { default: Fetcher }).default;
const stub = bindings.ARCHIVE.getByName('archive');
const admin = archiveDoor(bindings, 'owner');
const river: Tag = { slug: 'river', label: 'River' };
const source = givenSource('tagged.example', { tags: [river] });

/** Runs alarms until the rules are carried through, and one that publishes; returns how many it took. */
async function settle(): Promise<number> {
  let alarms = 0;
  while ((await admin.ruleBook()).isRetagging) {
    await runDurableObjectAlarm(stub);
    alarms += 1;
    if (alarms > 100) throw new Error('rules never settle');
  }
  // The day's KV writes may make the publish wait; the Archive answers all the same.
  await runDurableObjectAlarm(stub);
  return alarms + 1;
}

function ask(method: string, body?: object): Promise<Response> {
  return worker.fetch('https://feeds.example/admin/api/rules', {
    method,
    headers: { Authorization: 'Bearer token-of-the-tests', 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function count(tag: string): Promise<number> {
  const query = expectOk(
    parseQuery([
      ['tag', tag],
      ['limit', '200'],
    ]),
  );
  return (await createArchiveReader(bindings).answer(query, 'json')).entries.length;
}

beforeAll(async () => {
  const names = Array.from({ length: 450 }, (_, at) => `${at % 3 === 0 ? 'Salmon' : 'Gravel'} ${at}`);
  await recordArticles(
    bindings,
    source,
    names.map((name, at) => ({
      name,
      tags: [river],
      at: new Date(Date.UTC(2026, 0, 1) + at * 60_000).toISOString(),
      ...(at === 3 ? { categories: [{ term: 'Fish' }], tags: [{ slug: 'fish', label: 'Fish' }, river] } : {}),
    })),
  );
  await settle();
  await (await ask('GET')).text();
}, 60_000);

describe('a rule', () => {
  it('reaches the entries that are there, step by step, and new ones at once', async () => {
    await admin.saveRules([
      { tag: 'Fish', any: ['salmon', 'trout'] },
      { tag: 'River', any: ['gravel'] },
    ]);
    expect((await admin.ruleBook()).isRetagging).toBe(true);
    expect(await settle()).toBeGreaterThanOrEqual(3);
    expect(await count('fish')).toBe(150);
    const totals = await createArchiveReader(bindings).totals();
    expect(totals.tags.find((tag) => tag.slug === 'fish')).toMatchObject({ label: 'Fish', count: 150 });
    // An isolate looks for a newer window every second.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const feed = await (await worker.fetch('https://feeds.example/tags/fish/feed.json?limit=200')).json<{
      items: unknown[];
    }>();
    expect(feed.items).toHaveLength(150);
  }, 30_000);

  it('takes back what it gave when it goes, and nothing else', async () => {
    await admin.saveRules([]);
    await settle();
    // The publisher's own category stays, and so does the tag of the source that a rule gave too.
    expect(await count('fish')).toBe(1);
    const totals = await createArchiveReader(bindings).totals();
    expect(totals.tags.find((tag) => tag.slug === 'river')?.count).toBe(450);
  }, 30_000);

  it('goes on after a restart where it stopped, and follows two changes in a row', async () => {
    await admin.saveRules([{ tag: 'Stone', any: ['gravel'] }]);
    await runDurableObjectAlarm(stub);
    await admin.saveRules([{ tag: 'Pebble', any: ['gravel'] }]);
    // An Archive that wakes anew knows nothing but its rows.
    const counted = await runInDurableObject(stub, (_, state) => {
      const woken = wakeArchive(state.storage);
      while (applyRules(woken, Date.now() as Instant, 100)) expect(isApplyingRules(woken.sql)).toBe(true);
      const rows = woken.sql.exec<{ tag: string; count: number }>(
        `SELECT tag, COUNT(*) AS count FROM entry_tag WHERE tag IN ('stone', 'pebble') GROUP BY tag`,
      );
      return rows.toArray();
    });
    expect(counted).toEqual([{ tag: 'pebble', count: 300 }]);
    await settle();
  }, 30_000);

  it('holds for what a refresh brings that was opened under former rules', async () => {
    await admin.saveRules([{ tag: 'Ripple', any: ['gravel'] }]);
    await settle();
    await admin.saveRules([{ tag: 'Wave', any: ['gravel'] }]);
    await settle();
    await recordArticles(bindings, source, [
      { name: 'Gravel at last', at: '2026-05-01T00:00:00Z', tags: [river] },
      {
        name: 'Ripples',
        at: '2026-05-02T00:00:00Z',
        tags: [river, { slug: 'ripple', label: 'Ripple' }],
        categories: [{ term: 'Ripple' }],
      },
    ]);
    const { tags } = await createArchiveReader(bindings).totals();
    expect(tags.find((tag) => tag.slug === 'wave')?.count).toBe(301);
    // Of the two, the publisher calls one so.
    expect(await count('ripple')).toBe(1);
    await settle();
  }, 30_000);

  it('takes back what it gave in a former release, which did not note that', async () => {
    await admin.saveRules([{ tag: 'Rapid', any: ['gravel'] }]);
    await settle();
    await runInDurableObject(stub, (_, { storage }) => storage.sql.exec('UPDATE entry SET rule_tags = NULL'));
    await admin.saveRules([{ action: 'tag', query: 'title:salmon', tag: 'Leap' }]);
    await settle();
    expect([await count('rapid'), await count('leap')]).toEqual([0, 150]);
    const left = await runInDurableObject(stub, (_, { storage }) =>
      storage.sql.exec('SELECT 1 FROM entry WHERE rule_tags IS NULL').toArray(),
    );
    expect(left).toEqual([]);
  }, 30_000);

  it('is checked, and shown with those of the file', async () => {
    const wrong = await ask('PUT', { rules: [{ tag: '!!!', any: ['x'] }] });
    expect(wrong.status).toBe(400);
    expect(await wrong.text()).toContain('rules.0.tag');
    const right = await ask('PUT', { rules: [{ tag: 'Ebb', any: ['ebb'], in: 'title' }] });
    expect(right.status).toBe(202);
    expect(await right.json()).toMatchObject({ rules: [{ tag: 'Ebb', any: ['ebb'], in: 'title' }] });
    await settle();
  }, 30_000);
});

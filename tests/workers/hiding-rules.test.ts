/**
 * Rules that hide and keep: nothing hidden is public, it comes back as it was, and whatever order things happen in counts.
 */
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type EntryId, toEntryId } from '../../src/domain/entry.ts';
import { archiveDoor, createArchiveReader } from '../../src/platform/archive-doors.ts';
import type { Bindings } from '../../src/platform/bindings.ts';
import { everything } from '../../src/query/language/query.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { givenSource, recordArticles } from '../support/archive-objects.ts';

vi.setConfig({ testTimeout: 60_000 });

const bindings = env as unknown as Bindings;
const worker = (exports as unknown as { default: Fetcher }).default;
const stub = bindings.ARCHIVE.getByName('archive');
const admin = archiveDoor(bindings, 'owner');
const reader = createArchiveReader(bindings);
const source = givenSource('hiding.example');
const other = givenSource('other.example');
const hideAds: Rule = { action: 'hide', query: 'title:sponsored' };

async function settle(): Promise<void> {
  for (let alarms = 0; (await admin.ruleBook()).isRetagging; alarms += 1) {
    await runDurableObjectAlarm(stub);
    if (alarms > 100) throw new Error('rules never settle');
  }
  await runDurableObjectAlarm(stub);
}

async function save(rules: readonly Rule[]): Promise<void> {
  const response = await ask('PUT', '/admin/api/rules', { rules });
  expect(response.status).toBe(202);
  await response.text();
  await settle();
}

function ask(method: string, path: string, body?: object): Promise<Response> {
  return worker.fetch(`https://feeds.example${path}`, {
    method,
    headers: { Authorization: 'Bearer token-of-the-tests', 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Titles of the entries of the two sources that everybody sees, the newest first. */
async function shown(): Promise<string[]> {
  const { entries } = await reader.answer({ ...everything, limit: 200 }, 'json');
  const found = await Promise.all(entries.map(({ id }) => reader.entry(id)));
  return found.flatMap((entry) =>
    entry?.origin.sourceId === source.id || entry?.origin.sourceId === other.id ? [entry.title] : [],
  );
}

async function tagsOf(): Promise<readonly string[]> {
  return (await reader.totals()).tags.map(({ slug }) => slug);
}

async function rowOf(name: string, of = source): Promise<Record<string, SqlStorageValue> | undefined> {
  const id = toEntryId(of.id, name);
  return runInDurableObject(stub, (_, { storage }) =>
    storage.sql.exec('SELECT * FROM entry WHERE id = ?', id).toArray().at(0),
  );
}

beforeAll(async () => {
  await recordArticles(bindings, source, [
    { name: 'Tea', at: '2026-01-05T00:00:00Z', language: 'en' },
    { name: 'Sponsored: tea pots', at: '2026-01-04T00:00:00Z', language: 'en' },
    { name: 'Kaffee', at: '2026-01-03T00:00:00Z', language: 'de' },
  ]);
  await recordArticles(bindings, other, [{ name: 'Sponsored by us', at: '2026-01-02T00:00:00Z' }]);
  await settle();
}, 60_000);

describe('a rule that hides', () => {
  it('hides everywhere, from what is there and from what comes, and gives back what it hid', async () => {
    const before = await rowOf('Sponsored: tea pots');
    await save([hideAds]);
    expect(await shown()).toEqual(['Tea', 'Kaffee']);
    await recordArticles(bindings, source, [{ name: 'Sponsored: late', at: '2026-01-06T00:00:00Z' }]);
    expect(await shown()).toEqual(['Tea', 'Kaffee']);
    const totals = await reader.totals();
    expect(totals.sources.find(({ id }) => id === source.id)?.count).toBe(2);
    expect(totals.sources.find(({ id }) => id === other.id)?.count).toBe(0);
    expect(await reader.entry(toEntryId(source.id, 'Sponsored: late'))).toBeUndefined();
    expect(
      (await reader.count({ ...everything, text: [{ anyOf: [{ text: 'sponsored', in: 'title' }] }] }, 9)).amount,
    ).toBe(0);
    await save([]);
    expect(await shown()).toEqual(['Sponsored: late', 'Tea', 'Sponsored: tea pots', 'Kaffee', 'Sponsored by us']);
    const after = await rowOf('Sponsored: tea pots');
    for (const name of [
      'id',
      'guid',
      'sort_at',
      'first_seen',
      'modified',
      'revision',
      'tags',
      'retired_at',
      'retired_why',
    ]) {
      expect([name, after?.[name]]).toEqual([name, before?.[name]]);
    }
  });

  it('leaves nothing of it in KV', async () => {
    await save([hideAds]);
    const { keys } = await bindings.WINDOW.list();
    expect(keys.length).toBeGreaterThan(0);
    // Fragments are compressed, their digests are not: segments of what is hidden are gone with the entry.
    const digest = await runInDurableObject(stub, (_, { storage }) =>
      storage.sql.exec<{ members: string }>('SELECT members FROM segment').toArray(),
    );
    const rendered = await runInDurableObject(stub, (_, { storage }) =>
      storage.sql.exec<{ state: string }>('SELECT state FROM rendered').toArray(),
    );
    const members = digest.flatMap((row) => JSON.parse(row.members) as string[]);
    const states = rendered.map((row) => JSON.parse(row.state) as { id: string; digest: string });
    expect(members.toSorted()).toEqual(states.map((state) => state.digest).toSorted());
    expect(states.map((state) => state.id)).not.toContain(toEntryId(source.id, 'Sponsored: tea pots'));
    for (const { name } of keys) {
      expect(await bindings.WINDOW.get(name)).not.toContain(toEntryId(source.id, 'Sponsored: tea pots'));
    }
    const feed = await (await worker.fetch('https://feeds.example/feed.json')).text();
    expect(feed).not.toContain('Sponsored');
    await save([]);
  });

  it('holds when an entry changes, and lets go of one that does not match any more', async () => {
    await save([hideAds]);
    const name = 'Sponsored: tea pots';
    await recordArticles(bindings, source, [{ name, at: '2026-01-04T00:00:00Z', summary: 'Anew.' }]);
    expect((await rowOf(name))?.['retired_why']).toBe('hidden');
    await recordArticles(bindings, source, [{ name, at: '2026-01-04T00:00:00Z', title: 'Tea pots' }]);
    expect(await shown()).toContain('Tea pots');
    await recordArticles(bindings, source, [{ name, at: '2026-01-04T00:00:00Z', title: 'Sponsored: pots' }]);
    expect(await shown()).not.toContain('Sponsored: pots');
    await save([]);
    expect(await shown()).toContain('Sponsored: pots');
  });

  it('keeps an entry away whatever else happens to its source meanwhile', async () => {
    await save([hideAds]);
    await admin.changeSource(other.id, { isPrivate: true });
    await admin.changeSource(other.id, { isPrivate: false });
    expect(await shown()).not.toContain('Sponsored by us');
    await admin.changeSource(other.id, { isPrivate: true });
    await save([]);
    // Shown again it would be public: its source is private now.
    expect(await shown()).not.toContain('Sponsored by us');
    expect((await rowOf('Sponsored by us', other))?.['retired_why']).toBe('private');
    await admin.changeSource(other.id, { isPrivate: false });
    expect(await shown()).toContain('Sponsored by us');
    await save([hideAds]);
    await admin.removeSource(other.id);
    await settle();
    await save([]);
    expect(await shown()).not.toContain('Sponsored by us');
    await recordArticles(bindings, other, []);
    expect(await shown()).toContain('Sponsored by us');
  });
});

describe('a rule that keeps', () => {
  it('shows of its source only what matches', async () => {
    await save([{ action: 'keep', query: 'lang:de', source: source.id }]);
    expect(await shown()).toEqual(['Kaffee', 'Sponsored by us']);
    await save([{ action: 'keep', query: 'lang:de' }]);
    expect(await shown()).toEqual(['Kaffee']);
    await save([]);
  });
});

describe('the owner', () => {
  it('sees what rules would change before they are saved', async () => {
    const preview = async (rules: readonly unknown[]) =>
      (await ask('POST', '/admin/api/rules/preview', { rules })).json<Record<string, { title: string }[]>>();
    const first = await preview([hideAds, { action: 'tag', query: 'title:tea', tag: 'Drinks' }]);
    expect(first['hidden']?.map(({ title }) => title)).toContain('Sponsored by us');
    expect(first['shown']).toEqual([]);
    expect(first['tagged']).toEqual([
      { id: toEntryId(source.id, 'Tea'), title: 'Tea', added: ['Drinks'], removed: [] },
    ]);
    await save([hideAds]);
    const second = await preview([]);
    expect(second['shown']?.map(({ title }) => title)).toContain('Sponsored by us');
    expect(second['hidden']).toEqual([]);
    // A rule of one source is tried on that source, however long ago it published.
    const ofSource = await preview([hideAds, { action: 'hide', query: 'title:tea', source: source.id }]);
    expect(ofSource['hidden']?.map(({ title }) => title)).toEqual(['Tea']);
    expect(ofSource['lookedAt']).toBeGreaterThan(0);
    expect(Number(ofSource['lookedAt'])).toBeLessThan(Number(second['lookedAt']));
    const wrong = await ask('POST', '/admin/api/rules/preview', { rules: [{ action: 'hide', query: 'lang:!' }] });
    expect(wrong.status).toBe(400);
    expect(await wrong.text()).toContain('rules.0.query');
  });

  it('is told which rule hid and which one tagged', async () => {
    const tag: Rule = { action: 'tag', query: 'title:tea', tag: 'Drinks' };
    await save([hideAds, tag]);
    const said = await (await ask('GET', '/admin/api/explain')).json<{
      kept: { title: string; tagged?: unknown }[];
      dropped: { title: string; rule?: Rule }[];
    }>();
    expect(said.kept.find(({ title }) => title === 'Tea')?.tagged).toEqual([{ tag: 'Drinks', rule: tag }]);
    expect(said.kept.find(({ title }) => title === 'Kaffee')).not.toHaveProperty('tagged');
    expect(said.dropped.find(({ title }) => title === 'Sponsored by us')?.rule).toEqual(hideAds);
  });

  it('finds what is hidden', async () => {
    const found = await (await ask('GET', '/admin/api/rules/hidden?q=title:pots')).json<{
      entries: { id: EntryId; rule: Rule }[];
      total: number;
    }>();
    expect(found.entries).toEqual([expect.objectContaining({ title: 'Sponsored: pots', rule: hideAds })]);
    expect(found.total).toBe(3);
    await save([]);
  });

  it('takes back what a rule gave an article that was posted, and not what its file said', async () => {
    const article = [
      '<!--1768498200000-->',
      '<!--tags: Kept-->',
      '[A posted river](https://posted.example/a)',
      '------',
      '',
      '<p>The river rises.</p>',
    ].join('\n');
    await save([{ action: 'tag', query: 'river', tag: 'Wetness' }]);
    const posted = await worker.fetch('https://feeds.example/admin/api/entries?path=world/a.md', {
      method: 'POST',
      headers: { Authorization: 'Bearer token-of-the-tests', 'Content-Type': 'text/markdown' },
      body: article,
    });
    const said = await posted.json<{ recorded: number; rejected: unknown[] }>();
    expect(said).toMatchObject({ recorded: 1, rejected: [] });
    expect(await tagsOf()).toContain('wetness');
    await save([]);
    expect(await tagsOf()).not.toContain('wetness');
    expect(await tagsOf()).toEqual(expect.arrayContaining(['kept', 'world']));
  });
});

/**
 * Entries of a big source follow a change in steps of bounded size; a kill between two steps loses nothing.
 */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { expect, it, vi } from 'vitest';
import type { Source } from '../../src/domain/source.ts';
import type { Tag } from '../../src/domain/tag.ts';
import type { EntryWork } from '../../src/pipeline/archive-owner.ts';
import { archiveDoor, createArchiveReader } from '../../src/platform/archive-doors.ts';
import { everything } from '../../src/query/language/query.ts';
import { givenSource, recordArticles } from '../support/archive-objects.ts';
import { ask, bindings } from '../support/given-owner.ts';

vi.setConfig({ testTimeout: 60_000 });

const owner = archiveDoor(bindings, 'owner');
const stub = () => bindings.ARCHIVE.getByName('archive');
const water: Tag = { slug: 'water', label: 'Water' };
const stone: Tag = { slug: 'stone', label: 'Stone' };

const articles = Array.from({ length: 650 }, (_, at) => ({ name: `article ${at}`, at: `2026-01-0${1 + (at % 9)}` }));

async function count(terms: { readonly source?: string; readonly tag?: string }): Promise<number> {
  const query = {
    ...everything,
    ...(terms.source === undefined ? {} : { sources: [{ anyOf: [terms.source] }] }),
    ...(terms.tag === undefined ? {} : { tags: [{ anyOf: [terms.tag] }] }),
    limit: 200,
  };
  return (await createArchiveReader(bindings).count(query, 5000)).amount;
}

async function given(host: string, changes: Partial<Source> = {}): Promise<Source> {
  const source = givenSource(host, changes);
  await recordArticles(bindings, source, articles);
  return source;
}

/** Sequence numbers that one step takes at most: each is an entry that changed. */
async function mostPerStep(isOver: (work: EntryWork) => boolean = () => false): Promise<number> {
  let most = 0;
  for (let steps = 0; steps < 60; steps += 1) {
    const { work } = await owner.health();
    if (work === undefined || isOver(work)) return most;
    const before = (await createArchiveReader(bindings).totals()).sequence;
    await runDurableObjectAlarm(stub());
    most = Math.max(most, (await createArchiveReader(bindings).totals()).sequence - before);
    // The Archive is gone between two steps, as after a kill.
    if (steps % 2 === 0) await evictDurableObject(stub());
  }
  throw new Error('the work does not end');
}

it('retags in steps, and /health says how many entries are left', async () => {
  const source = await given('retag.example', { tags: [stone] });
  await owner.changeSource(source.id, { tags: [water] });
  expect(await count({ source: source.id, tag: 'water' })).toBe(200);
  expect((await owner.health()).work?.changing).toBe(450);
  expect((await ask('GET', '/health')).json['work']).toMatchObject({ changing: 450 });
  expect(await mostPerStep()).toBeLessThanOrEqual(200);
  expect(await count({ source: source.id, tag: 'water' })).toBe(650);
  expect(await count({ source: source.id, tag: 'stone' })).toBe(0);
});

it('follows a second change that comes while the first is under way', async () => {
  const source = await given('twice.example');
  await owner.changeSource(source.id, { tags: [water] });
  await owner.changeSource(source.id, { tags: [stone], maxEntries: 300 });
  expect(await mostPerStep()).toBeLessThanOrEqual(400);
  expect(await count({ source: source.id, tag: 'stone' })).toBe(300);
  await owner.changeSource(source.id, { maxEntries: 0 });
  expect(await mostPerStep()).toBeLessThanOrEqual(200);
  expect(await count({ source: source.id, tag: 'stone' })).toBe(650);
  expect(await count({ source: source.id, tag: 'water' })).toBe(0);
});

it('has everything hidden when a source became private, and shows it again in steps', async () => {
  const source = await given('hidden.example');
  await owner.changeSource(source.id, { isPrivate: true });
  expect(await count({ source: source.id })).toBe(0);
  await recordArticles(bindings, source, [{ name: 'new and private', at: '2026-02-01' }]);
  expect(await count({ source: source.id })).toBe(0);
  await owner.changeSource(source.id, { isPrivate: false });
  expect(await count({ source: source.id })).toBe(200);
  expect(await mostPerStep()).toBeLessThanOrEqual(200);
  expect(await count({ source: source.id })).toBe(651);
});

it('brings a removed source back in steps', async () => {
  const source = await given('return.example', { tags: [stone] });
  await owner.removeSource(source.id);
  await mostPerStep();
  expect(await count({ source: source.id })).toBe(0);
  await owner.importSources([{ ...source, tags: [water] }]);
  expect(await mostPerStep()).toBeLessThanOrEqual(400);
  expect(await count({ source: source.id, tag: 'water' })).toBe(650);
  expect(await count({ source: source.id, tag: 'stone' })).toBe(0);
});

it('merges in steps: what both hold is one entry, and every id leads to it', async () => {
  const from = await given('from.example', { tags: [stone] });
  const into = givenSource('into.example', { tags: [water] });
  const shared = articles.slice(0, 100).map(({ name, at }) => ({ name, at, guid: `urn:test:${from.id}:${name}` }));
  await recordArticles(bindings, into, shared);
  const linked = { url: 'https://from.example/linked' as never, title: 'Linked' };
  await recordArticles(bindings, from, [{ name: 'l1', at: '2026-01-20', ...linked }]);
  await recordArticles(bindings, into, [{ name: 'l2', at: '2026-01-20', ...linked }]);
  await owner.moveSource(into.id, from.url);
  expect(await owner.source(from.id)).toBeUndefined();
  expect((await owner.health()).work?.merging).toBeGreaterThan(300);
  // What is on its way is shown as the source that stayed.
  const { entries } = await createArchiveReader(bindings).answer(
    { ...everything, sources: [{ anyOf: [from.id] }], limit: 1 },
    'json',
  );
  const onItsWay = await createArchiveReader(bindings).entry(entries[0]?.id as never);
  expect(onItsWay?.origin.sourceId).toBe(into.id);
  // Moved, hidden as a twin, tagged: three changes of an entry at most.
  expect(await mostPerStep()).toBeLessThanOrEqual(800);
  expect(await count({ source: from.id })).toBe(0);
  expect(await count({ source: into.id })).toBe(651);
  expect(await count({ source: into.id, tag: 'stone' })).toBe(651);
  expect(await count({ source: into.id, tag: 'water' })).toBe(651);
});

it('reads no more text in a step than an isolate holds', async () => {
  const source = givenSource('heavy.example', { tags: [stone] });
  const content = `<p>${'stone '.repeat(150_000)}</p>` as never;
  for (let at = 0; at < 12; at += 3) {
    const some = [0, 1, 2].map((one) => ({ name: `heavy ${at + one}`, at: '2026-01-01', content }));
    await recordArticles(bindings, source, some);
  }
  await owner.saveRules([{ tag: 'Found', any: ['stone'] }]);
  await runDurableObjectAlarm(stub());
  expect(await count({ tag: 'found' })).toBeLessThanOrEqual(300);
  expect(await mostPerStep()).toBeLessThanOrEqual(400);
  expect(await count({ source: source.id, tag: 'found' })).toBe(12);
});

it('publishes although a step of background work fails', async () => {
  const source = await given('broken.example');
  await mostPerStep();
  await owner.saveRules([{ tag: 'Never', any: ['article'] }]);
  await runInDurableObject(stub(), (_, { storage }) => {
    const broken = JSON.stringify({ before: null, after: '', until: 0 });
    storage.sql.exec(`UPDATE meta SET value = ? WHERE key = 'retagging'`, broken);
  });
  await recordArticles(bindings, source, [{ name: 'a later article', at: '2026-03-01' }]);
  const lines = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await owner.changeSource(source.id, { tags: [water] });
  await mostPerStep(({ changing }) => changing === 0);
  // An Archive that wakes anew, with a new day's budget, publishes without a pause.
  await runInDurableObject(stub(), (_, { storage }) => {
    storage.sql.exec(`DELETE FROM meta WHERE key = 'publish_budget'`);
  });
  await evictDurableObject(stub());
  await vi.waitFor(async () => {
    await runDurableObjectAlarm(stub());
    expect((await owner.health()).unpublishedSince).toBeUndefined();
  }, 20_000);
  lines.mockRestore();
  expect(await count({ source: source.id, tag: 'water' })).toBe(651);
});

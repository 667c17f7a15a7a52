/**
 * Removing a source goes in steps, a kill between two steps is harmless, and one entry that cannot be written spoils no other.
 */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { expect, it, vi } from 'vitest';
import type { SafeHtml } from '../../src/domain/html.ts';
import { maxRowBytes } from '../../src/domain/limits.ts';
import { checkRowSize } from '../../src/platform/archive/entries/row-size.ts';
import { readRemovals, retireRemoved } from '../../src/platform/archive/follow/source-removal.ts';
import { wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { archiveDoor, createArchiveReader } from '../../src/platform/archive-doors.ts';
import { everything } from '../../src/query/language/query.ts';
import { givenSource, recordArticles } from '../support/archive-objects.ts';
import { bindings } from '../support/given-owner.ts';

vi.setConfig({ testTimeout: 60_000 });

const owner = archiveDoor(bindings, 'owner');
const stub = () => bindings.ARCHIVE.getByName('archive');

async function entriesOf(id: string): Promise<number> {
  const query = { ...everything, sources: [{ anyOf: [id] }], limit: 200 };
  return (await createArchiveReader(bindings).count(query, 5000)).amount;
}

const articles = Array.from({ length: 650 }, (_, at) => ({ name: `article ${at}`, at: `2026-01-0${1 + (at % 9)}` }));

it('removes a source in steps, over a restart, and shows how many entries are left', async () => {
  const source = givenSource('long.example', { title: 'A long source' });
  await recordArticles(bindings, source, articles);
  expect(await entriesOf(source.id)).toBe(650);
  expect(await owner.removeSource(source.id)).toBe('removed');
  expect(await owner.source(source.id)).toBeUndefined();
  expect(await entriesOf(source.id)).toBe(450);
  expect((await owner.health()).work?.removing).toBe(450);
  // What is still shown names its source.
  const [entry] = (await createArchiveReader(bindings).answer({ ...everything, limit: 1 }, 'json')).entries;
  expect((await createArchiveReader(bindings).entry(entry?.id ?? ('' as never)))?.origin.title).toBe('A long source');
  await evictDurableObject(stub());
  for (let steps = 0; steps < 20 && (await owner.health()).work !== undefined; steps += 1)
    await runDurableObjectAlarm(stub());
  expect(await entriesOf(source.id)).toBe(0);
  expect((await owner.health()).work).toBeUndefined();
});

it('keeps what is still shown when the source comes back meanwhile', async () => {
  const source = givenSource('back.example');
  await recordArticles(bindings, source, articles);
  await owner.removeSource(source.id);
  await owner.importSources([source]);
  await runInDurableObject(stub(), (_, { storage }) => {
    expect(readRemovals(storage.sql)).toEqual([]);
    expect(retireRemoved(wakeArchive(storage), Date.now() as never)).toBe(false);
  });
  expect(await entriesOf(source.id)).toBe(650);
});

it('writes an entry that is too large for a row without its content, and all others as they are', async () => {
  const source = givenSource('huge.example');
  const content = `<p>${'z'.repeat(2_100_000)}</p>` as SafeHtml;
  await recordArticles(bindings, source, [{ name: 'before' }, { name: 'huge', content }, { name: 'after' }]);
  expect(await entriesOf(source.id)).toBe(3);
  const { entries } = await createArchiveReader(bindings).answer(
    { ...everything, sources: [{ anyOf: [source.id] }] },
    'json',
  );
  const whole = await Promise.all(entries.map(({ id }) => createArchiveReader(bindings).entry(id)));
  const huge = whole.find((entry) => entry?.title === 'huge');
  expect([huge?.summary, huge?.content]).toEqual(['About huge.', undefined]);
});

it('refuses a row as Cloudflare would', () => {
  expect(() => checkRowSize({ body: 'x'.repeat(maxRowBytes + 1) })).toThrow('2000001 bytes');
  expect(() => checkRowSize({ body: 'x'.repeat(maxRowBytes) })).not.toThrow();
});

it('adds a source whole or not at all', async () => {
  const source = givenSource('half.example');
  await expect(recordArticles(bindings, source, [{ name: 'broken', title: null as never }])).rejects.toThrow('null');
  expect(await owner.source(source.id)).toBeUndefined();
});

/**
 * The law of shared articles: whatever happens in whatever order, no entry is lost, no article is shown twice in a view, and
 * nobody who polls sees an article under two ids. Window, Archive and the definition of a query agree all along.
 */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type EntryId, toEntryId } from '../../src/domain/entry.ts';
import type { HttpUrl } from '../../src/domain/http-url.ts';
import type { Source } from '../../src/domain/source.ts';
import { createAnswers } from '../../src/platform/archive/answers/answer-query.ts';
import { isOwnShownSql } from '../../src/platform/archive/duplicates/shown-members.ts';
import { findEntry, readEntries, toWhole } from '../../src/platform/archive/entries/read-entries.ts';
import { retireRemoved } from '../../src/platform/archive/follow/source-removal.ts';
import { type ArchiveState, changeEntries, wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { createTotals } from '../../src/platform/archive/ground/totals.ts';
import { moveSource, removeSource, restoreSource } from '../../src/platform/archive/owner/change-source.ts';
import { mergeSources } from '../../src/platform/archive/owner/merge-sources.ts';
import { listOrigins } from '../../src/platform/archive/rows/source-origins.ts';
import { findSource } from '../../src/platform/archive/rows/source-rows.ts';
import { createWindowReader } from '../../src/platform/window-reader.ts';
import { parseQuery } from '../../src/query/language/parse-query.ts';
import { toRecordedFacts } from '../../src/rules/searched-entry.ts';
import { selectFromWindow } from '../../src/window/select.ts';
import { naiveAnswer } from '../support/arbitrary-query.ts';
import { expectOk } from '../support/given.ts';
import { createMemoryKv, publishArchive, readWindow } from '../support/published-archive.ts';
import { inNewObject } from '../support/random-archive.ts';
import { ask, follow, later, record } from '../support/shared-articles.ts';

const hosts = ['a.example', 'b.example', 'c.example'];
const texts = ['Short.', 'Short. Longer.', 'Short. Longer. And longest.'];

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('record' as const),
      source: fc.nat(2),
      article: fc.nat(2),
      text: fc.constantFrom(...texts),
      isByGuid: fc.boolean(),
    }),
  },
  fc.record({ kind: fc.constantFrom('remove' as const, 'restore' as const, 'move' as const), source: fc.nat(2) }),
  fc.record({ kind: fc.constant('merge' as const), source: fc.nat(2), into: fc.nat(2) }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function take(archive: ArchiveState, sources: readonly Source[], one: Step): EntryId | undefined {
  const { sql } = archive;
  const source = sources[one.source];
  if (source === undefined) return undefined;
  const isFollowed = findSource(sql, source.id) !== undefined;
  switch (one.kind) {
    case 'record': {
      if (!isFollowed) return undefined;
      const { article, text, isByGuid } = one;
      const names = isByGuid
        ? { name: `tag:news.example,2026:${article}`, url: `https://${source.title}/go/${article}` as HttpUrl }
        : { name: `guid-${source.title}-${article}`, url: `https://news.example/by-link/${article}/` as HttpUrl };
      // A refresh knows the entries that its source got with a merge by their guids and links: it makes no second ones.
      const others = 'SELECT 1 FROM entry WHERE source_id = ?1 AND (url = ?2 OR guid = ?3) AND id <> ?4';
      const id = toEntryId(source.id, names.name);
      if (sql.exec(others, source.id, names.url, names.name, id).toArray().length > 0) return undefined;
      return record(archive, source, {
        ...names,
        text,
        title: `Article ${article}`,
        tags: [source.title, `t${article}`],
      });
    }
    case 'remove':
      removeSource(archive, source.id, later());
      while (retireRemoved(archive, later()));
      return undefined;
    case 'restore':
      if (!isFollowed && !merged.has(source.id)) {
        changeEntries(archive, (log) => restoreSource(sql, source, log, later()));
      }
      return undefined;
    case 'move':
      if (isFollowed) moveSource(archive, source.id, `${source.url}?moved` as HttpUrl, later());
      return undefined;
    case 'merge': {
      const [from, into] = [findSource(sql, source.id), findSource(sql, sources[one.into]?.id ?? source.id)];
      if (from === undefined || into === undefined || from.id === into.id) return undefined;
      changeEntries(archive, (log) => mergeSources(sql, from, into, log, later()));
      merged.add(from.id);
      return undefined;
    }
  }
}

let merged = new Set<string>();

it('holds whatever is recorded, removed, restored, moved and merged', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      await inNewObject('duplicates-law', async (storage) => {
        const archive = wakeArchive(storage);
        const { kv } = createMemoryKv();
        const sources = hosts.map((host) => follow(archive, host));
        merged = new Set();
        const recorded = new Set<EntryId>();
        const idOf = new Map<string, string>();
        for (const one of steps) {
          const id = take(archive, sources, one);
          if (id !== undefined) recorded.add(id);
          const items = ask(archive, 'limit=200');
          // Nothing twice, and nothing under another id than before.
          for (const { id: shown, tags = [], title } of items) {
            const article = `${shown.startsWith('tag:') ? 'guid' : 'link'} ${title}`;
            expect(tags.length).toBeGreaterThan(0);
            expect(idOf.get(article) ?? shown).toBe(shown);
            idOf.set(article, shown);
          }
          expect(new Set(items.map((item) => item.id)).size).toBe(items.length);
          expectNothingLost(archive, recorded);
          await expectAgreement(archive, sources, kv);
        }
      });
    }),
    { numRuns: 40 },
  );
}, 240_000);

/** Every entry is there, and shown when its source shows it. */
function expectNothingLost(archive: ArchiveState, recorded: ReadonlySet<EntryId>): void {
  const origins = listOrigins(archive.sql);
  for (const id of recorded) {
    const row = archive.sql
      .exec<{ shown: number }>(`SELECT ${isOwnShownSql('entry')} AS shown FROM entry WHERE id = ?`, id)
      .one();
    expect(row.shown === 0 || findEntry(archive.sql, id, origins) !== undefined).toBe(true);
  }
}

async function expectAgreement(archive: ArchiveState, sources: readonly Source[], kv: KVNamespace): Promise<void> {
  const origins = listOrigins(archive.sql);
  const rowids = archive.sql
    .exec<{ rowid: number }>('SELECT rowid FROM entry WHERE retired_at IS NULL ORDER BY sort_at DESC, id DESC')
    .toArray()
    .map(({ rowid }) => rowid);
  const read = readEntries(archive.sql, rowids, origins);
  const all = rowids.flatMap((rowid) => {
    const held = read.get(rowid);
    return held === undefined ? [] : toRecordedFacts(toWhole(held));
  });
  await publishArchive(archive, kv, later());
  const window = await readWindow(createWindowReader({ kv, now: () => 0, lookEveryMs: 1000 }));
  const [a, b] = sources.map(({ id }) => id);
  for (const params of [
    '',
    'tag=a.example',
    'tag=-b.example',
    `source=${a}`,
    `source=-${a}`,
    `source=-${a},-${b}`,
    'q=longest',
  ]) {
    const query = expectOk(parseQuery(new URLSearchParams(params)));
    const { entries } = createAnswers(archive)(query, 'json', later());
    expect([params, ...entries.map(({ id }) => id)]).toEqual([params, ...naiveAnswer(all, query, later()).ids]);
    const chosen = selectFromWindow(window.index, query, later());
    const digests = entries.map(({ digest }) => digest);
    expect(chosen?.entries.map(({ digest }) => digest) ?? digests).toEqual(digests);
  }
  // What is kept at hand is what a new count gives.
  const counted = createTotals(archive.sql);
  expect(archive.totals.entries()).toBe(counted.entries());
  for (const { id } of sources) expect(archive.totals.countOf('sources', id)).toBe(counted.countOf('sources', id));
  expect(counted.entries()).toBe(all.length);
}

import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it, vi } from 'vitest';
import { withPicturesAt } from '../../src/domain/content-hash.ts';
import { type EntryId, toEntryId } from '../../src/domain/entry.ts';
import type { SafeHtml } from '../../src/domain/html.ts';
import type { HttpUrl } from '../../src/domain/http-url.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { type ArchiveState, wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { dueJobs } from '../../src/platform/archive/jobs/due.ts';
import { createSeedLoader, type SeedLoader } from '../../src/platform/archive/seed-loader.ts';
import type { BundledEntry } from '../../src/platform/seed-pack.ts';
import { givenUrl } from '../support/given.ts';
import { bindings } from '../support/given-owner.ts';

vi.setConfig({ testTimeout: 60_000 });

const now = Date.parse('2026-11-20T00:00:00Z') as Instant;
const site = givenUrl('https://www.pack.example/');
const sourceId = toSourceId(site);
const dayMs = 86_400_000;

function seed(number: number, text = 'Words of it.'): BundledEntry {
  const url = givenUrl(`https://www.pack.example/a-${number}`);
  const published = (now - number * dayMs) as Instant;
  return {
    entry: {
      id: toEntryId(sourceId, url),
      guid: url,
      url,
      title: `Article ${number}`,
      summary: text,
      content: `<p>${text}</p>` as SafeHtml,
      published,
      authors: [],
      categories: [],
      enclosures: [],
    },
    sourceId,
    tags: [{ slug: 'pack.example', label: 'pack.example' }],
    archivedAt: published,
    contentHash: `hash of ${text}`,
  };
}

/** `count` articles, a day apart, newest first. */
function seeds(from: number, count: number): BundledEntry[] {
  return Array.from({ length: count }, (_, at) => seed(from + at));
}

const source = {
  id: sourceId,
  kind: 'site',
  url: site,
  title: 'pack.example',
  tags: [],
  enabled: true,
  fullText: false,
  maxEntries: 0,
  declaredBy: 'seeds',
} as const;

type Packs = Readonly<Record<string, readonly BundledEntry[]>>;

/** A loader of these packs; `fetched` is told of each that it asks for. */
function loaderOf(archive: ArchiveState, packs: Packs, fetched: string[] = []): SeedLoader {
  const names = Object.entries(packs).map(([name, entries]) => ({ name, entries: entries.length }));
  const digest = JSON.stringify(names);
  return createSeedLoader(
    archive,
    {
      digest,
      manifest: async () => ({ digest, sources: [source], rules: [], packs: names }),
      pack: async (name) => {
        fetched.push(name);
        return packs[name] ?? [];
      },
    },
    () => now,
  );
}

async function loadAll(loader: SeedLoader): Promise<number> {
  await loader.begin();
  let steps = 1;
  for (; loader.isLoading(); steps += 1) await loader.step();
  return steps;
}

function titles({ sql }: ArchiveState): string[] {
  const rows = sql.exec<{ title: string }>('SELECT title FROM entry WHERE retired_at IS NULL ORDER BY sort_at DESC');
  return rows.toArray().map(({ title }) => title);
}

function withArchive(name: string, work: (archive: ArchiveState) => Promise<void>): Promise<void> {
  return runInDurableObject(bindings.ARCHIVE.getByName(`seeds ${name}`), (_, state) =>
    work(wakeArchive(state.storage)),
  );
}

describe('packs of seeds', () => {
  it('are loaded in steps, newest first, and say how far they are', async () => {
    await withArchive('steps', async (archive) => {
      const loader = loaderOf(archive, { aa: seeds(0, 60), bb: seeds(60, 60) });
      expect(await loader.progress()).toEqual({ loaded: 0, total: 120 });
      await loader.begin();
      const first = titles(archive);
      expect(first.length).toBeGreaterThan(10);
      expect(first.length).toBeLessThan(60);
      expect(first[0]).toBe('Article 0');
      expect(await loader.progress()).toEqual({ loaded: first.length, total: 120 });
      expect(await loadAll(loader)).toBeGreaterThan(2);
      expect(titles(archive)).toHaveLength(120);
      expect(await loader.progress()).toEqual({ loaded: 120, total: 120 });
    });
  });

  it('with pictures at another address are the same articles: no edit, no new date', async () => {
    await withArchive('pictures', async (archive) => {
      const [article] = seeds(0, 1);
      if (article === undefined) throw new Error('no article');
      const placed = (origin: string): BundledEntry => ({
        ...article,
        entry: { ...article.entry, image: `${origin}/media/a.svg` as HttpUrl },
        contentHash: withPicturesAt(article.contentHash, origin),
      });
      const rows = (): unknown[] =>
        archive.sql.exec("SELECT revision, modified, sort_at, body ->> 'image' AS image FROM entry").toArray();
      await loadAll(loaderOf(archive, { aa: [article] }));
      const [before] = rows() as [Record<string, unknown>];
      for (const origin of ['http://127.0.0.1:8787', 'https://feeds.example.org']) {
        await loadAll(loaderOf(archive, { [origin === 'http://127.0.0.1:8787' ? 'bb' : 'cc']: [placed(origin)] }));
        expect(rows()).toEqual([{ ...before, image: `${origin}/media/a.svg` }]);
      }
    });
  });

  it('go on after a kill at any step, and hold every entry once', async () => {
    await withArchive('kill', async (archive) => {
      const packs = { aa: seeds(0, 70), bb: seeds(70, 70) };
      await loaderOf(archive, packs).begin();
      // Each step by a loader that knows nothing but what is written down.
      for (let steps = 0; loaderOf(archive, packs).isLoading(); steps += 1) {
        expect(steps).toBeLessThan(20);
        await loaderOf(archive, packs).step();
      }
      expect(titles(archive)).toEqual(Array.from({ length: 140 }, (_, at) => `Article ${at}`));
      const revised = archive.sql.exec('SELECT COUNT(*) AS n FROM entry WHERE revision > 1').one();
      expect(revised['n']).toBe(0);
    });
  });

  it('that are loaded are not fetched again; a changed one is, alone', async () => {
    await withArchive('changed', async (archive) => {
      const packs = { aa: seeds(0, 5), bb: seeds(5, 5) };
      await loadAll(loaderOf(archive, packs));
      const again: string[] = [];
      await loadAll(loaderOf(archive, packs, again));
      expect(again).toEqual([]);
      const changed: string[] = [];
      const second = [...seeds(5, 4), seed(9, 'Other words.')];
      await loadAll(loaderOf(archive, { aa: packs.aa, b2: second }, changed));
      expect(changed).toEqual(['b2']);
      expect(archive.sql.exec('SELECT COUNT(*) AS n FROM entry WHERE revision > 1').one()['n']).toBe(1);
      // The former deployment comes back: its pack is not taken for loaded.
      await loadAll(loaderOf(archive, packs));
      expect(
        archive.sql.exec("SELECT COUNT(*) AS n FROM seed_entry WHERE content_hash LIKE '%Other%'").one()['n'],
      ).toBe(0);
    });
  });

  it('retire what no pack holds any more, and leave what moved to another pack', async () => {
    await withArchive('gone', async (archive) => {
      await loadAll(loaderOf(archive, { aa: seeds(0, 4), bb: seeds(4, 4) }));
      await loadAll(loaderOf(archive, { cc: [...seeds(0, 2), ...seeds(4, 3)] }));
      expect(titles(archive)).toEqual(['Article 0', 'Article 1', 'Article 4', 'Article 5', 'Article 6']);
    });
  });

  it('that cannot be fetched are tried again', async () => {
    await withArchive('lost', async (archive) => {
      const packs = { aa: seeds(0, 3) };
      const loader = loaderOf(archive, packs);
      const digest = JSON.stringify([{ name: 'aa', entries: 3 }]);
      const manifest = async () => ({ digest, sources: [source], rules: [], packs: [{ name: 'aa', entries: 3 }] });
      const failing = createSeedLoader(
        archive,
        { digest, manifest, pack: () => Promise.reject(new Error('no such asset')) },
        () => now,
      );
      await expect(failing.begin()).rejects.toThrow('no such asset');
      expect(failing.isLoading()).toBe(true);
      await loadAll(loader);
      await loader.step();
      expect(titles(archive)).toHaveLength(3);
    });
  });

  it('have the pages of their old articles asked spread over thirty days', async () => {
    await withArchive('old', async (archive) => {
      await loadAll(loaderOf(archive, { aa: seeds(300, 130) }));
      const due = (afterDays: number): number => dueJobs(archive.sql, (now + afterDays * dayMs) as Instant, now).length;
      expect(due(0)).toBe(65);
      expect(due(15)).toBeGreaterThan(75);
      expect(due(15)).toBeLessThan(120);
      expect(due(30)).toBe(130);
    });
  });

  it('leave entries of a former build as they are', async () => {
    await withArchive('former', async (archive) => {
      await loadAll(loaderOf(archive, { aa: seeds(0, 3) }));
      // What the former build wrote: the same entries, a digest of its own, and no pack.
      archive.sql.exec('DELETE FROM seed_pack');
      archive.sql.exec("UPDATE meta SET value = 'former' WHERE key = 'seed_digest'");
      const before = archive.sql.exec('SELECT * FROM entry ORDER BY id').toArray();
      await loadAll(loaderOf(archive, { zz: seeds(0, 3) }));
      expect(archive.sql.exec('SELECT * FROM entry ORDER BY id').toArray()).toEqual(before);
      expect(new Set(before.map((row) => row['id'] as EntryId)).size).toBe(3);
    });
  });
});

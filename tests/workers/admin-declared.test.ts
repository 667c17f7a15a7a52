import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it, vi } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import { type Source, toSourceId } from '../../src/domain/source.ts';
import { type ArchiveState, wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { importSources } from '../../src/platform/archive/owner/bulk-changes.ts';
import { changeSource, removeSource } from '../../src/platform/archive/owner/change-source.ts';
import { describeSource, findSource } from '../../src/platform/archive/rows/source-rows.ts';
import { createSeedLoader } from '../../src/platform/archive/seed-loader.ts';
import { givenUrl } from '../support/given.ts';
import { bindings } from '../support/given-owner.ts';

vi.setConfig({ testTimeout: 30_000 });

const now = 1_795_000_000_000 as Instant;
const url = givenUrl('https://river.org/feed');
const line: Source = {
  id: toSourceId(url),
  kind: 'feed',
  url,
  title: 'River',
  tags: [],
  enabled: true,
  fullText: false,
  maxEntries: 0,
  declaredBy: 'file',
};

/** Deploys a Worker whose seeds/sources.opml declares these. */
async function deploy(archive: ArchiveState, digest: string, sources: readonly Source[]): Promise<void> {
  const manifest = async () => ({ digest, sources, rules: [], packs: [] });
  await createSeedLoader(archive, { digest, manifest, pack: async () => [] }, () => now).begin();
}

function withArchive(name: string, work: (archive: ArchiveState) => Promise<void>): Promise<void> {
  return runInDurableObject(bindings.ARCHIVE.getByName(name), (_, state) => work(wakeArchive(state.storage)));
}

describe('a source that seeds/sources.opml declares', () => {
  it('is paused, not lost, when its line goes, and goes on when it comes back', async () => {
    await withArchive('paused', async (archive) => {
      await deploy(archive, '1', [line]);
      await deploy(archive, '2', []);
      expect(findSource(archive.sql, line.id)).toMatchObject({ enabled: false });
      await deploy(archive, '3', [line]);
      expect(findSource(archive.sql, line.id)).toMatchObject({ enabled: true });
    });
  });

  it('is called what its feed calls itself when its line has no title, through later deploys too', async () => {
    await withArchive('untitled', async (archive) => {
      const untitled = { ...line, title: line.url };
      await deploy(archive, '1', [untitled]);
      const description = { title: 'River news', siteUrl: givenUrl('https://river.org/') };
      describeSource(archive.sql, untitled, description);
      await deploy(archive, '2', [{ ...untitled, tags: [{ slug: 'water', label: 'Water' }] }]);
      expect(findSource(archive.sql, line.id)).toMatchObject({ ...description, tags: [{ slug: 'water' }] });
      await deploy(archive, '3', [line]);
      expect(findSource(archive.sql, line.id)).toMatchObject({ title: 'River' });
    });
  });

  it('belongs to the owner once the owner changed it', async () => {
    await withArchive('taken-over', async (archive) => {
      await deploy(archive, '1', [line]);
      changeSource(archive, line.id, { title: 'Mine' }, now);
      await deploy(archive, '2', [{ ...line, title: 'Theirs' }]);
      expect(findSource(archive.sql, line.id)).toMatchObject({ title: 'Mine', declaredBy: 'api' });
      await deploy(archive, '3', []);
      expect(findSource(archive.sql, line.id)).toMatchObject({ enabled: true });
    });
  });

  it('stays away once the owner removed it, until its line is written anew', async () => {
    await withArchive('removed', async (archive) => {
      await deploy(archive, '1', [line]);
      changeSource(archive, line.id, { title: 'Mine' }, now);
      expect(removeSource(archive, line.id, now)).toBe('removed');
      await deploy(archive, '2', [line]);
      expect(findSource(archive.sql, line.id)).toBeUndefined();
      await deploy(archive, '3', []);
      await deploy(archive, '4', [line]);
      expect(findSource(archive.sql, line.id)).toMatchObject({ title: 'River', declaredBy: 'file' });
    });
  });

  it('comes back at once when the owner imports it', async () => {
    await withArchive('imported', async (archive) => {
      await deploy(archive, '1', [line]);
      removeSource(archive, line.id, now);
      expect(importSources(archive, [{ ...line, declaredBy: 'api' }], now).added).toEqual([line.id]);
      expect(removeSource(archive, line.id, now)).toBe('removed');
      expect(removeSource(archive, line.id, now)).toBe('unknown');
    });
  });
});

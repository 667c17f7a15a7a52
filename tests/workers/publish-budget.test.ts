import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it, vi } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import { reserveOf } from '../../src/pipeline/daily-budget.ts';
import { usualWrites, writesPerDay } from '../../src/pipeline/publish-pace.ts';
import { writeMeta } from '../../src/platform/archive/ground/meta.ts';
import { countPublish, publishableAt, wakeArchive } from '../../src/platform/archive/ground/state.ts';
import { archiveDoor } from '../../src/platform/archive-doors.ts';
import { givenSource, recordArticles } from '../support/archive-objects.ts';
import { ask, bindings, publish } from '../support/given-owner.ts';

vi.setConfig({ testTimeout: 30_000 });

const now = 1_795_000_000_000 as Instant;
const perDay = writesPerDay(1000);

describe('the budget of KV writes', () => {
  // First: an Archive of another name has an alarm, too, and the same namespace.
  it('keeps the Archive from writing when it is used up, and sets the alarm for later', async () => {
    const stub = bindings.ARCHIVE.getByName('archive');
    // Before anything is published the budget is written down as used up; a restart makes the Archive read it.
    await runInDurableObject(stub, async (_, { storage }) => {
      writeMeta(storage.sql, 'publish_budget', JSON.stringify({ left: 0, at: Date.now() }));
      await storage.deleteAlarm();
    });
    await evictDurableObject(stub);
    expect((await ask('GET', '/rss.xml')).status).toBe(200);
    await publish();
    expect((await bindings.WINDOW.list()).keys).toEqual([]);
    const alarmAt = await runInDurableObject(stub, (_, { storage }) => storage.getAlarm());
    expect((alarmAt ?? 0) - Date.now()).toBeGreaterThan(4 * 60_000);
    const { json } = await ask('GET', '/health');
    expect(json['queue']).toMatchObject({ inFlight: 1 });
  });

  it('is no failure while a publish of many writes waits for all of them, however long', async () => {
    const owner = archiveDoor(bindings, 'owner');
    await runInDurableObject(bindings.ARCHIVE.getByName('archive'), async (_, { storage }) => {
      // Enough for an ordinary publish; the first one takes more.
      writeMeta(storage.sql, 'publish_budget', JSON.stringify({ left: usualWrites + 0.5, at: Date.now() }));
      await storage.deleteAlarm();
    });
    await evictDurableObject(bindings.ARCHIVE.getByName('archive'));
    const source = givenSource('many.example');
    await recordArticles(
      bindings,
      source,
      Array.from({ length: 120 }, (_, at) => ({ name: `a${at}`, content: `<p>${'x'.repeat(9000)}${at}</p>` as never })),
    );
    await publish();
    const { unpublishedSince = 0 } = await owner.health();
    expect((await bindings.WINDOW.list()).keys).toEqual([]);
    // The ten minutes after which waiting counts as a failure begin when it could have been published.
    expect(unpublishedSince - Date.now()).toBeGreaterThan(60_000);
  });

  it('survives a restart of the Archive', async () => {
    await runInDurableObject(bindings.ARCHIVE.getByName('restarted'), (_, { storage }) => {
      for (let writes = usualWrites; writes <= reserveOf(perDay); writes += usualWrites) {
        const archive = wakeArchive(storage, perDay);
        expect(publishableAt(archive, now)).toBe(now);
        countPublish(archive, now, usualWrites);
      }
      expect(publishableAt(wakeArchive(storage, perDay), now)).toBeGreaterThan(now);
    });
  });

  it('lets a publish that needs more than is left wait for all of its writes', async () => {
    await runInDurableObject(bindings.ARCHIVE.getByName('large'), (_, { storage }) => {
      const archive = wakeArchive(storage, perDay);
      countPublish(archive, now, 100);
      expect(publishableAt(archive, now)).toBe(now);
      expect(publishableAt(archive, now, 67) - now).toBeGreaterThan(20 * 60_000);
    });
  });
});

import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it, vi } from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import { reserveOf } from '../../src/pipeline/daily-budget.ts';
import { usualWrites, writesPerDay } from '../../src/pipeline/publish-pace.ts';
import { writeMeta } from '../../src/platform/archive/ground/meta.ts';
import { countPublish, publishableAt, wakeArchive } from '../../src/platform/archive/ground/state.ts';
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

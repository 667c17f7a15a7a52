/**
 * Makes the awake Archive: updates the schema, loads the state that stays in memory, opens the doors.
 *
 * Loaded when the Durable Object wakes. The class in archive.ts only passes calls on.
 */
import { loadOnce } from '../../domain/lazy.ts';
import type { ArchiveOwner } from '../../pipeline/archive-owner.ts';
import { parseConfig } from '../../pipeline/config.ts';
import type { HubReceipt, HubRequest } from '../../pipeline/push/receiver.ts';
import type { ArchiveBindings } from '../archive-bindings.ts';
import { createEnqueue } from '../enqueue.ts';
import { loadSeedManifest, loadSeedPack, renderDigest, seedDigest } from '../seeds.ts';
import { createBackgroundWork } from './background-work.ts';
import { now } from './doors/clock.ts';
import { createMailDoor, type MailDoor } from './doors/mail-door.ts';
import { createOwnerDoor } from './doors/owner-door.ts';
import { createReaderDoor, type ReaderDoor } from './doors/reader-door.ts';
import { createWebsubDoor, type WebsubDoor } from './doors/websub-door.ts';
import { createWriterDoor, type WriterDoor } from './doors/writer-door.ts';
import { followDeduplication } from './duplicates/regrouping.ts';
import { toArchiveSettings } from './ground/archive-settings.ts';
import { migrate } from './ground/migrations.ts';
import { wakeArchive } from './ground/state.ts';
import { createJobs } from './jobs/claim-jobs.ts';
import { markSecretSources } from './owner/mark-secret-sources.ts';
import { createPublisher } from './publish/publisher.ts';
import { createPush } from './push/push.ts';
import { takeHubRequest } from './push/subscriptions.ts';
import { setAlertAddress } from './push/webhooks.ts';
import { createSeedLoader } from './seed-loader.ts';

/** The hub's calls to the Archive. */
export interface HubDoor {
  /** Stores a subscriber's request; it is verified next. */
  readonly take: (request: HubRequest) => Promise<HubReceipt>;
}

/** The calls of each door. */
export interface ArchiveDoors {
  readonly reader: ReaderDoor;
  readonly writer: WriterDoor;
  readonly owner: ArchiveOwner;
  readonly websub: WebsubDoor;
  readonly hub: HubDoor;
  readonly mail: MailDoor;
}

/** The awake Archive. The class in archive.ts passes every call to it. */
export interface ArchiveCore {
  /** Schedules a publish when a recorded change is not published. */
  readonly publishWhatIsUnpublished: () => Promise<void>;
  /** One call at one door. Changes that it makes are published. */
  readonly ask: (door: keyof ArchiveDoors, name: string, given: readonly unknown[]) => Promise<unknown>;
  /** Does one step of background work, and publishes when it is time. When it throws, the runtime tries again. */
  readonly alarm: () => Promise<void>;
}

/** Wakes the Archive. */
export function createArchiveCore(ctx: DurableObjectState, env: ArchiveBindings): ArchiveCore {
  const config = parseConfig(env);
  const settings = toArchiveSettings(config.ok ? config.value : undefined);
  migrate(ctx.storage);
  markSecretSources(ctx.storage.sql);
  followDeduplication(ctx.storage.sql, settings.isDeduplicating);
  if (config.ok) setAlertAddress(ctx.storage.sql, config.value.alertWebhook);
  const archive = wakeArchive(ctx.storage, settings.writesPerDay, renderDigest);
  const publisher = createPublisher(archive, env.WINDOW, settings.site);
  const jobs = createJobs(ctx.storage.sql, settings.manners, settings.requestMs, now());

  const seeds = createSeedLoader(
    archive,
    { digest: seedDigest, manifest: loadOnce(loadSeedManifest), pack: (name) => loadSeedPack(env.ASSETS, name) },
    now,
  );
  const { beginSeeds, publishWhatIsUnpublished, alarm } = createBackgroundWork(archive, publisher, seeds, now);
  const push = createPush(archive, jobs, createEnqueue(env.JOBS), config.ok && config.value.hubUrl !== undefined, now);
  const doors: ArchiveDoors = {
    reader: createReaderDoor(archive, publisher),
    writer: createWriterDoor(archive, jobs, settings.retentionDays, beginSeeds, push),
    owner: createOwnerDoor(archive, jobs, seeds.progress, now),
    websub: createWebsubDoor(archive, jobs),
    hub: { take: async (request) => takeHubRequest(archive.sql, request, now()) },
    mail: createMailDoor(archive),
  };

  return {
    publishWhatIsUnpublished,
    ask: async (door, name, given) => {
      const calls: Readonly<Record<string, unknown>> = { ...doors[door] };
      const called = Object.hasOwn(calls, name) ? calls[name] : undefined;
      if (typeof called !== 'function') throw new Error(`the Archive has no call ${door}.${name}`);
      // Calls that read or change entries mean the archive with its seeds.
      if (door !== 'writer') await beginSeeds();
      const answer: unknown = await called(...given);
      if (door !== 'reader') push.soon(door === 'writer');
      await publishWhatIsUnpublished();
      return answer;
    },
    alarm: async () => {
      await alarm();
      push.soon(true);
    },
  };
}

/**
 * Does the Archive's work that nobody waits for, a step for each alarm: loads seeds, retires the entries of removed
 * sources, carries changed rules through the entries, finds entries that are one article, and publishes the window.
 *
 * Between two steps others are served, and the window is published as often as its pace allows, so that readers see a large
 * archive grow.
 */
import type { Instant } from '../../domain/instant.ts';
import { logEvent } from '../log.ts';
import { regroupSome } from './duplicates/regrouping.ts';
import { isPublishUrgent } from './ground/meta.ts';
import { type ArchiveState, isPublishTime, nextPublishTime, schedulePublish } from './ground/state.ts';
import { isUnpublished, type Publisher } from './publish/publisher.ts';
import { applyRules } from './rows/apply-rules.ts';
import { retireRemoved } from './rows/source-removal.ts';
import type { SeedLoader } from './seed-loader.ts';

/** Entries that the rules are applied to, or that get their groups, in one step: a tenth of a second of work. */
const entriesPerStep = 200;

/** From one step of loading to the next: about as long as a step takes. Milliseconds. */
const stepPauseMs = 60;

/** From one step of carrying changed rules to the next. Milliseconds. */
const rulesPauseMs = 20;

/** From a step that failed to the next, for example because a pack could not be fetched. Milliseconds. */
const retryMs = 60_000;

/** Creates the work of an awake Archive. */
export function createBackgroundWork(
  archive: ArchiveState,
  publisher: Publisher,
  seeds: SeedLoader,
  now: () => Instant,
) {
  const { storage } = archive;

  const publishWhatIsUnpublished = async (): Promise<void> => {
    // Whoever made something private has it hidden when the call returns.
    if (isPublishUrgent(archive.sql)) await publisher.publish(now());
    if (isUnpublished(archive)) await schedulePublish(archive, now());
  };

  const beginSeeds = async (): Promise<number> => {
    if (!seeds.isLoading()) return 0;
    const changed = (await loadSome(seeds.begin)) ?? 0;
    await publishWhatIsUnpublished();
    if (seeds.isLoading() && (await storage.getAlarm()) === null) await storage.setAlarm(now() + stepPauseMs);
    return changed;
  };

  /** Does a step of the work that is left; returns when to go on, `undefined` when there is none. */
  const goOn = async (): Promise<number | undefined> => {
    if (!seeds.isLoading()) return changeSome();
    const changed = await loadSome(seeds.step);
    if (!seeds.isLoading()) return nextPublishTime(archive, now());
    return now() + (changed === undefined ? retryMs : stepPauseMs);
  };

  /** The same for entries of removed sources, for changed rules and for duplicates. A failure keeps nothing from being published. */
  const changeSome = (): number | undefined => {
    try {
      const isLeft =
        retireRemoved(archive, now()) ||
        applyRules(archive, entriesPerStep, now()) ||
        regroupSome(archive, entriesPerStep);
      return isLeft ? now() + rulesPauseMs : undefined;
    } catch (error) {
      logEvent({ event: 'background-step-failed', error: String(error) });
      return now() + retryMs;
    }
  };

  return {
    /** Asks for a publish when something recorded is not published. */
    publishWhatIsUnpublished,
    /**
     * Begins to load the seeds this Worker carries, unless the archive holds them: the newest are there when this returns,
     * the alarm loads the others. Returns how many entries changed.
     */
    beginSeeds,
    /** Does one step, and publishes when it is time. A throw makes the runtime try again. */
    alarm: async (): Promise<void> => {
      // An archive that has not read its seeds yet must not tell the world that it is empty.
      await beginSeeds();
      const nextAt = await goOn();
      if (nextAt !== undefined) {
        await storage.setAlarm(nextAt);
        if (!isPublishTime(archive, now())) return;
      }
      const againAt = await publisher.publish(now());
      // Work that goes on in steps has set the alarm already.
      if (nextAt !== undefined) return;
      if (againAt !== undefined) await storage.setAlarm(againAt);
      else await publishWhatIsUnpublished();
    },
  };
}

/** Returns how many entries changed; `undefined` when loading failed. What is loaded is served all the same. */
async function loadSome(load: () => Promise<number>): Promise<number | undefined> {
  try {
    return await load();
  } catch (error) {
    logEvent({ event: 'seeds-failed', error: String(error) });
    return undefined;
  }
}

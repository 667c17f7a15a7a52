/**
 * Does the Archive's background work, one step for each alarm: loads seeds, updates entries after changes of their
 * sources (merged, removed, changed) and of rules, finds duplicates, and publishes the window.
 *
 * Between two steps the Archive serves other calls. The window is published as often as its pace allows, so that readers
 * see a large archive grow.
 */
import type { Instant } from '../../domain/instant.ts';
import { logEvent } from '../log.ts';
import { regroupSome } from './duplicates/regrouping.ts';
import { applyRules } from './follow/apply-rules.ts';
import { moveSome } from './follow/move-entries.ts';
import { countWork, isWorkLeft } from './follow/pending-work.ts';
import { settleSome } from './follow/settle-source.ts';
import { retireRemoved } from './follow/source-removal.ts';
import { isPublishUrgent } from './ground/meta.ts';
import { type ArchiveState, isPublishTime, nextPublishTime, schedulePublish } from './ground/state.ts';
import { isUnpublished, type Publisher } from './publish/publisher.ts';
import type { SeedLoader } from './seed-loader.ts';

/** Pause after a step of loading: about as long as a step takes. Milliseconds. */
const stepPauseMs = 60;

/** Pause after a step of changing entries. Milliseconds. */
const changePauseMs = 20;

/** Pause after a step that failed, for example because a pack could not be fetched. Milliseconds. */
const retryMs = 60_000;

/** When the remaining work continues. */
interface NextStep {
  readonly at: number;
  /** The step failed and is tried again. */
  readonly hasFailed?: true;
}

/** Creates the background work of an awake Archive. */
export function createBackgroundWork(
  archive: ArchiveState,
  publisher: Publisher,
  seeds: SeedLoader,
  now: () => Instant,
) {
  const { storage } = archive;

  // Work that a killed process left is continued with the first call.
  let isAwake = false;

  const publishWhatIsUnpublished = async (): Promise<void> => {
    if (!isAwake && isWorkLeft(countWork(archive)) && (await storage.getAlarm()) === null) {
      await storage.setAlarm(now() + changePauseMs);
    }
    isAwake = true;
    // When the owner makes something private, it is hidden when the call returns.
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

  /** Does a step of the remaining work; `undefined` when there is none. */
  const goOn = async (): Promise<NextStep | undefined> => {
    if (!seeds.isLoading()) return changeSome();
    const changed = await loadSome(seeds.step);
    if (!seeds.isLoading()) return { at: nextPublishTime(archive, now()) };
    return changed === undefined ? { at: now() + retryMs, hasFailed: true } : { at: now() + stepPauseMs };
  };

  /** The same for entries that follow their sources and the rules. */
  const changeSome = (): NextStep | undefined => {
    let failed: NextStep | undefined;
    for (const step of [moveSome, retireRemoved, applyRules, settleSome, regroupSome]) {
      try {
        if (step(archive, now())) return { at: now() + changePauseMs };
      } catch (error) {
        logEvent({ event: 'background-step-failed', step: step.name, error: String(error) });
        // Other kinds of work do not wait for this one.
        failed = { at: now() + retryMs, hasFailed: true };
      }
    }
    return failed;
  };

  return {
    /** Schedules a publish when a recorded change is not published. */
    publishWhatIsUnpublished,
    /**
     * Starts to load this Worker's seeds, unless the archive has them: the newest are loaded when this returns, the alarm
     * loads the others. Returns how many entries changed.
     */
    beginSeeds,
    /** Does one step, and publishes when it is time. When it throws, the runtime tries again. */
    alarm: async (): Promise<void> => {
      // An archive that has not read its seeds must not be published as empty.
      await beginSeeds();
      const next = await goOn();
      if (next !== undefined) {
        await storage.setAlarm(next.at);
        const isStepping = next.hasFailed !== true && !isPublishUrgent(archive.sql);
        if (isStepping && !isPublishTime(archive, now())) return;
      }
      const againAt = await publisher.publish(now());
      if (next === undefined) {
        if (againAt !== undefined) await storage.setAlarm(againAt);
        else await publishWhatIsUnpublished();
      } else if (next.hasFailed === true && isUnpublished(archive)) {
        // Changes that were recorded meanwhile do not wait for the failing step.
        await storage.setAlarm(Math.min(next.at, againAt ?? nextPublishTime(archive, now())));
      }
    },
  };
}

/** Returns how many entries changed; `undefined` when loading failed. Entries that are loaded are served all the same. */
async function loadSome(load: () => Promise<number>): Promise<number | undefined> {
  try {
    return await load();
  } catch (error) {
    logEvent({ event: 'seeds-failed', error: String(error) });
    return undefined;
  }
}

/**
 * What the Archive does when it is called: each call in terms of the files in this folder.
 *
 * Loaded when the Durable Object wakes. Closures over what is kept at hand; the class in archive.ts only passes calls on.
 */
import type { EntryId, RecordedEntry } from '../../domain/entry.ts';
import type { SafeHtml } from '../../domain/html.ts';
import type { Instant } from '../../domain/instant.ts';
import { loadOnce } from '../../domain/load-once.ts';
import type { Month } from '../../domain/month.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { SavedView } from '../../domain/saved-view.ts';
import type { SourceId } from '../../domain/source.ts';
import type { FeedFormat } from '../../domain/view.ts';
import type { ArchiveAdmin } from '../../pipeline/archive-owner.ts';
import type { HandedOut } from '../../pipeline/job-message.ts';
import type {
  ArchiveMonth,
  DeliveredJob,
  EntryCandidate,
  HostEntry,
  OpenedJobs,
  RecordingReceipt,
} from '../../pipeline/ports.ts';
import { jobOf, type Recording, type RefreshJob } from '../../pipeline/recording.ts';
import type { HostPause } from '../../pipeline/retrieval.ts';
import type { Cursor, Query } from '../../query/language/query.ts';
import type { ArchiveTotals, FragmentFormat } from '../../window/window.ts';
import type { ArchiveBindings } from '../archive-bindings.ts';
import { loadSeedManifest, loadSeedPack, renderDigest, seedDigest } from '../seeds.ts';
import { createAnswers } from './answers/answer-query.ts';
import { findPlaces } from './answers/find-places.ts';
import { readMonth } from './answers/read-month.ts';
import { createTotalsSaver, type SentAnswer } from './answers/totals-on-the-wire.ts';
import { createBackgroundWork } from './background-work.ts';
import { dailyWrites, placedSite, retentionDays } from './ground/archive-settings.ts';
import { readSequence } from './ground/meta.ts';
import { migrate } from './ground/migrations.ts';
import { listMonths } from './ground/months.ts';
import { wakeArchive } from './ground/state.ts';
import { createJobs } from './jobs/jobs.ts';
import { openJobs } from './jobs/open-jobs.ts';
import { hostManners } from './jobs/open-requests.ts';
import { addOwnHost, readOwnHosts } from './jobs/own-hosts.ts';
import { unknownEntries, writePoison, writeRecording } from './jobs/recording.ts';
import { createSeedLoader } from './load-seeds.ts';
import { createArchiveAdmin } from './owner/owner.ts';
import { noteUse } from './owner/owner-log.ts';
import { createPublisher } from './publish/publisher.ts';
import { findEntry } from './rows/read-entries.ts';
import { retireExpired } from './rows/retention.ts';
import { listOrigins } from './rows/source-rows.ts';
import { listViews } from './rows/view-rows.ts';

/** The awake Archive: what its shell (archive.ts) passes every call to. */
export type ArchiveCore = ReturnType<typeof createArchiveCore>;

/** Brings the schema up to date, loads what is kept at hand, and returns every call the Archive answers. */
export function createArchiveCore(ctx: DurableObjectState, env: ArchiveBindings) {
  migrate(ctx.storage);
  const archive = wakeArchive(ctx.storage, dailyWrites(env), renderDigest);
  const publisher = createPublisher(archive, env.WINDOW, placedSite(env));
  const answer = createAnswers(archive);
  const withoutKnown = createTotalsSaver();
  const manners = hostManners(env);
  const jobs = createJobs(ctx.storage.sql, manners, manners.requestMs, now());
  const seeds = createSeedLoader(
    archive,
    { digest: seedDigest, manifest: loadOnce(loadSeedManifest), pack: (name) => loadSeedPack(env.ASSETS, name) },
    now,
  );
  const admin = createArchiveAdmin(archive, jobs, seeds.progress, now);
  const { beginSeeds, publishWhatIsUnpublished, alarm } = createBackgroundWork(archive, publisher, seeds, now);
  const core = {
    /** Asks for a publish when something recorded is not published. */
    publishWhatIsUnpublished,

    /** Begins to load the seeds this Worker carries, unless the archive holds them. Returns how many entries changed. */
    loadSeeds: beginSeeds,
    /**
     * Answers a query with rendered fragments in one format, and with what the archive holds in all unless whoever asks
     * says that they know that state of it.
     */
    async answer(query: Query, format: FragmentFormat, knownState?: string): Promise<SentAnswer> {
      await beginSeeds();
      return withoutKnown(answer(query, format, now()), knownState);
    },

    /** How many entries a query selects, up to `most`. */
    async count(query: Query, most: number): Promise<{ readonly amount: number; readonly more: boolean }> {
      await beginSeeds();
      const { places, more } = findPlaces(archive, { ...query, limit: most }, now());
      return { amount: places.length, more };
    },

    /** One archive document, RFC 5005; `undefined` when there is no such month. */
    async month(month: Month, before: Cursor | undefined, format: FeedFormat): Promise<ArchiveMonth | undefined> {
      await beginSeeds();
      return readMonth(archive, month, before, format, now());
    },

    /** All months that have entries. */
    async months(): Promise<readonly Month[]> {
      await core.loadSeeds();
      return listMonths(archive.sql);
    },

    /** What the owner saved. */
    async views(): Promise<readonly SavedView[]> {
      return listViews(archive.sql);
    },

    /** One visible entry. */
    async entry(id: EntryId): Promise<RecordedEntry<SafeHtml> | undefined> {
      await beginSeeds();
      return findEntry(archive.sql, id, listOrigins(archive.sql));
    },

    /** What the archive holds. */
    async totals(): Promise<ArchiveTotals> {
      await beginSeeds();
      return archive.totals.snapshot(readSequence(archive.sql));
    },

    /** For a reader that found nothing published, or other seeds: loads the seeds and publishes what KV does not have. */
    async bootstrap(): Promise<void> {
      await beginSeeds();
      await publisher.verify();
      await publishWhatIsUnpublished();
    },

    /** For a reader that found these values absent: publishes again what KV does not have. */
    async rewrite(keys: readonly string[]): Promise<void> {
      await publisher.verifyKeys(keys);
      await publishWhatIsUnpublished();
    },

    /** Takes what is due at `at` into work. */
    async claimDue(at: Instant, limit: number): Promise<readonly HandedOut[]> {
      // A KV that fails is looked at in the next round.
      await publisher.verify().catch(() => undefined);
      await publishWhatIsUnpublished();
      const claimed = jobs.claim(at, now(), limit);
      if (claimed.length > 0) noteUse(archive.sql, { rounds: 1, jobs: claimed.length }, now());
      return claimed;
    },

    /** The jobs with what is known about them, but for those that somebody is at or that are done. */
    openJobs(deliveries: readonly DeliveredJob[]): OpenedJobs {
      return openJobs(archive, jobs, deliveries, now());
    },

    /** Which of a source's entries are new or changed. */
    unknownEntries(source: SourceId, candidates: readonly EntryCandidate[]): readonly EntryId[] {
      return unknownEntries(archive, source, candidates);
    },

    /** Writes the outcomes of jobs and hands out their hosts' next ones; one that cannot be written spoils no other. */
    async record(recordings: readonly Recording[]): Promise<readonly Result<RecordingReceipt, string>[]> {
      const receipts = recordings.map((recording): Result<RecordingReceipt, string> => {
        try {
          const counts = writeRecording(archive, recording, now());
          const next = jobs.finish(jobOf(recording), now(), recording.pauses);
          return ok({ ...counts, ...(next === undefined ? {} : { next }) });
        } catch (error) {
          return fail(String(error));
        }
      });
      await publishWhatIsUnpublished();
      return receipts;
    },

    /** Keeps why every try of a job failed, so that it waits for its next check; hands out its host's next one. */
    async recordPoison(job: RefreshJob, detail: string): Promise<HandedOut | undefined> {
      writePoison(archive, job, detail, now());
      await publishWhatIsUnpublished();
      return jobs.finish(job, now());
    },

    /** Takes a place at a host for a request that is no job. */
    enterHost(host: string, patienceMs: number): HostEntry {
      return jobs.enter(host, now(), patienceMs);
    },

    /** Gives it back; returns the job that waited for it. */
    leaveHost(host: string, pauses: readonly HostPause[]): HandedOut | undefined {
      return jobs.leave(host, now(), pauses);
    },

    /** Hosts that requests of the owner came to. */
    ownHosts(): readonly string[] {
      return readOwnHosts(archive.sql);
    },

    /** Remembers such a host; the last few are enough. */
    noteOwnHost(host: string): void {
      addOwnHost(archive.sql, host);
    },

    /** Drops the text of entries older than RETENTION_DAYS, at most `limit` of them; returns how many. */
    async retireExpired(limit: number): Promise<number> {
      const retired = retireExpired(archive, retentionDays(env), limit, now());
      await publishWhatIsUnpublished();
      return retired;
    },

    /** One call of the owner's side; typed at both ends by `ArchiveAdmin`. */
    async administer(name: keyof ArchiveAdmin, given: readonly unknown[]): Promise<unknown> {
      await beginSeeds();
      const answer = await (admin[name] as (...given: readonly unknown[]) => Promise<unknown>)(...given);
      await publishWhatIsUnpublished();
      return answer;
    },

    alarm,
  };
  return core;
}

/** The platform floor is where the clock is read. */
function now(): Instant {
  return Date.now() as Instant;
}

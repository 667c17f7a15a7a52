/**
 * The Archive: one SQLite Durable Object that holds the truth. One writer, real transactions.
 *
 * This class is the shell the runtime demands: it wakes, delegates and returns plain data; what happens to rows is in
 * the archive-* files beside it.
 */
import { DurableObject } from 'cloudflare:workers';
import type { EntryId, RecordedEntry } from '../domain/entry.ts';
import type { SafeHtml } from '../domain/html.ts';
import type { Instant } from '../domain/instant.ts';
import type { Month } from '../domain/month.ts';
import type { SavedView } from '../domain/saved-view.ts';
import type { SourceId } from '../domain/source.ts';
import type { FeedFormat } from '../domain/view.ts';
import type { ArchiveAdmin } from '../pipeline/admin-ports.ts';
import { parseConfig } from '../pipeline/config.ts';
import type { ArchiveAnswer, ArchiveMonth, EntryCandidate, OpenedJob, RecordingReceipt } from '../pipeline/ports.ts';
import { publishesPerDay } from '../pipeline/publish-pace.ts';
import { jobOf, type Recording, type RefreshJob } from '../pipeline/recording.ts';
import type { Cursor, Query } from '../query/query.ts';
import type { ArchiveTotals, FragmentFormat } from '../window/window.ts';
import { createArchiveAdmin } from './archive-admin.ts';
import { createAnswers } from './archive-answers.ts';
import { createJobs, hostManners, hostOfJob, type Jobs } from './archive-jobs.ts';
import { migrate } from './archive-migrations.ts';
import { readMonth } from './archive-months.ts';
import { findEntry } from './archive-queries.ts';
import { openJob, unknownEntries, writePoison, writeRecording } from './archive-recording.ts';
import { retireExpired } from './archive-retention.ts';
import { retagSome } from './archive-rules.ts';
import { hasLoadedSeeds, loadSeeds } from './archive-seeds.ts';
import { listOrigins } from './archive-sources.ts';
import {
  type ArchiveState,
  countPublish,
  publishableAt,
  readMeta,
  readSequence,
  schedulePublish,
  wakeArchive,
  writeMeta,
} from './archive-state.ts';
import { listViews } from './archive-views.ts';
import { currentWindow } from './archive-window.ts';
import type { Bindings } from './bindings.ts';
import { writeWindow } from './published-window.ts';
import { loadSeedBundle, seedDigest } from './seeds.ts';

/** Entries that get their tags anew in one step: a tenth of a second of work. */
const entriesPerStep = 200;

export class Archive extends DurableObject<Bindings> {
  readonly #archive: ArchiveState;
  readonly #jobs: Jobs;
  readonly #answer: ReturnType<typeof createAnswers>;
  readonly #admin: ArchiveAdmin;

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env);
    migrate(ctx.storage);
    this.#archive = wakeArchive(ctx.storage, dailyPublishes(env));
    this.#answer = createAnswers(this.#archive);
    this.#jobs = createJobs(ctx.storage.sql, hostManners(env));
    this.#admin = createArchiveAdmin(this.#archive, this.#jobs, env.WINDOW, now);
    void ctx.blockConcurrencyWhile(() => this.#publishWhatIsUnpublished());
  }

  /** Loads the seeds this Worker carries, unless the archive holds them. Returns how many entries changed. */
  async loadSeeds(): Promise<number> {
    if (hasLoadedSeeds(this.#archive, seedDigest)) return 0;
    const bundle = await loadSeedBundle();
    const changed = loadSeeds(this.#archive, bundle, now());
    await this.#publishWhatIsUnpublished();
    return changed;
  }

  /** Answers a query with rendered fragments in one format, and with what the archive holds in all. */
  async answer(query: Query, format: FragmentFormat): Promise<ArchiveAnswer> {
    await this.loadSeeds();
    return this.#answer(query, format, now());
  }

  /** One archive document, RFC 5005; `undefined` when there is no such month. */
  async month(month: Month, before: Cursor | undefined, format: FeedFormat): Promise<ArchiveMonth | undefined> {
    await this.loadSeeds();
    return readMonth(this.#archive, month, before, format, now());
  }

  /** What the owner saved. */
  async views(): Promise<readonly SavedView[]> {
    return listViews(this.#archive.sql);
  }

  /** One visible entry. */
  async entry(id: EntryId): Promise<RecordedEntry<SafeHtml> | undefined> {
    await this.loadSeeds();
    return findEntry(this.#archive.sql, id, listOrigins(this.#archive.sql));
  }

  /** What the archive holds. */
  async totals(): Promise<ArchiveTotals> {
    await this.loadSeeds();
    return this.#archive.totals.snapshot(readSequence(this.#archive.sql));
  }

  /** For an empty KV: loads the seeds and publishes, whatever was published before. */
  async bootstrap(): Promise<void> {
    await this.loadSeeds();
    await schedulePublish(this.#archive, now());
  }

  /** Takes what is due at `at` into work. */
  async claimDue(at: Instant, limit: number): Promise<readonly RefreshJob[]> {
    await this.#publishWhatIsUnpublished();
    return this.#jobs.claim(at, now(), limit);
  }

  /** The job with what is known about it, unless somebody is at it or it is done. */
  openJob(job: RefreshJob): OpenedJob | undefined {
    const opened = openJob(this.#archive, job, this.#jobs.dueAt(job, now()));
    if (opened === undefined) {
      this.#jobs.finish(job, now());
      return undefined;
    }
    return this.#jobs.open(job, hostOfJob(opened), now()) ? opened : undefined;
  }

  /** Which of a source's entries are new or changed. */
  unknownEntries(source: SourceId, candidates: readonly EntryCandidate[]): readonly EntryId[] {
    return unknownEntries(this.#archive, source, candidates);
  }

  /** Writes the outcome of a job and hands out its host's next one. */
  async record(recording: Recording): Promise<RecordingReceipt> {
    const counts = writeRecording(this.#archive, recording, now());
    await this.#publishWhatIsUnpublished();
    const next = this.#jobs.finish(jobOf(recording), now(), recording.pauses);
    return { ...counts, ...(next === undefined ? {} : { next }) };
  }

  /** Keeps why every try of a job failed, so that it waits for its next check instead of coming again at once. */
  async recordPoison(job: RefreshJob, detail: string): Promise<void> {
    writePoison(this.#archive, job, detail, now());
    this.#jobs.finish(job, now());
    await this.#publishWhatIsUnpublished();
  }

  /** Drops the text of entries older than RETENTION_DAYS, at most `limit` of them; returns how many. */
  async retireExpired(limit: number): Promise<number> {
    const config = parseConfig(this.env);
    const retired = retireExpired(this.#archive, config.ok ? config.value.retentionDays : 0, limit, now());
    await this.#publishWhatIsUnpublished();
    return retired;
  }

  /** One call of the owner's side; typed at both ends by `ArchiveAdmin`. */
  async administer(name: keyof ArchiveAdmin, given: readonly unknown[]): Promise<unknown> {
    await this.loadSeeds();
    const answer = await (this.#admin[name] as (...given: readonly unknown[]) => Promise<unknown>)(...given);
    await this.#publishWhatIsUnpublished();
    return answer;
  }

  /** Carries changed rules through the archive step by step, then publishes the window. A throw makes the runtime try again. */
  override async alarm(): Promise<void> {
    if (retagSome(this.#archive, entriesPerStep)) {
      await this.ctx.storage.setAlarm(now() + 20);
      return;
    }
    const sequence = readSequence(this.#archive.sql);
    const allowedAt = publishableAt(this.#archive, now());
    if (allowedAt > now()) {
      await this.ctx.storage.setAlarm(allowedAt);
      return;
    }
    const takeBack = countPublish(this.#archive, now());
    const wasWritten = await writeWindow(this.env.WINDOW, currentWindow(this.#archive), now());
    if (!wasWritten) takeBack();
    writeMeta(this.#archive.sql, 'published_sequence', String(sequence));
    this.#archive.publishing.pendingSince = undefined;
    await this.#publishWhatIsUnpublished();
  }

  async #publishWhatIsUnpublished(): Promise<void> {
    const published = readMeta(this.#archive.sql, 'published_sequence');
    const isPublished = published === String(readSequence(this.#archive.sql));
    if (!isPublished) await schedulePublish(this.#archive, now());
  }
}

/** What the settings allow; those that cannot be used are reported where requests are answered. */
function dailyPublishes(env: Bindings): number {
  const config = parseConfig(env);
  return publishesPerDay(config.ok ? config.value.kvWritesPerDay : 0);
}

/** The platform floor is where the clock is read. */
function now(): Instant {
  return Date.now() as Instant;
}

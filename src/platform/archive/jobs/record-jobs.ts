/**
 * Writes the outcome of a job in one transaction: entries, validators and next check.
 */

import { noteCheck } from '../../../domain/check-history.ts';
import type { HttpUrl } from '../../../domain/http-url.ts';
import type { Instant } from '../../../domain/instant.ts';
import { becomesSecret } from '../../../domain/secret-address.ts';
import type { Source } from '../../../domain/source.ts';
import { type SourceState, toInitialState } from '../../../domain/source-state.ts';
import type { EntryRecording, Recording, RefreshJob } from '../../../pipeline/recording.ts';
import { withinRow } from '../entries/row-size.ts';
import { withRules } from '../entries/ruled-entries.ts';
import { writeEntry } from '../entries/write-entries.ts';
import { retireBeyondCap } from '../follow/cap.ts';
import { noteHidden, noteOtherChange } from '../ground/meta.ts';
import { tallyCheck } from '../ground/source-tally.ts';
import { type ArchiveState, type ChangeLog, changeEntries } from '../ground/state.ts';
import { mergeSources } from '../owner/merge-sources.ts';
import { writePush } from '../push/push-jobs.ts';
import { noteCheckAlert, noteMove, noteReach } from '../rows/alert-rows.ts';
import {
  describeSource,
  findOtherAt,
  findSource,
  findState,
  nextDueAt,
  writeCheck,
  writeSource,
  writeState,
} from '../rows/source-rows.ts';
import { findSubscriptionOf, followOffer, writeSubscription } from '../rows/subscription-rows.ts';
import { findJobState } from './open-jobs.ts';

/** The changes that a recording made. */
export interface RecordedCounts {
  readonly added: number;
  readonly revised: number;
  /** The document named a hub that should be asked. */
  readonly isHubWanted?: true;
}

/**
 * Undated entries of a source's first document get a place a day back: a new source must not bury today's entries.
 * Milliseconds.
 */
const undatedBackMs = 24 * 60 * 60_000;

/** A job that fails every try has met a bug of ours: it is tried daily. Milliseconds. */
const poisonPauseMs = 24 * 60 * 60_000;

/** Writes a recording. If its source was removed meanwhile, nothing changes. */
export function writeRecording(archive: ArchiveState, recording: Recording, now: Instant): RecordedCounts {
  switch (recording.kind) {
    case 'source':
      return writeSourceRecording(archive, recording, now);
    case 'article':
      return writeArticleRecording(archive, recording, now);
    case 'push':
      writePush(archive, recording, now);
      return { added: 0, revised: 0 };
  }
}

type SourceRecording = Extract<Recording, { kind: 'source' }>;

function writeSourceRecording(archive: ArchiveState, recording: SourceRecording, now: Instant): RecordedCounts {
  const { entries, url, description } = recording;
  if (entries.length === 0 && url === undefined && description === undefined) {
    const unchanged = { added: 0, revised: 0 };
    const brought = { found: recording.found ?? 0, ...unchanged };
    const previous = findState(archive.sql, recording.sourceId);
    const state = noteCheck(previous, recording.state, brought);
    writeCheck(archive.sql, recording.sourceId, state);
    noteCheckAlert(archive.sql, recording.sourceId, previous, state, now);
    noteReach(archive.sql, state);
    return unchanged;
  }
  const { isRenamed, ...counts } = changeEntries(archive, (log) => recordSource(archive.sql, recording, log, now));
  if (isRenamed) noteOtherChange(archive.sql);
  return counts;
}

/** Writes the outcome of a check of a source. Runs inside a transaction. */
export function recordSource(
  sql: SqlStorage,
  recording: SourceRecording,
  log: ChangeLog,
  now: Instant,
): RecordedCounts & { readonly isRenamed: boolean } {
  const source = findSource(sql, recording.sourceId);
  if (source === undefined) return { added: 0, revised: 0, isRenamed: false };
  const previous = findState(sql, source.id);
  const isFirst = previous?.lastDocumentAt === undefined;
  const known = recording.url === undefined ? undefined : findOtherAt(sql, recording.url, source.id);
  if (recording.url !== undefined && known === undefined) moveSource(sql, source, recording.url, now);
  const isRenamed = recording.description !== undefined && describeSource(sql, source, recording.description);
  const written = writeEntries(sql, recording.entries, log, now, isFirst);
  if (written.added > 0) retireBeyondCap(sql, source, log, now);
  const brought = { found: recording.found ?? recording.entries.length, ...written };
  const state = noteCheck(previous, recording.state, brought);
  writeState(sql, source.id, state);
  noteCheckAlert(sql, source.id, previous, state, now);
  noteReach(sql, state);
  const isHubWanted = followHub(sql, recording, now);
  if (known !== undefined) mergeSources(sql, findSource(sql, source.id) ?? source, known, log, now);
  return {
    ...written,
    isRenamed: isRenamed || known !== undefined,
    ...(isHubWanted && { isHubWanted: true as const }),
  };
}

/** Stores the hub that the document names, and notes that its pushes do not arrive. */
function followHub(sql: SqlStorage, { sourceId, offer, hasMissedPush }: SourceRecording, now: Instant): boolean {
  const source = findSource(sql, sourceId);
  if (source === undefined) return false;
  const held = hasMissedPush === true ? findSubscriptionOf(sql, sourceId) : undefined;
  if (held !== undefined) {
    const { pushedAt: _pushed, ...kept } = held;
    writeSubscription(sql, held.token, kept);
  }
  return offer !== undefined && followOffer(sql, source, offer, now);
}

/** Follows a permanent redirect, and alerts the owner. The new address may be secret. */
function moveSource(sql: SqlStorage, source: Source, url: HttpUrl, now: Instant): void {
  const isSecret = becomesSecret(source.url, url);
  const moved: Source = { ...source, url, ...(isSecret && { isSecret: true }) };
  writeSource(sql, moved);
  if (isSecret) noteHidden(sql);
  noteMove(sql, moved, 'as the site said', now);
}

function writeArticleRecording(
  archive: ArchiveState,
  recording: Extract<Recording, { kind: 'article' }>,
  now: Instant,
): RecordedCounts {
  return changeEntries(archive, (log) => {
    const isSeed =
      archive.sql.exec('SELECT 1 FROM seed_entry WHERE entry_id = ?', recording.entryId).toArray().length > 0;
    if (!isSeed) return { added: 0, revised: 0 };
    const entries = recording.entry === undefined ? [] : [recording.entry];
    const written = writeEntries(archive.sql, entries, log, now, false);
    archive.sql.exec(
      `INSERT INTO article_check VALUES (?, ?, ?) ON CONFLICT (entry_id)
        DO UPDATE SET next_check_at = excluded.next_check_at, state = excluded.state`,
      recording.entryId,
      nextDueAt(recording.state),
      JSON.stringify(recording.state),
    );
    tallyCheck(archive.sql, recording.state.lastCheckedAt);
    return written;
  });
}

function writeEntries(
  sql: SqlStorage,
  entries: readonly EntryRecording[],
  log: ChangeLog,
  now: Instant,
  isFirst: boolean,
): RecordedCounts {
  let added = 0;
  let revised = 0;
  // Documents list newest first. Oldest first is cheaper to record: FTS5 writes a segment of its index whenever a row id is
  // lower than the one before it (docs/adr/0005).
  const positions = [...withRules(sql, entries).entries()].toReversed();
  for (const [position, entry] of positions) {
    // Each undated one goes a moment behind the one that the document lists before it.
    const undated = (now - (isFirst ? undatedBackMs : 0) - position) as Instant;
    const change = writeEntry(sql, { ...entry, ...withinRow(entry) }, log.nextSequence(), now, undated);
    if (change === undefined) continue;
    log.note(change);
    if (change.isAdded === true) added += 1;
    else revised += 1;
  }
  return { added, revised };
}

/** A job failed every try: stores its reason and waits a day. */
export function writePoison(archive: ArchiveState, job: RefreshJob, detail: string, now: Instant): void {
  if (job.kind === 'push') {
    const outcome = { kind: 'failed', what: 'a delivery', answer: detail } as const;
    writePush(archive, { ...job, outcome }, now);
    return;
  }
  const known = findJobState(archive.sql, job) ?? toInitialState(now);
  const state: SourceState = {
    ...known,
    lastCheckedAt: now,
    lastOutcome: 'failed',
    lastFailure: { kind: 'unexpected', detail },
    consecutiveFailures: known.consecutiveFailures + 1,
    nextCheckAt: (now + poisonPauseMs) as Instant,
    nextCheckWhy: 'waiting a day: every try ended in an error of ours',
  };
  const recording: Recording = job.kind === 'source' ? { ...job, state, entries: [] } : { ...job, state };
  writeRecording(archive, recording, now);
}

/**
 * Defines what refreshes and pages need of the world, as the platform provides it and tests fake it.
 */
import type { EntryId, RecordedEntry } from '../domain/entry.ts';
import type { SafeHtml } from '../domain/html.ts';
import type { HttpUrl } from '../domain/http-url.ts';
import type { Instant } from '../domain/instant.ts';
import type { Month } from '../domain/month.ts';
import type { Result } from '../domain/result.ts';
import type { SavedView } from '../domain/saved-view.ts';
import type { PlacedSite } from '../domain/site.ts';
import type { Source, SourceId } from '../domain/source.ts';
import type { IconAnswer } from '../domain/source-icon.ts';
import type { SourceState } from '../domain/source-state.ts';
import type { FeedFormat } from '../domain/view.ts';
import type { Cursor, Query } from '../query/language/query.ts';
import type { FinishedFeed } from '../window/default-feeds.ts';
import type { Piece } from '../window/gzip-join.ts';
import type { SelectedEntry } from '../window/selection.ts';
import type { ArchiveTotals, FragmentFormat, Window, WindowEntry } from '../window/window.ts';
import type { Config } from './config.ts';
import type { DigestAnswer, DigestQuestion } from './digest-question.ts';
import type { HandedOut, JobMessage } from './job-message.ts';
import type { PushPorts } from './push/deliver.ts';
import type { OpenedPush, PushLine } from './push/receiver.ts';
import type { Recording, RefreshJob } from './recording.ts';
import type { HostPause, Retrieve } from './retrieval.ts';
import type { Pushes } from './websub/push-rhythm.ts';

/** A default feed as it was finished with the window. */
export interface PublishedFeed {
  /** Names the default feeds. */
  readonly name: string;
  readonly site: PlacedSite;
  readonly feed: FinishedFeed;
}

/** The window as this place of the world can read it. Absent: nothing was ever published, or it has not arrived. */
export interface PublishedWindow {
  /** Version of the newest window, when it was looked at a moment ago: needs no waiting. */
  readonly freshVersion: () => string | undefined;
  /** The newest window by its name alone; its values may not have arrived yet. */
  readonly current: () => Promise<{ readonly version: string; readonly seedDigest: string } | undefined>;
  /** The newest index, when it is here and was looked at a moment ago: needs no waiting. */
  readonly fresh: () => Window | undefined;
  /** The newest index that is here. */
  readonly index: () => Promise<Window | undefined>;
  /** The default feed in this format, where the site knows its address and it is here. */
  readonly defaultFeed: (format: FeedFormat) => Promise<PublishedFeed | undefined>;
  /** Fragments of entries of this window, in their order; `undefined` when a segment is not here. */
  readonly fragments: (
    window: Window,
    format: FragmentFormat,
    entries: readonly WindowEntry[],
  ) => Promise<readonly Piece[] | undefined>;
  /** Whether none of the segments of these entries was found absent at the last look. */
  readonly isAtHand: (window: Window, format: FragmentFormat, entries: readonly WindowEntry[]) => boolean;
  /** Keys that were found absent since the last look: the Archive should write them again. */
  readonly absentKeys: () => readonly string[];
}

/** The Archive's answer: the chosen entries and their fragments, joined; `ends` says where each one ends (bytes). */
export interface ArchiveAnswer {
  readonly entries: readonly SelectedEntry[];
  readonly bytes: Uint8Array;
  readonly ends: readonly number[];
  readonly more: boolean;
  /** Set when the answer looked only so far back (`query/horizon.ts`). */
  readonly horizon?: Cursor;
  /** Set on further pages: the page before, which is the first one when it has no place. */
  readonly previous?: { readonly before?: Cursor };
  readonly totals: ArchiveTotals;
}

/** One archive document (RFC 5005 section 4): entries of a month, newest first, and what is before and after them. */
export interface ArchiveMonth {
  readonly entries: readonly SelectedEntry[];
  readonly bytes: Uint8Array;
  readonly ends: readonly number[];
  /** The month is over: no entry will ever be added. */
  readonly isClosed: boolean;
  /** Where the month's next document goes on, when it has one. */
  readonly rest?: Cursor;
  /** The newest month before this one that has entries. */
  readonly previous?: Month;
  /** The month after this one, when it is one document. */
  readonly next?: Month;
}

/** Begins the message of the error when the Archive does not answer: past a daily limit, or it cannot be reached. */
export const archiveUnavailable = 'the Archive does not answer';

/** What readers ask of the Archive when the window cannot tell. */
export interface ArchiveReader {
  readonly answer: (query: Query, format: FragmentFormat) => Promise<ArchiveAnswer>;
  /** How many entries a query selects, counted up to `most`; `more` when there are, or may be, others. */
  readonly count: (query: Query, most: number) => Promise<{ readonly amount: number; readonly more: boolean }>;
  /** One archive document; `undefined` when there is no such month. */
  readonly month: (month: Month, before: Cursor | undefined, format: FeedFormat) => Promise<ArchiveMonth | undefined>;
  /** The digests of a view; makes those that are missing. */
  readonly digests: (question: DigestQuestion) => Promise<DigestAnswer>;
  /** All months that have entries, newest first. */
  readonly months: () => Promise<readonly Month[]>;
  readonly views: () => Promise<readonly SavedView[]>;
  /**
   * An entry by its id, or by another id that means it. Of private sources only what `opened` selects, the query of a view
   * whose key was given.
   */
  readonly entry: (id: EntryId, opened?: Query) => Promise<RecordedEntry<SafeHtml> | undefined>;
  /** The source that another one was merged into. */
  readonly mergedSource: (id: string) => Promise<SourceId | undefined>;
  readonly icon: (sourceId: string) => Promise<IconAnswer>;
  readonly totals: () => Promise<ArchiveTotals>;
  /** Loads the seeds this Worker carries and publishes what is unpublished, even if KV was wiped. */
  readonly bootstrap: () => Promise<void>;
  /** Publishes these values again if KV does not have them. */
  readonly rewrite: (keys: readonly string[]) => Promise<void>;
}

/** A job that may be worked on now, with what is known about it. */
export type OpenedJob =
  | {
      readonly kind: 'source';
      readonly source: Source;
      readonly state: SourceState;
      /** While a hub pushes. */
      readonly pushes?: Pushes;
    }
  | {
      readonly kind: 'article';
      readonly entry: RecordedEntry<SafeHtml>;
      readonly state: SourceState;
    }
  | OpenedPush;

/** A job as the Queue delivers it: at least once. */
export interface DeliveredJob {
  readonly job: RefreshJob;
  /** An earlier delivery of this message came to nothing. */
  readonly isRetry: boolean;
}

/** What became of delivered jobs. */
export interface OpenedJobs {
  /**
   * In the order of the deliveries; `undefined` where there is nothing to do: done before, or somebody is at it. The host
   * of a job wants to rest for `restMs` first.
   */
  readonly opened: readonly ({ readonly job: OpenedJob; readonly restMs: number } | undefined)[];
  /** Jobs whose host came free, because there was nothing to do. */
  readonly next: readonly HandedOut[];
}

/** What the Archive says after a recording. */
export interface RecordingReceipt {
  readonly added: number;
  readonly revised: number;
  /** A job of the same host. */
  readonly next?: HandedOut;
  /** A hub was found that is to be asked. */
  readonly isHubWanted?: true;
}

/** An entry of a document, by what tells whether the archive holds it. */
export interface EntryCandidate {
  readonly id: EntryId;
  readonly guid: string;
  readonly url?: HttpUrl;
  readonly title: string;
  readonly published?: Instant;
  readonly contentHash: string;
}

/** A candidate that is new or changed. */
export interface UnknownEntry {
  /** The candidate's own. */
  readonly id: EntryId;
  /** The names that the archive holds it under, when they are others. */
  readonly as?: { readonly id: EntryId; readonly guid: string };
  /** Its guid or link is new and it is an old entry: that is no edit of its publisher. */
  readonly isMoved?: boolean;
}

/**
 * What becomes of a request that is no job: it may be sent after so many milliseconds; or another request to the host is out
 * (`busy`); or the host asked to be left alone (`resting`).
 */
export type HostEntry = number | 'busy' | 'resting';

/** What the write side asks of the Archive. */
export interface ArchiveWriter {
  /** Loads the seeds this Worker carries; returns how many entries changed. */
  readonly loadSeeds: () => Promise<number>;
  /** Drops the text of entries older than the retention of the settings, at most `limit`; returns how many. */
  readonly retireExpired: (limit: number) => Promise<number>;
  /** Takes what is due at `at` into work, longest waiting first, at most `limit` jobs. */
  readonly claimDue: (at: Instant, limit: number) => Promise<readonly HandedOut[]>;
  /** Begins work on jobs; a message delivered twice finds its work done. */
  readonly openJobs: (deliveries: readonly DeliveredJob[]) => Promise<OpenedJobs>;
  /** Which of a source's entries are new or changed: the others need no further work. */
  readonly unknownEntries: (
    source: SourceId,
    candidates: readonly EntryCandidate[],
  ) => Promise<readonly UnknownEntry[]>;
  /**
   * Writes the outcomes of jobs, each in a transaction of its own: entries, validators and next check. Answers in their
   * order; a failure says why nothing of that one was written.
   */
  readonly record: (recordings: readonly Recording[]) => Promise<readonly Result<RecordingReceipt, string>[]>;
  /** Takes a place at a host for a request that is no job, unless the host is busy or rests for longer than `patienceMs`. */
  readonly enterHost: (host: string, patienceMs: number) => Promise<HostEntry>;
  /** Gives the place back, with what hosts asked for by `Retry-After`. */
  readonly leaveHost: (host: string, pauses: readonly HostPause[]) => Promise<void>;
}

/** What a refresh needs of the world. */
export interface RefreshPorts {
  readonly archive: ArchiveWriter;
  readonly retrieve: Retrieve;
  /** What deliveries to receivers need; absent where none are made. */
  readonly push?: PushPorts;
  readonly config: Config;
  readonly now: () => Instant;
  /** 0 to 1, at random. */
  readonly jitter: () => number;
  /** Waits; milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** Called once per job that was worked on. */
  readonly log: (line: RefreshLine | PushLine) => void;
}

/** What is written down about one refresh: one JSON line. */
export interface RefreshLine {
  readonly event: 'refresh';
  readonly job: RefreshJob;
  readonly url: string;
  readonly title?: string;
  readonly outcome: string;
  readonly failure?: string;
  /** The failure in words. */
  readonly said?: string;
  /** No server was met at all, as when this machine is offline. */
  readonly isUnreachable?: true;
  readonly added: number;
  readonly revised: number;
  readonly nextCheckAt: number;
  readonly nextCheckWhy: string;
}
/** Puts messages into the queue, to be delivered after so many milliseconds. */
export type Enqueue = (messages: readonly JobMessage[], afterMs?: number) => Promise<void>;

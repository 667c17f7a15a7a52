/**
 * Lists what refreshes and pages need from outside, as the platform provides it and tests fake it.
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

/** A default feed that was finished with the window. */
export interface PublishedFeed {
  /** Names the default feeds. */
  readonly name: string;
  readonly site: PlacedSite;
  readonly feed: FinishedFeed;
}

/** The window as an isolate can read it. Absent: nothing was ever published, or it has not arrived in this place. */
export interface PublishedWindow {
  /** Version of the newest window, if it was looked up a moment ago. Does not wait. */
  readonly freshVersion: () => string | undefined;
  /** The newest window's version; its values may not have arrived yet. */
  readonly current: () => Promise<{ readonly version: string; readonly seedDigest: string } | undefined>;
  /** The newest index, if it has arrived and was looked up a moment ago. Does not wait. */
  readonly fresh: () => Window | undefined;
  /** The newest index that has arrived. */
  readonly index: () => Promise<Window | undefined>;
  /** The default feed in this format, if the site knows its address and the feed has arrived. */
  readonly defaultFeed: (format: FeedFormat) => Promise<PublishedFeed | undefined>;
  /** Fragments of entries of this window, in their order; `undefined` when a segment is missing. */
  readonly fragments: (
    window: Window,
    format: FragmentFormat,
    entries: readonly WindowEntry[],
  ) => Promise<readonly Piece[] | undefined>;
  /** Whether all segments of these entries were present at the last look. */
  readonly isAtHand: (window: Window, format: FragmentFormat, entries: readonly WindowEntry[]) => boolean;
  /** Keys that were missing at the last look: the Archive should write them again. */
  readonly absentKeys: () => readonly string[];
}

/** The Archive's answer: the chosen entries and their fragments, joined; `ends` says where each one ends (bytes). */
export interface ArchiveAnswer {
  readonly entries: readonly SelectedEntry[];
  readonly bytes: Uint8Array;
  readonly ends: readonly number[];
  readonly more: boolean;
  /** Set when the answer looked only so far back (`query/sql/sql-horizon.ts`). */
  readonly horizon?: Cursor;
  /** Set on further pages: the page before. Without `before` that is the first page. */
  readonly previous?: { readonly before?: Cursor };
  readonly totals: ArchiveTotals;
}

/** One archive document (RFC 5005 section 4): entries of a month, newest first, and the documents before and after it. */
export interface ArchiveMonth {
  readonly entries: readonly SelectedEntry[];
  readonly bytes: Uint8Array;
  readonly ends: readonly number[];
  /** The month is over: no entry will ever be added. */
  readonly isClosed: boolean;
  /** Where the month's next document starts, when there is one. */
  readonly rest?: Cursor;
  /** The newest month before this one that has entries. */
  readonly previous?: Month;
  /** The month after this one, when it is one document. */
  readonly next?: Month;
}

/** Begins the message of the error when the Archive is past a daily limit or unreachable. */
export const archiveUnavailable = 'the Archive does not answer';

/** The Archive's operations for readers, for answers that the window cannot give. */
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
  /** An entry by its id or alias; one of a private source only if `opened`, the query of a view with a given key, selects it. */
  readonly entry: (id: EntryId, opened?: Query) => Promise<RecordedEntry<SafeHtml> | undefined>;
  /** The source that another source was merged into. */
  readonly mergedSource: (id: string) => Promise<SourceId | undefined>;
  readonly icon: (sourceId: string) => Promise<IconAnswer>;
  readonly totals: () => Promise<ArchiveTotals>;
  /** Loads the seeds of this Worker and publishes unpublished changes, also after KV was wiped. */
  readonly bootstrap: () => Promise<void>;
  /** Publishes these values again if KV does not have them. */
  readonly rewrite: (keys: readonly string[]) => Promise<void>;
}

/** A job that may start now, with the state it needs. */
export type OpenedJob =
  | {
      readonly kind: 'source';
      readonly source: Source;
      readonly state: SourceState;
      /** Set while a hub sends pushes. */
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
  /** An earlier delivery of this message failed. */
  readonly isRetry: boolean;
}

/** The result of opening delivered jobs. */
export interface OpenedJobs {
  /**
   * In the order of the deliveries; `undefined` where there is nothing to do: the job is done, or another invocation works on
   * it. The job must first wait `restMs`, the pause of its host.
   */
  readonly opened: readonly ({ readonly job: OpenedJob; readonly restMs: number } | undefined)[];
  /** Jobs of hosts that became free, because their job had nothing to do. */
  readonly next: readonly HandedOut[];
}

/** The Archive's answer to a recording. */
export interface RecordingReceipt {
  readonly added: number;
  readonly revised: number;
  /** The next job of the same host. */
  readonly next?: HandedOut;
  /** The document named a hub that should be asked. */
  readonly isHubWanted?: true;
}

/** The members of an entry by which the Archive recognises it. */
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
  /** The id and guid under which the Archive holds it, when they differ. */
  readonly as?: { readonly id: EntryId; readonly guid: string };
  /** An old entry with a new guid or link: that is no edit by its publisher. */
  readonly isMoved?: boolean;
}

/**
 * Whether a request that is no job may be sent: after so many milliseconds; or not, because another request to the host is
 * under way (`busy`), or the host asked us to wait (`resting`).
 */
export type HostEntry = number | 'busy' | 'resting';

/** The Archive's operations for the write side. */
export interface ArchiveWriter {
  /** Loads the seeds of this Worker; returns how many entries changed. */
  readonly loadSeeds: () => Promise<number>;
  /** Drops the text of entries past the retention of the settings, at most `limit`; returns how many. */
  readonly retireExpired: (limit: number) => Promise<number>;
  /** Claims jobs that are due at `at`, longest waiting first, at most `limit`. */
  readonly claimDue: (at: Instant, limit: number) => Promise<readonly HandedOut[]>;
  /** Starts jobs. A message that is delivered twice finds its jobs done. */
  readonly openJobs: (deliveries: readonly DeliveredJob[]) => Promise<OpenedJobs>;
  /** Finds the new and changed entries of a source: the others need no further work. */
  readonly unknownEntries: (
    source: SourceId,
    candidates: readonly EntryCandidate[],
  ) => Promise<readonly UnknownEntry[]>;
  /** Writes the outcome of each job in its own transaction. Answers in their order; a failure says why nothing was written. */
  readonly record: (recordings: readonly Recording[]) => Promise<readonly Result<RecordingReceipt, string>[]>;
  /**
   * Takes a place at a host for a request that is no job, unless the host is busy or must rest for longer than `patienceMs`.
   */
  readonly enterHost: (host: string, patienceMs: number) => Promise<HostEntry>;
  /** Gives the place back, with any `Retry-After` of hosts. */
  readonly leaveHost: (host: string, pauses: readonly HostPause[]) => Promise<void>;
}

/** What a refresh needs from outside. */
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
  /** Called once per finished job. */
  readonly log: (line: RefreshLine | PushLine) => void;
}

/** The log line of one refresh, as JSON. */
export interface RefreshLine {
  readonly event: 'refresh';
  readonly job: RefreshJob;
  readonly url: string;
  readonly title?: string;
  readonly outcome: string;
  readonly failure?: string;
  /** The failure in words. */
  readonly said?: string;
  /** No server was reached at all, as when this machine is offline. */
  readonly isUnreachable?: true;
  readonly added: number;
  readonly revised: number;
  readonly nextCheckAt: number;
  readonly nextCheckWhy: string;
}
/** Puts messages into the queue, to be delivered after so many milliseconds. */
export type Enqueue = (messages: readonly JobMessage[], afterMs?: number) => Promise<void>;

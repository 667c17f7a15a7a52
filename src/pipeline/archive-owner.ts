/**
 * Lists the Archive's operations for the owner, as the platform provides them and tests fake them: plain data in and out.
 */
import type { EntryId } from '../domain/entry.ts';
import type { HttpUrl } from '../domain/http-url.ts';
import type { Instant } from '../domain/instant.ts';
import type { SavedView } from '../domain/saved-view.ts';
import type { Source, SourceId } from '../domain/source.ts';
import type { SourceState } from '../domain/source-state.ts';
import type { Query } from '../query/language/query.ts';
import type { Rule } from '../rules/rule.ts';
import type { RecordedAlert } from './alerts.ts';
import type { BackupRecord } from './backup-format.ts';
import type { HandedOut } from './job-message.ts';
import type { NewsletterOwner } from './mail/newsletter-mails.ts';
import type { HubReport, Webhook, WebhookReport } from './push/receiver.ts';
import type { EntryRecording, Recording } from './recording.ts';
import type { Explanation, HiddenEntries, RuleBook, RulesPreview } from './rule-book.ts';
import type { SourceChange, SourceCounts, SourcePage, SourcePlace, SubscriptionPage } from './source-list.ts';
import type { HourOutcomes, SourceQuestion, SourceReport, SourceSelection } from './source-table.ts';
import type { SystemReport } from './system-report.ts';

export type { Explanation, NamedEntry, RuleBook } from './rule-book.ts';
export type { SourceChange } from './source-list.ts';
export type { SourceReport } from './source-table.ts';

/** One page of the owner's list of sources. */
export interface SourceTable extends Omit<SourceSelection, 'ids' | 'troubled'> {
  readonly reports: readonly SourceReport[];
  readonly troubled: readonly SourceReport[];
}

/** A view, and how many of its entries came, and how many people read it, in the last seven days. */
export interface CountedView {
  readonly view: SavedView;
  readonly readers: number;
  readonly week: { readonly amount: number; readonly more: boolean };
}

/** Days that the chart of a source shows. */
export const chartedDays = 30;

/** Numbers about the entries of one source. */
export interface SourceDetails {
  /** Entries a day in the last 30 days, the oldest first. */
  readonly days: readonly number[];
  /** How many of the newest entries have each tag, by slug; and how many entries were looked at. */
  readonly tags: Readonly<Record<string, number>>;
  readonly lookedAt: number;
}

/** What the Archive knows about an address before a source is added. */
export interface SourceLookup {
  /** The source that already has one of the addresses. */
  readonly known?: SourceReport;
  /** The source as it was when it was removed. */
  readonly former?: Source;
  /** The state of that former source: its validators and timers still hold. */
  readonly formerState?: SourceState;
  readonly rules: readonly Rule[];
}

/** Why a source cannot be removed through the API. */
export type Removal = 'removed' | 'unknown' | 'declared-by-seeds';

/** What an import of a subscription list did. */
export interface SourceImport {
  readonly added: readonly SourceId[];
  readonly updated: readonly SourceId[];
  readonly unchanged: readonly SourceId[];
}

/** An archived article, ready to be recorded. */
export interface ArticleRecording extends EntryRecording {
  /** Its archive stamp: an older stamp does not replace the text of a newer one. */
  readonly firstSeen: Instant;
}

/** How far the seeds are loaded: entries. */
export interface SeedProgress {
  readonly loaded: number;
  readonly total: number;
}

/** How many entries still have to follow a change, roughly. */
export interface EntryWork {
  /** Entries of merged sources, which move to the remaining source. */
  readonly merging: number;
  /** Entries of removed sources, which are hidden. */
  readonly removing: number;
  /** Entries of sources whose tags, cap or privacy changed, or that were added again. */
  readonly changing: number;
  /** Entries that changed rules apply to. */
  readonly retagging: number;
}

/** The health of the Archive, counted now. */
export interface ArchiveHealth {
  readonly entries: number;
  /** Failing sources whose last check reached no server at all. */
  readonly unreachable?: number;
  /** Sources whose last check reached a server. */
  readonly reached?: number;
  /** Why the last publish failed; absent once one succeeded. */
  readonly publishFailure?: string;
  readonly sources: {
    readonly total: number;
    readonly ok: number;
    readonly failing: number;
    readonly stopped: number;
  };
  /** Jobs whose time has come and that nobody has taken yet. */
  readonly due: number;
  /** Hosts that asked us to wait (`Retry-After`): their feeds are not due meanwhile. */
  readonly restingHosts: number;
  /** How many seeds of this Worker are loaded. */
  readonly seeds: SeedProgress;
  /** Claimed jobs, and one more each while a change waits to be published, entries follow a change, or seeds are loaded. */
  readonly inFlight: number;
  /** How long the oldest due job has waited. Milliseconds. */
  readonly longestWaitMs: number;
  /** Open alerts. */
  readonly alerts: number;
  /** Sources for which a hub sends pushes. */
  readonly pushed?: number;
  /** Entries that still have to follow a change, step by step. Absent when there are none. */
  readonly work?: EntryWork;
  /** When the oldest unpublished change was made. */
  readonly unpublishedSince?: Instant;
  /** When the window was last published, as KV says. */
  readonly publishedAt?: Instant;
  /** When any source or page was last asked. */
  readonly refreshedAt?: Instant;
}

/** A part of a backup; `next` continues it. */
export interface BackupPage {
  /** Lines of JSON as UTF-8: RPC copies bytes at no cost, objects at a tenth of a millisecond each. */
  readonly lines: Uint8Array;
  /** How many. */
  readonly records: number;
  readonly next?: string;
}

/** The Archive's operations for its owner. Every change is one transaction and is published. */
export interface ArchiveOwner extends NewsletterOwner {
  /** A part of all sources, by title: those after `after`, as many as fit into one answer. */
  readonly sourcePage: (after?: SourcePlace) => Promise<SourcePage>;
  readonly sourceCounts: () => Promise<SourceCounts>;
  /** A part of all sources without their states, by title: those after `after`. */
  readonly subscriptions: (after?: SourcePlace) => Promise<SubscriptionPage>;
  readonly source: (id: SourceId) => Promise<SourceReport | undefined>;
  readonly sourceDetails: (id: SourceId) => Promise<SourceDetails>;
  /** One page of the owner's list. */
  readonly sourceTable: (question: SourceQuestion) => Promise<SourceTable>;
  /** How the checks of all sources ended in the last 24 hours, per hour. */
  readonly checkOutcomes: () => Promise<readonly HourOutcomes[]>;
  /** Looks for a source with any of these addresses. The first address is the one it would be added with. */
  readonly lookUp: (urls: readonly HttpUrl[]) => Promise<SourceLookup>;
  /** Adds a source with the outcome of its first check. If it was removed before, its old entries are shown again. */
  readonly addSource: (source: Source, recording: Recording) => Promise<SourceReport>;
  /** `undefined` when there is no such source. */
  readonly changeSource: (id: SourceId, change: SourceChange) => Promise<SourceReport | undefined>;
  /** Gives a source another address, where it is due at once. A source that already has this address is merged into it. */
  readonly moveSource: (id: SourceId, url: HttpUrl) => Promise<SourceReport | undefined>;
  /** Removes a source. Its entries are kept but not shown; many entries follow in the background. */
  readonly removeSource: (id: SourceId) => Promise<Removal>;
  /** Adds the new sources of a subscription list, and updates titles and tags of the others. */
  readonly importSources: (sources: readonly Source[]) => Promise<SourceImport>;
  /**
   * Claims jobs of these sources (or of all): those that are due, or with `force` all of them. `waiting` counts the jobs that
   * follow by themselves when their host is free.
   */
  readonly claimSources: (
    ids: readonly SourceId[] | undefined,
    force: boolean,
  ) => Promise<{ readonly jobs: readonly HandedOut[]; readonly waiting: number }>;
  /** All saved views, by name. */
  readonly views: () => Promise<readonly SavedView[]>;
  /** All saved views, by name, each with its entries of the last seven days. */
  readonly countedViews: () => Promise<readonly CountedView[]>;
  /** Saves a view under its name; returns whether anything changed. Without `webhook` its webhook stays; `null` removes it. */
  readonly saveView: (view: SavedView, webhook?: Webhook | null) => Promise<boolean>;
  /** The webhooks of all views, without their secrets. */
  readonly webhooks: () => Promise<readonly WebhookReport[]>;
  /** The webhook of a view with its secret, so that a change can keep the members that it does not name. */
  readonly webhook: (view: string) => Promise<Webhook | undefined>;
  /** Makes a test the next delivery of a view's webhook; `false` when it has none. */
  readonly testWebhook: (view: string) => Promise<boolean>;
  /** The subscribers of the hub. */
  readonly hub: () => Promise<HubReport>;
  /** `false` when there is no such view. */
  readonly removeView: (name: string) => Promise<boolean>;
  /** Answers a query and explains the selection. */
  readonly explain: (query: Query) => Promise<Explanation>;
  /** The rules by who made them: seeds/tags.json, or the owner through the API. */
  readonly ruleBook: () => Promise<RuleBook>;
  /** Replaces the owner's rules; entries follow in the background. */
  readonly saveRules: (rules: readonly Rule[]) => Promise<void>;
  /** The changes that saving these rules would make. */
  readonly previewRules: (rules: readonly Rule[]) => Promise<RulesPreview>;
  /** The newest entries that the query selects and rules hide. */
  readonly hiddenEntries: (query: Query) => Promise<HiddenEntries>;
  /** Records archived articles of these sites; returns the ids of those that changed anything. */
  readonly recordArticles: (
    sites: readonly Source[],
    articles: readonly ArticleRecording[],
  ) => Promise<readonly EntryId[]>;
  /** One part of a backup, starting where `from` left off. */
  readonly backUp: (from: string | undefined, withSecrets: boolean) => Promise<BackupPage>;
  /** Restores records; returns for each whether it changed anything. */
  readonly restore: (records: readonly BackupRecord[]) => Promise<readonly boolean[]>;
  readonly health: () => Promise<ArchiveHealth>;
  /** Marks a one-time login link as used; `false` when it was used before. `expiresAt`: how long to remember that. */
  readonly useLoginLink: (nonce: string, expiresAt: Instant) => Promise<boolean>;
  /** Logs an action of the owner. `action` is the name of the call, `subject` its object. */
  readonly noteAction: (action: string, subject: string) => Promise<void>;
  /** The numbers of the page "System". */
  readonly system: () => Promise<SystemReport>;
  /** The newest alerts, the newest first. */
  readonly alerts: (limit: number) => Promise<readonly RecordedAlert[]>;
}

/**
 * The admin app over faked ports: an archive in memory, a world of given answers, a queue that is a list.
 */

import { createAdminApp } from '../../src/admin/admin-app.ts';
import type { AdminPorts } from '../../src/admin/admin-ports.ts';
import { digest } from '../../src/domain/digest.ts';
import { type HttpUrl, hostOf } from '../../src/domain/http-url.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { fail, ok } from '../../src/domain/result.ts';
import type { Source } from '../../src/domain/source.ts';
import { toInitialState } from '../../src/domain/source-state.ts';
import type {
  ArchiveHealth,
  ArchiveOwner,
  ArticleRecording,
  SourceReport,
  SourceTable,
} from '../../src/pipeline/archive-owner.ts';
import type { BackupRecord } from '../../src/pipeline/backup-format.ts';
import { parseConfig } from '../../src/pipeline/config.ts';
import type { RefreshJob } from '../../src/pipeline/recording.ts';
import type { Retrieve } from '../../src/pipeline/retrieval.ts';
import type { SourceCounts } from '../../src/pipeline/source-list.ts';
import { countOutcomes, type SourceQuestion, selectSources } from '../../src/pipeline/source-table.ts';
import { expectOk, givenInstant } from './given.ts';

/** No source at all, counted. */
export const givenCounts: SourceCounts = {
  total: 0,
  ok: 0,
  failing: 0,
  stopped: 0,
  unreachable: 0,
  reached: 0,
  defects: 0,
  failures: {},
};

/** A healthy, empty archive. */
export const givenHealth: ArchiveHealth = {
  entries: 0,
  sources: { total: 0, ok: 0, failing: 0, stopped: 0 },
  due: 0,
  inFlight: 0,
  restingHosts: 0,
  seeds: { loaded: 28, total: 28 },
  longestWaitMs: 0,
  alerts: 0,
  publishedAt: givenInstant('2026-11-22T10:00:00Z'),
};

/** What a URL answers; a missing one is a 404. */
export interface GivenPage {
  readonly body: string;
  readonly type?: string;
}

/** The app, and what it did to the world. */
export interface GivenAdmin {
  readonly ask: (method: string, path: string, init?: RequestInit) => Promise<Response>;
  /** Without the token: as whoever the headers say. */
  readonly askAs: (method: string, path: string, init?: RequestInit) => Promise<Response>;
  readonly sources: Map<string, SourceReport>;
  readonly requests: string[];
  readonly pauses: number[];
  readonly jobs: RefreshJob[];
  readonly articles: ArticleRecording[];
  readonly restored: BackupRecord[];
  /** The owner's log. */
  readonly actions: string[];
}

/** What a test can set. */
export interface GivenAdminOptions {
  readonly pages?: Readonly<Record<string, GivenPage>>;
  /** `null`: the installation has none. */
  readonly adminToken?: string | null;
  readonly archive?: Partial<ArchiveOwner>;
  readonly siteTitle?: string;
}

const now = givenInstant('2026-11-22T10:30:00Z');

/** Creates it. */
export function givenAdmin(options: GivenAdminOptions = {}): GivenAdmin {
  const world: Omit<GivenAdmin, 'ask' | 'askAs'> = {
    sources: new Map(),
    requests: [],
    pauses: [],
    jobs: [],
    articles: [],
    restored: [],
    actions: [],
  };
  const archive = { ...fakeArchive(world), ...options.archive };
  const ports: AdminPorts = {
    archive: {
      sourceTable: async (question) => givenTable((await archive.sourcePage()).reports, question),
      checkOutcomes: async () => countOutcomes((await archive.sourcePage()).reports, now),
      countedViews: async () =>
        (await archive.views()).map((view) => ({ view, week: { amount: 3, more: false }, readers: 2 })),
      ...archive,
    },
    enqueue: async (messages) => void world.jobs.push(...messages.flatMap(({ jobs }) => jobs)),
    refreshPorts: () => ({
      archive: {
        loadSeeds: async () => 0,
        retireExpired: async () => 0,
        claimDue: async () => [],
        openJobs: async () => ({ opened: [], next: [] }),
        unknownEntries: async (_, candidates) => candidates.map(({ id }) => ({ id })),
        enterHost: async () => 0,
        leaveHost: async () => undefined,
        record: async (recordings) => recordings.map(() => ok({ added: 0, revised: 0 })),
      },
      retrieve: fakeRetrieve(options.pages ?? {}, world.requests),
      config: expectOk(parseConfig({})),
      now: () => now,
      jitter: () => 0,
      pause: async (ms) => void world.pauses.push(ms),
      log: () => undefined,
    }),
    now: () => now,
    pause: async (ms) => void world.pauses.push(ms),
    adminToken: options.adminToken === null ? undefined : (options.adminToken ?? 'secret'),
    siteTitle: options.siteTitle ?? 'Test',
    version: '1.2.3',
    settings: () => [{ setting: 'ADMIN_TOKEN', value: 'set', isDefault: false }],
    mailDomain: undefined,
    randomName: (length) => 'x7k2'.repeat(length).slice(0, length),
    kvWritesPerDay: 1000,
  };
  const app = createAdminApp(ports);
  return {
    ...world,
    askAs: async (method, path, init = {}) => app.request(`https://feeds.test${path}`, { ...init, method }),
    ask: async (method, path, init = {}) => {
      const headers = new Headers(init.headers);
      if (!headers.has('Authorization')) headers.set('Authorization', 'Bearer secret');
      return app.request(`https://feeds.test${path}`, { ...init, method, headers });
    },
  };
}

function fakeRetrieve(pages: Readonly<Record<string, GivenPage>>, requests: string[]): Retrieve {
  return async ({ url, accept }) => {
    requests.push(`${accept} ${url}`);
    const page = pages[url];
    if (page === undefined) return fail({ kind: 'http-status', status: 404, host: hostOf(url) });
    const bytes = new TextEncoder().encode(page.body);
    return ok({
      kind: 'document',
      document: { bytes, url, contentType: page.type ?? 'application/xml' },
      bytesDigest: digest(bytes),
      url,
      validators: {},
      freshness: {},
      redirects: {},
      pauses: [],
      conditional: false,
    });
  };
}

function fakeArchive(
  world: Omit<GivenAdmin, 'ask' | 'askAs'>,
): Omit<ArchiveOwner, 'sourceTable' | 'checkOutcomes' | 'countedViews'> {
  const { sources } = world;
  const usedLinks = new Set<string>();
  const find = (urls: readonly HttpUrl[]): SourceReport | undefined =>
    [...sources.values()].find(({ source }) => urls.includes(source.url));
  const put = (source: Source, entries: number): SourceReport => {
    const report = { source, state: toInitialState(now), entries };
    sources.set(source.id, report);
    return report;
  };
  return {
    sourcePage: async () => ({ reports: [...sources.values()] }),
    sourceCounts: async () => givenCounts,
    subscriptions: async () => ({ sources: [...sources.values()].map(({ source }) => source) }),
    source: async (id) => sources.get(id),
    sourceDetails: async () => ({ days: [0, 3, 1], tags: { water: 2 }, lookedAt: 4 }),
    lookUp: async (urls) => {
      const known = find(urls);
      return { ...(known === undefined ? {} : { known }), rules: [] };
    },
    addSource: async (source, recording) => put(source, recording.kind === 'source' ? recording.entries.length : 0),
    changeSource: async (id, { isSecret, isPrivate, keepsDuplicates, request, page, ...change }) => {
      const held = sources.get(id);
      if (held === undefined) return undefined;
      const {
        isSecret: wasSecret,
        isPrivate: wasPrivate,
        keepsDuplicates: kept,
        request: hadRequest,
        page: hadPage,
        ...rest
      } = held.source;
      const said = request === undefined ? hadRequest : request;
      const selectors = page === undefined ? hadPage : page;
      const flags = {
        ...((isSecret ?? wasSecret) === true && { isSecret: true as const }),
        ...((isPrivate ?? wasPrivate) === true && { isPrivate: true as const }),
        ...((keepsDuplicates ?? kept) === true && { keepsDuplicates: true as const }),
        ...(said ? { request: said } : {}),
        ...(selectors ? { page: selectors } : {}),
      };
      return put({ ...rest, ...change, ...flags, declaredBy: 'api' }, held.entries);
    },
    moveSource: async (id, url) => {
      const held = sources.get(id);
      return held === undefined ? undefined : put({ ...held.source, url, declaredBy: 'api' }, held.entries);
    },
    removeSource: async (id) => (sources.delete(id) ? 'removed' : 'unknown'),
    acceptSender: async () => false,
    dropMail: async () => false,
    importSources: async (given) => {
      for (const source of given) put(source, 0);
      return { added: given.map((source) => source.id), updated: [], unchanged: [] };
    },
    claimSources: async (ids) => ({
      jobs: (ids ?? []).map((sourceId) => ({ job: { kind: 'source', sourceId }, host: sourceId })),
      waiting: 0,
    }),
    views: async () => [],
    saveView: async () => true,
    removeView: async () => false,
    webhooks: async () => [],
    webhook: async () => undefined,
    testWebhook: async () => false,
    hub: async () => ({ subscribers: 0, asked: 0, hosts: 0, topics: [] }),
    explain: async () => {
      throw new Error('not asked in this test');
    },
    previewRules: async () => ({
      shown: [],
      hidden: [],
      tagged: [],
      counts: { shown: 0, hidden: 0, tagged: 0 },
      lookedAt: 0,
    }),
    hiddenEntries: async () => ({ entries: [], total: 0 }),
    ruleBook: async () => ({ declared: [], rules: [], isRetagging: false }),
    saveRules: async () => undefined,
    recordArticles: async (_, articles) => {
      world.articles.push(...articles);
      return articles.map(({ entry }) => entry.id);
    },
    backUp: async () => ({ lines: new Uint8Array(), records: 0 }),
    restore: async (records) => {
      world.restored.push(...records);
      return records.map(() => true);
    },
    health: async () => givenHealth,
    noteAction: async (action, subject) => void world.actions.push(`${action} ${subject}`.trim()),
    system: async () => ({ use: [], alerts: [], actions: [], slow: [] }),
    alerts: async () => [],
    useLoginLink: async (nonce) => {
      const isNew = !usedLinks.has(nonce);
      usedLinks.add(nonce);
      return isNew;
    },
  };
}

/** One page of these sources, as the Archive answers it. */
export function givenTable(reports: readonly SourceReport[], question: SourceQuestion): SourceTable {
  const { ids, troubled, ...counts } = selectSources(reports, question);
  const find = (id: string): readonly SourceReport[] => reports.filter(({ source }) => source.id === id);
  return { ...counts, reports: ids.flatMap(find), troubled: troubled.flatMap(find) };
}

/** The moment at which everything in these tests happens. */
export const givenNow: Instant = now;

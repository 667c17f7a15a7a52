/**
 * Opens the Archive's door for the owner. The files in `owner/` implement the calls.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { ArchiveOwner, SeedProgress } from '../../../pipeline/archive-owner.ts';
import { countOutcomes } from '../../../pipeline/source-table.ts';
import { explainQuery } from '../answers/explain-entry.ts';
import { findHiddenEntries, previewRules } from '../answers/judge-entries.ts';
import { settleWhole } from '../follow/settle-source.ts';
import { countSources } from '../ground/source-tally.ts';
import type { ArchiveState } from '../ground/state.ts';
import type { Jobs } from '../jobs/claim-jobs.ts';
import { countHealth, reportSystem } from '../owner/archive-health.ts';
import { backUp } from '../owner/backup-rows.ts';
import { importSources, recordArticles } from '../owner/bulk-changes.ts';
import { addSource, changeSource, lookUpSource, moveSource, removeSource } from '../owner/change-source.ts';
import { countViews } from '../owner/count-views.ts';
import { useLoginLink } from '../owner/login-links.ts';
import { acceptSender, dropMail } from '../owner/newsletters.ts';
import { noteAction, noteUse } from '../owner/owner-log.ts';
import {
  readSourceDetails,
  reportEach,
  reportPage,
  reportSource,
  subscriptionPage,
  tabulateSources,
} from '../owner/report-sources.ts';
import { restoreRecords } from '../owner/restore-rows.ts';
import { findWebhook, reportHub, reportWebhooks, saveWebhook, wishTest } from '../push/webhooks.ts';
import { listAlerts } from '../rows/alert-rows.ts';
import { isApplyingRules, readDeclaredRules, readOwnRules, writeRules } from '../rows/rule-rows.ts';
import { neverDue } from '../rows/source-rows.ts';
import { listViews, removeView, saveView } from '../rows/view-rows.ts';

/** The "due until" that the owner's own requests use: everything counts as due, except stopped jobs. */
const whenever = (neverDue - 1) as Instant;

/** Creates the calls over an awake Archive. */
export function createOwnerDoor(
  archive: ArchiveState,
  jobs: Jobs,
  seedProgress: () => Promise<SeedProgress>,
  now: () => Instant,
): ArchiveOwner {
  return {
    sourcePage: async (after) => reportPage(archive, after, now()),
    sourceCounts: async () => countSources(archive.sql),
    subscriptions: async (after) => subscriptionPage(archive, after),
    source: async (id) => reportSource(archive, id, now()),
    sourceDetails: async (id) => readSourceDetails(archive.sql, id, now()),
    sourceTable: async (question) => tabulateSources(archive, question, now()),
    checkOutcomes: async () => countOutcomes(reportEach(archive, now()), now()),
    lookUp: async (urls) => lookUpSource(archive, urls, now()),
    addSource: async (source, recording) => addSource(archive, source, recording, now()),
    changeSource: async (id, change) => {
      const report = changeSource(archive, id, change, now());
      if (change.isPrivate === true || change.isSecret === true) await settleWhole(archive, id, now);
      return report;
    },
    moveSource: async (id, url) => moveSource(archive, id, url, now()),
    removeSource: async (id) => removeSource(archive, id, now()),
    acceptSender: async (id, mail) => acceptSender(archive, id, mail, now()),
    dropMail: async (id, mail) => dropMail(archive, id, mail),
    importSources: async (sources) => importSources(archive, sources, now()),
    claimSources: async (ids, force) => {
      const wanted = ids === undefined ? undefined : new Set(ids);
      const claimed = jobs.demand(force ? whenever : now(), now(), ({ job, sourceId }) =>
        // "Everything at once" means feeds: pages of archived articles are asked one site at a time.
        wanted === undefined ? !force || job.kind === 'source' : sourceId !== undefined && wanted.has(sourceId),
      );
      if (claimed.jobs.length > 0) noteUse(archive.sql, { jobs: claimed.jobs.length }, now());
      return claimed;
    },
    views: async () => listViews(archive.sql),
    countedViews: async () => countViews(archive, now()),
    saveView: async (view, webhook) =>
      archive.storage.transactionSync(() => {
        const isViewNew = saveView(archive, view);
        return (webhook !== undefined && saveWebhook(archive, view.name, webhook, now())) || isViewNew;
      }),
    removeView: async (name) =>
      archive.storage.transactionSync(() => {
        saveWebhook(archive, name, null, now());
        return removeView(archive, name);
      }),
    webhooks: async () => reportWebhooks(archive.sql),
    webhook: async (view) => findWebhook(archive.sql, view)?.webhook,
    testWebhook: async (view) => wishTest(archive.sql, view, now()),
    hub: async () => reportHub(archive.sql, now()),
    explain: async (query) => explainQuery(archive, query, now()),
    ruleBook: async () => ({
      declared: readDeclaredRules(archive.sql),
      rules: readOwnRules(archive.sql),
      isRetagging: isApplyingRules(archive.sql),
    }),
    saveRules: async (rules) => {
      archive.storage.transactionSync(() => writeRules(archive.sql, 'own_rules', rules));
    },
    previewRules: async (rules) => previewRules(archive, rules),
    hiddenEntries: async (query) => findHiddenEntries(archive, query, now()),
    recordArticles: async (sites, articles) => recordArticles(archive, sites, articles, now()),
    backUp: async (from, withSecrets) => backUp(archive, from, withSecrets),
    restore: async (records) => restoreRecords(archive, records, now()),
    health: async () => {
      return countHealth(archive, jobs, await seedProgress(), now());
    },
    noteAction: async (action, subject) => noteAction(archive.sql, action, subject, now()),
    system: async () => reportSystem(archive, now()),
    alerts: async (limit) => listAlerts(archive.sql, limit),
    useLoginLink: async (nonce, expiresAt) => useLoginLink(archive.sql, nonce, expiresAt, now()),
  };
}

/**
 * The Archive as its owner's side reaches it: RPC to the one Durable Object, through its one door `administer`.
 */
import type { ArchiveAdmin } from '../pipeline/archive-owner.ts';
import { archiveStub } from './archive-reader.ts';
import type { Bindings } from './bindings.ts';

interface Administered {
  readonly administer: (name: keyof ArchiveAdmin, given: readonly unknown[]) => Promise<unknown>;
}

/** Adapts the stub; each call is one request to the Durable Object. */
export function createArchiveAdminClient(env: Bindings): ArchiveAdmin {
  // Both ends are typed by the port; RPC between them carries plain data whose type the stub cannot tell.
  const archive = (): Administered => archiveStub(env);
  const call =
    <Name extends keyof ArchiveAdmin>(name: Name) =>
    async (...given: Parameters<ArchiveAdmin[Name]>): Promise<Awaited<ReturnType<ArchiveAdmin[Name]>>> =>
      (await archive().administer(name, given)) as Awaited<ReturnType<ArchiveAdmin[Name]>>;
  return {
    sources: call('sources'),
    subscriptions: call('subscriptions'),
    source: call('source'),
    sourceDetails: call('sourceDetails'),
    sourceTable: call('sourceTable'),
    checkOutcomes: call('checkOutcomes'),
    lookUp: call('lookUp'),
    addSource: call('addSource'),
    changeSource: call('changeSource'),
    removeSource: call('removeSource'),
    importSources: call('importSources'),
    claimSources: call('claimSources'),
    views: call('views'),
    countedViews: call('countedViews'),
    saveView: call('saveView'),
    removeView: call('removeView'),
    explain: call('explain'),
    rules: call('rules'),
    ruleBook: call('ruleBook'),
    saveRules: call('saveRules'),
    recordArticles: call('recordArticles'),
    backUp: call('backUp'),
    restore: call('restore'),
    health: call('health'),
    useLoginLink: call('useLoginLink'),
    noteAction: call('noteAction'),
    system: call('system'),
    alerts: call('alerts'),
    undeliveredAlerts: call('undeliveredAlerts'),
    noteDelivered: call('noteDelivered'),
  };
}

/**
 * Opens the Archive's door for WebSub: which hubs are asked, what they confirm, what they push.
 */
import { dayMs } from '../../../domain/duration.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Source, SourceId } from '../../../domain/source.ts';
import type { SourceState } from '../../../domain/source-state.ts';
import type { HandedOut } from '../../../pipeline/job-message.ts';
import { isConditional } from '../../../pipeline/polling/request.ts';
import type { EntryRecording } from '../../../pipeline/recording.ts';
import { afterPush, pingTime } from '../../../pipeline/websub/push-rhythm.ts';
import {
  afterAnswer,
  afterAsking,
  afterDenial,
  afterVerification,
  type HubAnswer,
  isLeased,
  type Subscription,
  type Verification,
} from '../../../pipeline/websub/subscription.ts';
import { type ArchiveState, changeEntries } from '../ground/state.ts';
import type { Jobs } from '../jobs/claim-jobs.ts';
import { recordSource } from '../jobs/record-jobs.ts';
import { findSource, findState, writeState } from '../rows/source-rows.ts';
import {
  findSubscription,
  followSources,
  isWanted,
  listDueSubscriptions,
  writeSubscription,
} from '../rows/subscription-rows.ts';
import { now } from './clock.ts';

/** What reading a push needs. */
export interface OpenedPush {
  readonly subscription: Subscription;
  readonly source: Source;
}

/** The calls. `token` is the random part of a callback, `id` the source in its address. */
export interface WebsubDoor {
  /** Whether a hub should be asked now. */
  readonly isHubDue: () => Promise<boolean>;
  /** Claims subscriptions whose hub is asked now; each is stored as asked before its request is sent. */
  readonly claimHubs: (limit: number) => Promise<readonly Subscription[]>;
  readonly noteAnswer: (token: string, answer: HubAnswer) => Promise<void>;
  /** Whether we want what the hub asks us to verify. */
  readonly verify: (id: string, token: string, verification: Verification) => Promise<boolean>;
  /** The hub refuses to push; `false` when that is about something else. */
  readonly deny: (id: string, token: string, topic: string, reason: string) => Promise<boolean>;
  /** `undefined` when this callback expects no push. */
  readonly openPush: (id: string, token: string) => Promise<OpenedPush | undefined>;
  /** Records the entries of a push; nothing else changes. */
  readonly recordPush: (token: string, entries: readonly EntryRecording[]) => Promise<void>;
  /** Handles a push without entries: returns the job for the source, if it may run now. */
  readonly ping: (token: string) => Promise<readonly HandedOut[]>;
}

/** A hub may push for this long after its lease ended: its renewal may be on the way. Milliseconds. */
const graceMs = 60 * 60_000;

/** The arrival of pushes is stored at most this often: a flood of them costs few rows. Milliseconds. */
const notedEveryMs = 60_000;

/** Opens the door of an awake Archive. */
export function createWebsubDoor(archive: ArchiveState, jobs: Jobs): WebsubDoor {
  const { sql, storage } = archive;
  const find = (id: string, token: string): Subscription | undefined => {
    const held = findSubscription(sql, token);
    return held?.sourceId === id ? held : undefined;
  };
  const change = (held: Subscription, next: Subscription | undefined): void => {
    // The source is asked for the pushed entries once more.
    if (held.pushedAt !== undefined && next?.status === 'denied')
      askSoon(sql, held.sourceId, now(), 'its hub pushes no more');
    writeSubscription(sql, held.token, next);
  };
  return {
    isHubDue: async () => {
      storage.transactionSync(() => followSources(sql, now()));
      return listDueSubscriptions(sql, now(), 1).length > 0;
    },
    claimHubs: async (limit) =>
      storage.transactionSync(() => {
        followSources(sql, now());
        return listDueSubscriptions(sql, now(), limit).flatMap((held) => {
          const asked = afterAsking(held, now());
          writeSubscription(sql, held.token, asked);
          return asked ?? [];
        });
      }),
    noteAnswer: async (token, answer) =>
      storage.transactionSync(() => {
        const held = findSubscription(sql, token);
        // A hub may verify during the request: then nothing is pending any more, and a late refusal changes nothing.
        if (held?.pending !== undefined) change(held, afterAnswer(held, answer, now()));
      }),
    verify: async (id, token, verification) =>
      storage.transactionSync(() => {
        const held = find(id, token);
        const isStillWanted = held !== undefined && (held.status === 'ending' || isWanted(sql, held));
        const verified = isStillWanted ? afterVerification(held, verification, now()) : undefined;
        if (held === undefined || verified === undefined) return false;
        if (verified.next !== held) change(held, verified.next);
        return true;
      }),
    deny: async (id, token, topic, reason) =>
      storage.transactionSync(() => {
        const held = find(id, token);
        if (held === undefined || held.topic !== topic) return false;
        change(held, afterDenial(held, reason, now()));
        return true;
      }),
    openPush: async (id, token) => {
      const subscription = find(id, token);
      if (subscription?.leaseUntil === undefined || subscription.status !== 'active') return undefined;
      const source = findSource(sql, subscription.sourceId);
      const isOver = subscription.leaseUntil + graceMs < now();
      if (source === undefined || isOver || !isWanted(sql, subscription)) return undefined;
      return { subscription, source };
    },
    recordPush: async (token, entries) => {
      const held = findSubscription(sql, token);
      const state = held && findState(sql, held.sourceId);
      if (held?.status !== 'active' || state === undefined) return;
      const next = afterPush(state, held.leaseUntil ?? now(), now());
      if (entries.length > 0) {
        changeEntries(archive, (log) => {
          recordSource(sql, { kind: 'source', sourceId: held.sourceId, state: next, entries }, log, now());
          notePush(sql, held, now());
        });
      } else if (now() - (held.pushedAt ?? 0) > notedEveryMs) {
        storage.transactionSync(() => {
          if (next !== state) writeState(sql, held.sourceId, next);
          notePush(sql, held, now());
        });
      }
    },
    ping: async (token) => {
      const held = findSubscription(sql, token);
      const at = held === undefined ? undefined : pingTime(held, now());
      if (held === undefined || at === undefined) return [];
      storage.transactionSync(() => {
        notePush(sql, { ...held, pingedAt: at }, now());
        askSoon(sql, held.sourceId, at, 'its hub says that there is news');
      });
      return jobs.demand(now(), now(), ({ job }) => job.kind === 'source' && job.sourceId === held.sourceId).jobs;
    },
  };
}

function notePush(sql: SqlStorage, held: Subscription, at: Instant): void {
  writeSubscription(sql, held.token, isLeased(held, at) ? { ...held, pushedAt: at } : held);
}

/** Makes a source due earlier, unless it is stopped, or a full copy of it must wait. */
function askSoon(sql: SqlStorage, id: SourceId, at: Instant, why: string): void {
  const state = findState(sql, id);
  if (state === undefined || state.stopped || state.nextCheckAt <= at || mustWait(state)) return;
  writeState(sql, id, { ...state, nextCheckAt: at, nextCheckWhy: why });
}

/** Whether a full copy must wait: a source that lost its validators is not asked without them twice in a day. */
function mustWait({ validators, validatorsUntil }: SourceState): boolean {
  return !isConditional(validators) && validatorsUntil !== undefined && now() - validatorsUntil < dayMs;
}

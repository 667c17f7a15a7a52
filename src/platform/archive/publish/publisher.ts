/**
 * Publishes when the Archive's alarm fires: within the day's KV writes, smaller after a failure, and again when KV lost a
 * value.
 */
import type { Instant } from '../../../domain/instant.ts';
import type { PlacedSite } from '../../../domain/site.ts';
import { loadDeflate } from '../../../window/compress.ts';
import { logEvent } from '../../log.ts';
import { currentKey, isValueWhole, readCurrent } from '../../published-window.ts';
import { isPublishUrgent, noteUnpublished, readMeta, readSequence, writeMeta } from '../ground/meta.ts';
import { type ArchiveState, countPublish, publishableAt, readEpoch } from '../ground/state.ts';
import { noteUse } from '../owner/owner-log.ts';
import { notePublishing } from '../rows/alert-rows.ts';
import { type BaseMemory, openBase, planPublish } from './publish.ts';
import { listWritten, noteAbsent, noteAllAbsent } from './published-keys.ts';
import { openRenderedEntries, type RenderedEntries } from './rendered-entries.ts';

/** Whether a recorded change is not published. */
export function isUnpublished({ sql }: ArchiveState): boolean {
  return readMeta(sql, 'published_sequence') !== String(readSequence(sql));
}

/** Publishes the window. */
export interface Publisher {
  /** Publishes waiting changes; returns when to come again, if this was too early or failed. */
  readonly publish: (now: Instant) => Promise<Instant | undefined>;
  /**
   * Checks whether KV still has the published values; missing ones are noted as unpublished. Returns whether all are
   * there.
   */
  readonly verify: () => Promise<boolean>;
  /** The same for values that a reader did not find. */
  readonly verifyKeys: (keys: readonly string[]) => Promise<void>;
}

/** Why the last publish failed, in meta key `publish_failure`. A successful publish clears it, except for the scale. */
export interface PublishFailure {
  /** Absent when a publish has succeeded since. */
  readonly reason?: string;
  readonly at: Instant;
  readonly failures: number;
  /** The share of the usual window that is published. */
  readonly scale: number;
}

/** The last failed publish that still has an effect. */
export function readFailure(sql: SqlStorage): PublishFailure | undefined {
  const text = readMeta(sql, 'publish_failure');
  return text === undefined || text === '' ? undefined : JSON.parse(text);
}

/** Waits after a failure double from the first to the last. Milliseconds. */
const firstRetryMs = 2000;
const lastRetryMs = 5 * 60_000;

/** A window that failed is published at half its size, down to this share of the usual one. */
const leastScale = 1 / 64;

/** After this without a failure the next publish is twice as large again. Milliseconds. */
const growAfterMs = 60 * 60_000;

/** A reader's report names few keys; further reports name the others. */
const verifiedKeys = 8;

/** Creates the publisher of an awake Archive. */
export function createPublisher(archive: ArchiveState, kv: KVNamespace, site: PlacedSite | undefined): Publisher {
  const { sql, publishing } = archive;
  let opened: { readonly epoch: string; readonly rendered: RenderedEntries; readonly base: BaseMemory } | undefined;
  const open = async () => {
    const deflate = await loadDeflate();
    const epoch = readEpoch(archive);
    if (opened?.epoch !== epoch) {
      opened = { epoch, rendered: openRenderedEntries(sql, epoch, deflate), base: openBase(sql) };
    }
    return opened;
  };
  const scaleAt = (now: Instant): number => {
    const failure = readFailure(sql);
    if (failure === undefined) return 1;
    const isOver = failure.reason === undefined && now - failure.at > growAfterMs;
    return isOver ? Math.min(1, failure.scale * 2) : failure.scale;
  };
  const noteFailure = (error: unknown, scale: number, now: Instant): Instant => {
    const failures = (readFailure(sql)?.failures ?? 0) + 1;
    const failure: PublishFailure = {
      reason: String(error),
      at: now,
      failures,
      scale: Math.max(leastScale, scale / 2),
    };
    writeMeta(sql, 'publish_failure', JSON.stringify(failure));
    logEvent({ event: 'publish-failed', error: failure.reason, failures });
    // A single failure may pass by itself; the owner is alerted at the second.
    if (failures > 1) notePublishing(sql, `What is published is not up to date: ${failure.reason}`, now);
    // Cached state may be the cause of the failure.
    opened = undefined;
    return (now + Math.min(lastRetryMs, firstRetryMs * 2 ** Math.min(failures - 1, 12))) as Instant;
  };
  const noteSuccess = (scale: number, now: Instant): void => {
    notePublishing(sql, undefined, now);
    const failure = readFailure(sql);
    if (failure === undefined) return;
    const rest: PublishFailure = {
      at: failure.reason === undefined && scale === failure.scale ? failure.at : now,
      failures: 0,
      scale,
    };
    writeMeta(sql, 'publish_failure', scale === 1 ? '' : JSON.stringify(rest));
  };
  const publishNow: Publisher['publish'] = async (now) => {
    const scale = scaleAt(now);
    const mark = readMeta(sql, 'published_sequence');
    const sequence = readSequence(sql);
    try {
      const held = await open();
      const isUrgent = isPublishUrgent(sql);
      const planned = planPublish(archive, held, site, scale);
      if (planned.writes > 0) {
        const allowedAt = publishableAt(archive, now, planned.writes);
        if (allowedAt > now && !isUrgent) {
          publishing.wanted = planned.writes;
          return allowedAt;
        }
        countPublish(archive, now, planned.writes);
        await planned.write(kv, now);
        noteUse(sql, { publishes: 1, kvWrites: planned.writes }, now);
      }
      // A mark that was set while KV was written belongs to a change that is not in it.
      if (readMeta(sql, 'published_sequence') === mark) writeMeta(sql, 'published_sequence', String(sequence));
      publishing.pendingSince = undefined;
      publishing.wanted = undefined;
      // Entries that were hidden while KV was written are still in it.
      if (isUrgent) writeMeta(sql, 'publish_at_once', '');
      noteSuccess(scale, now);
      return undefined;
    } catch (error) {
      return noteFailure(error, scale, now);
    }
  };
  // One at a time: of two parallel publishes, the one planned first could write last, and bring back what the other
  // removed.
  let last: Promise<unknown> = Promise.resolve();
  const publish: Publisher['publish'] = async (now) => {
    const next = last.then(async () => await publishNow(now));
    last = next;
    return await next;
  };
  const verifyKeys: Publisher['verifyKeys'] = async (keys) => {
    const written = listWritten(sql);
    for (const key of keys.filter((known) => written.has(known)).slice(0, verifiedKeys)) {
      if (await isValueWhole(kv, key)) continue;
      noteAbsent(sql, key);
      noteUnpublished(sql);
      logEvent({ event: 'value-lost', key });
    }
  };
  return {
    publish,
    verifyKeys,
    verify: async () => {
      const current = await readCurrent(kv);
      const [version, feeds] = readMeta(sql, 'published_version')?.split(' ') ?? [];
      if (version === undefined) return true;
      if (current === undefined) {
        // The small key goes last when KV is emptied, because it names the others.
        noteAllAbsent(sql);
        noteUnpublished(sql);
        logEvent({ event: 'value-lost', key: currentKey });
        return false;
      }
      if (current.version === version && (current.feeds ?? '') === feeds) return true;
      // A stale small key, or one of another archive: writing the right one again is one write.
      noteAbsent(sql, currentKey);
      noteUnpublished(sql);
      return false;
    },
  };
}

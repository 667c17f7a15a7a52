/**
 * The Archive and its refreshes in a world whose calls fail, are doubled or come late at the n-th call of one kind.
 *
 * Storage is that of a real Durable Object; KV, the Queue and the site are kept in memory, so that one call can be chosen.
 */
import type { Instant } from '../../src/domain/instant.ts';
import { parseConfig } from '../../src/pipeline/config.ts';
import type { JobMessage } from '../../src/pipeline/job-message.ts';
import type { ArchiveWriter } from '../../src/pipeline/ports.ts';
import { refreshBatch } from '../../src/pipeline/refresh-batch.ts';
import { schedule } from '../../src/pipeline/schedule.ts';
import { type ArchiveCore, createArchiveCore } from '../../src/platform/archive/core.ts';
import { createRetriever } from '../../src/platform/retrieve/retrieve-upstream.ts';
import { createWindowReader } from '../../src/platform/window-reader.ts';
import { expectOk } from './given.ts';
import { bindings } from './given-owner.ts';

/** What calls go wrong, and how. `after`: the call is done, and its answer lost. `late`: it is done after the next one. */
export type Layer = 'fetch' | 'kv' | 'queue' | 'sql' | 'rpc' | 'clock';
export type Fault = 'fail' | 'after' | 'double' | 'stall' | 'late' | 'ahead' | 'behind';

/** One fault: the n-th call of a layer, from 1. */
export interface PlannedFault {
  readonly layer: Layer;
  readonly fault: Fault;
  readonly at: number;
}

const siteUrl = 'https://sweep.example.org';
const clockJumpMs = 3 * 86_400_000;

/** A document of the site: its bytes and entity tag. */
export interface SiteDocument {
  readonly body: string;
  readonly etag: string;
}

/** Creates the world on the storage of a Durable Object. */
export function createFaultyWorld(state: DurableObjectState, site: () => SiteDocument) {
  const values = new Map<string, ArrayBuffer>();
  const counts: Record<Layer, number> = { fetch: 0, kv: 0, queue: 0, sql: 0, rpc: 0, clock: 0 };
  let planned: PlannedFault | undefined;
  let alarmAt: number | null = null;
  let clockMs = Date.UTC(2026, 10, 1);
  let held: (() => unknown) | undefined;
  const messages: JobMessage[] = [];

  const faultOf = (layer: Layer): Fault | undefined => {
    counts[layer] += 1;
    return planned?.layer === layer && planned.at === counts[layer] ? planned.fault : undefined;
  };
  const broken = (layer: Layer): Error => new Error(`the ${layer} fails at call ${counts[layer]}`);
  const call = async <T>(layer: Layer, work: () => T | Promise<T>): Promise<T> => {
    const fault = faultOf(layer);
    if (fault === 'fail') throw broken(layer);
    if (fault === 'late' && held === undefined) {
      held = work;
      return undefined as T;
    }
    const answer = await work();
    if (fault === 'double') await work();
    const late = held;
    held = undefined;
    await late?.();
    if (fault === 'after') throw broken(layer);
    return answer;
  };
  const now = (): number => {
    const fault = faultOf('clock');
    return clockMs + (fault === 'ahead' ? clockJumpMs : fault === 'behind' ? -clockJumpMs : 0);
  };

  const kv = {
    get: (key: string | string[], how?: unknown) =>
      call('kv', () => {
        const type = typeof how === 'string' ? how : ((how as { type?: string } | undefined)?.type ?? 'text');
        const read = (name: string) => {
          const value = values.get(name);
          if (value === undefined) return null;
          if (type === 'arrayBuffer') return value.slice(0);
          if (type === 'stream') return new Response(value.slice(0)).body;
          const text = new TextDecoder().decode(value);
          return type === 'json' ? JSON.parse(text) : text;
        };
        return Array.isArray(key) ? new Map(key.map((name) => [name, read(name)])) : read(key);
      }),
    put: (key: string, value: BodyInit) =>
      call('kv', async () => void values.set(key, await new Response(value).arrayBuffer())),
    delete: (key: string) => call('kv', () => void values.delete(key)),
    list: ({ prefix = '' } = {}) =>
      call('kv', () => ({
        keys: [...values.keys()].filter((name) => name.startsWith(prefix)).map((name) => ({ name })),
        list_complete: true,
      })),
  } as unknown as KVNamespace;

  const exec = (...given: Parameters<SqlStorage['exec']>) => {
    if (faultOf('sql') === 'fail') throw broken('sql');
    return state.storage.sql.exec(...given);
  };
  const storage = {
    sql: {
      exec,
      get databaseSize() {
        return state.storage.sql.databaseSize;
      },
    },
    transactionSync: <T>(work: () => T) => state.storage.transactionSync(work),
    getAlarm: async () => alarmAt,
    setAlarm: async (at: number) => void (alarmAt = at),
    deleteAlarm: async () => void (alarmAt = null),
  };
  const env = {
    ...bindings,
    WINDOW: kv,
    SITE_URL: siteUrl,
    KV_WRITES_PER_DAY: '0',
    HOST_PAUSE_MS: '0',
    FETCH_TIMEOUT_MS: '100',
  };
  const wake = (): ArchiveCore => createArchiveCore({ ...state, storage } as unknown as DurableObjectState, env);
  let core = withClock(now, wake);

  const rpc =
    <T>(name: string) =>
    (...given: readonly unknown[]): Promise<T> =>
      call('rpc', async () => structuredClone((await core.ask('writer', name, structuredClone(given))) as T));
  const archive: ArchiveWriter = {
    loadSeeds: rpc('loadSeeds'),
    retireExpired: rpc('retireExpired'),
    claimDue: rpc('claimDue'),
    openJobs: rpc('openJobs'),
    unknownEntries: rpc('unknownEntries'),
    record: rpc('record'),
    enterHost: rpc('enterHost'),
    leaveHost: rpc('leaveHost'),
  };
  const enqueue = (sent: readonly JobMessage[]): Promise<void> =>
    call('queue', () => void messages.push(...structuredClone(sent)));
  const fetchSite = (_: string, { headers }: { readonly headers: Headers }): Promise<Response> => {
    const answer = (): Response => {
      const { body, etag } = site();
      if (headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers: { etag } });
      return new Response(body, { headers: { etag, 'content-type': 'application/rss+xml' } });
    };
    if (planned?.layer !== 'fetch' || planned.fault !== 'stall') return call('fetch', answer);
    return faultOf('fetch') === undefined ? Promise.resolve(answer()) : new Promise(() => undefined);
  };
  const config = expectOk(parseConfig(env));
  const ports = {
    archive,
    config,
    enqueue,
    now: () => now() as Instant,
    jitter: () => 0.5,
    pause: async () => undefined,
    log: () => undefined,
    logThrown: () => undefined,
    later: (ms: number, work: () => void) => {
      const timer = setTimeout(work, Math.min(ms, 5));
      return () => clearTimeout(timer);
    },
    retrieve: createRetriever({
      fetch: fetchSite,
      places: { ...archive, pause: async () => undefined },
      now: () => now() as Instant,
      userAgent: 'sweep',
      timeoutMs: config.fetchTimeoutMs,
      maxBodyBytes: config.maxBodyBytes,
      privateHosts: ['sweep.example.com'],
      ownHosts: [],
    }),
  };
  /** Delivers the messages of the queue until none is left, those that come again at most three times. */
  const drain = async (): Promise<void> => {
    for (let tries = 0; messages.length > 0 && tries < 20; tries += 1) {
      const again: JobMessage[] = [];
      const delivered = messages.splice(0).map((message) => ({
        message,
        isRetry: tries > 0,
        done: () => undefined,
        again: () => void again.push(message),
      }));
      await refreshBatch(ports, delivered);
      if (tries < 3) messages.push(...again);
    }
  };
  const round = async (): Promise<void> => {
    await schedule(archive, enqueue, clockMs as Instant).catch(() => undefined);
    await drain();
    for (let turns = 0; alarmAt !== null && turns < 20; turns += 1) {
      clockMs = Math.max(clockMs + 1000, alarmAt);
      alarmAt = null;
      // The runtime fires an alarm again that threw.
      await core.alarm().catch(() => {
        alarmAt = clockMs + 2000;
      });
    }
  };
  return {
    /** Calls of each layer since the last `plan`. */
    counts,
    plan: (fault: PlannedFault | undefined) => {
      planned = fault;
      for (const layer of Object.keys(counts) as Layer[]) counts[layer] = 0;
    },
    /** The cron, the queue and the alarms, until nothing is left to do. */
    round: () => withClock(now, round),
    later: (ms: number) => {
      clockMs += ms;
    },
    /** The Archive wakes anew, as after a crash. What was held back arrives. */
    restart: async (): Promise<void> => {
      await held?.();
      held = undefined;
      messages.length = 0;
      core = withClock(now, wake);
      await withClock(now, () => core.publishWhatIsUnpublished());
    },
    own: (name: string, given: readonly unknown[]) => withClock(now, () => core.ask('owner', name, given)),
    /** Ids of the entries in the published window. */
    publishedIds: async (): Promise<readonly string[]> => {
      const index = await createWindowReader({ kv, now: () => clockMs, lookEveryMs: 0 }).index();
      return (index?.entries ?? []).map(({ id }) => id).toSorted();
    },
  };
}

/** Runs with another clock; `work` may be asynchronous. */
function withClock<T>(now: () => number, work: () => T): T {
  const real = Date.now;
  Date.now = now;
  const restore = (): void => {
    Date.now = real;
  };
  const result = work();
  if (result instanceof Promise) return result.finally(restore) as T;
  restore();
  return result;
}

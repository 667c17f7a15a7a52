/**
 * The product under load: wrangler dev in a process group of its own, its log lines counted, its runtime measured.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { cpuMs } from '../bench/workerd.ts';

const root = resolve(import.meta.dirname, '../..');

/** What the log lines since the last `reset` add up to. */
export interface LoggedCounts {
  refreshes: number;
  added: number;
  revised: number;
  failed: number;
  publishes: number;
  kvWrites: number;
  threw: number;
}

/** A running product. */
export interface Product {
  readonly origin: string;
  readonly logged: LoggedCounts;
  readonly reset: () => void;
  /** CPU time of the runtime that holds the product. Milliseconds. */
  readonly cpuMs: () => number;
  /** Memory of that runtime: now, and the most since it started. Bytes. */
  readonly memory: () => { readonly now: number; readonly peak: number };
  /** Fires the scheduled handler as if it were `at` (epoch milliseconds). */
  readonly fireCron: (at: number) => Promise<void>;
  readonly health: () => Promise<Health>;
  /** Ends everything at once, without a chance to tidy up. */
  readonly kill: () => Promise<void>;
}

/** What scripts read of /health. */
export interface Health {
  readonly entries: number;
  readonly sources: { readonly total: number; readonly ok: number; readonly failing: number };
  readonly queue: { readonly due: number; readonly inFlight: number };
  readonly publishedAt: string | null;
}

/** Where and with what it runs. */
export interface ProductOptions {
  readonly port: number;
  readonly persistTo: string;
  readonly seedsDir: string;
  readonly vars?: Readonly<Record<string, string>>;
  /** Where the runtime's inspector listens: for what is measured inside the isolate. */
  readonly inspectorPort?: number;
  /** Another Worker than the product: the path of its wrangler.toml. */
  readonly config?: string;
}

const noCounts: LoggedCounts = { refreshes: 0, added: 0, revised: 0, failed: 0, publishes: 0, kvWrites: 0, threw: 0 };

/** The token of the admin API, for this run only. */
export const loadToken = 'token-of-the-load-test';

/** Starts it; resolves when it answers. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const vars = {
    PRIVATE_HOSTS: '127.0.0.1',
    HOST_PAUSE_MS: '0',
    POLL_MINUTES: '60',
    MIN_POLL_MINUTES: '60',
    MAX_POLL_MINUTES: '60',
    KV_WRITES_PER_DAY: '0',
    ADMIN_TOKEN: loadToken,
    ...options.vars,
  };
  const child = spawn(
    process.execPath,
    [
      resolve(root, 'node_modules/wrangler/bin/wrangler.js'),
      'dev',
      ...(options.config === undefined ? [] : ['--config', options.config]),
      '--show-interactive-dev-session=false',
      '--ip',
      '127.0.0.1',
      '--port',
      String(options.port),
      '--inspector-port',
      String(options.inspectorPort ?? 0),
      '--persist-to',
      options.persistTo,
      ...Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}:${value}`]),
    ],
    {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        TRIBUTARY_SEEDS: options.seedsDir,
        WRANGLER_SEND_METRICS: 'false',
        WRANGLER_HIDE_BANNER: 'true',
        CLOUDFLARE_CF_FETCH_ENABLED: 'false',
        // The dev server's own trace collector writes a row for every call and statement: it is not the product.
        X_LOCAL_OBSERVABILITY: 'false',
      },
    },
  );
  const logged = { ...noCounts };
  const lastLines = readLog(child, logged);
  const origin = `http://127.0.0.1:${options.port}`;
  const kill = async (): Promise<void> => {
    const ended =
      child.exitCode !== null || child.signalCode !== null
        ? undefined
        : new Promise((done) => child.once('exit', done));
    killGroup(child);
    await ended;
    process.off('exit', cleanUp);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end);
  };
  // A script that throws must not leave servers behind.
  const cleanUp = (): void => killGroup(child);
  process.once('exit', cleanUp);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  const deadline = Date.now() + 120_000;
  while ((await fetch(`${origin}/health`).catch(() => undefined))?.ok !== true) {
    if (child.exitCode !== null || Date.now() > deadline) {
      throw new Error(`the product did not start:\n${lastLines.join('\n')}`);
    }
    await delay(100);
  }
  const runtimes = processesOf(child.pid ?? 0, 'workerd');
  return {
    origin,
    logged,
    reset: () => Object.assign(logged, noCounts),
    // Two runtimes: the dev server's proxy, and the one that holds the product, which works more by far.
    cpuMs: () => Math.max(...runtimes.map(cpuMs)),
    memory: () => busiest(runtimes.map(memoryOf)),
    fireCron: async (at) => {
      const response = await fetch(`${origin}/cdn-cgi/handler/scheduled?time=${at}`);
      await response.body?.cancel();
      if (!response.ok) throw new Error(`the scheduled handler failed with ${response.status}`);
    },
    health: async () => (await fetch(`${origin}/health`)).json<Health>(),
    kill,
  };
}

/** Counts log lines as they come; returns the last ones that were not ours. */
function readLog(child: ChildProcess, logged: LoggedCounts): string[] {
  const others: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (text) => {
      const line = parseLine(text);
      if (line === undefined) {
        others.push(text);
        if (others.length > 40) others.shift();
        return;
      }
      if (line['event'] === 'refresh') {
        logged.refreshes += 1;
        logged.added += Number(line['added']);
        logged.revised += Number(line['revised']);
        if (line['outcome'] === 'failed') logged.failed += 1;
      } else if (line['event'] === 'publish') {
        logged.publishes += 1;
        logged.kvWrites += Number(line['writes']);
      } else if (line['event'] === 'refresh-threw') {
        logged.threw += 1;
      }
    });
  }
  return others;
}

function parseLine(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{"event":')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function end(): never {
  process.exit(1);
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}

/** Processes of a group with this name. */
function processesOf(group: number, name: string): readonly number[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return stat.includes(`(${name})`) && Number(fields[2]) === group ? [Number(entry)] : [];
    } catch {
      return [];
    }
  });
}

function memoryOf(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytes = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024;
  return { now: bytes('VmRSS'), peak: bytes('VmHWM') };
}

function busiest(memories: readonly { now: number; peak: number }[]): { now: number; peak: number } {
  return memories.reduce((most, one) => (one.peak > most.peak ? one : most), { now: 0, peak: 0 });
}

/**
 * Starts the product as `npm start` does, in a process group of its own; counts its log lines and measures its runtime.
 *
 * It is built into a folder of its own, so that no run meets the files of another one.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { cpuMs, freePort } from '../bench/workerd.ts';
import { buildWorker } from '../build.ts';
import { type LoggedEvent, parseEvent } from '../start/event-lines.ts';

const root = resolve(import.meta.dirname, '../..');

/** The log lines since the last `reset`, added up. */
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
  /** Calls the scheduled handler as if it were `at` (epoch milliseconds). */
  readonly fireCron: (at?: number) => Promise<void>;
  readonly health: () => Promise<Health>;
  /** A call of the admin API; the text of the answer. */
  readonly administer: (path: string, init?: RequestInit) => Promise<string>;
  /** Ends everything at once, without a chance to tidy up. */
  readonly kill: () => Promise<void>;
}

/** The part of /health that scripts read. */
export interface Health {
  readonly status: string;
  readonly entries: number;
  readonly sources: { readonly total: number; readonly ok: number; readonly failing: number };
  readonly queue: { readonly due: number; readonly inFlight: number };
  readonly publishedAt: string | null;
}

/** Place and settings of a product. */
export interface ProductOptions {
  readonly persistTo: string;
  readonly seedsDir: string;
  readonly port?: number;
  readonly vars?: Readonly<Record<string, string>>;
  /** Port of the runtime's inspector, for measurements inside the isolate. */
  readonly inspectorPort?: number;
  /** Another Worker than the product: the path of its wrangler.toml. */
  readonly config?: string;
  readonly onEvent?: (event: LoggedEvent) => void;
}

const noCounts: LoggedCounts = { refreshes: 0, added: 0, revised: 0, failed: 0, publishes: 0, kvWrites: 0, threw: 0 };

/** The token of the admin API, for this run only. */
export const loadToken = 'token-of-a-load-test';

/** Settings of a load: sites on this machine, asked hourly and without pauses. */
export const loadSettings: Readonly<Record<string, string>> = {
  PRIVATE_HOSTS: '127.0.0.1',
  HOST_PAUSE_MS: '0',
  POLL_MINUTES: '60',
  MIN_POLL_MINUTES: '60',
  MAX_POLL_MINUTES: '60',
};

/** Builds the product with some seeds into a folder; returns the path of its wrangler.toml. */
export async function buildProduct(folder: string, seedsDir: string, cacheFile?: string): Promise<string> {
  const remembered = cacheFile === undefined ? {} : { cacheFile };
  await buildWorker({ seedsDir, outDir: folder, assetsDir: join(folder, 'assets'), ...remembered });
  const config = readFileSync(join(root, 'wrangler.toml'), 'utf8')
    .replace('main = "dist/worker.js"', 'main = "worker.js"')
    .replace(/\[build\][^[]*(?:\[[^\]]*\]\n)?/, '');
  writeFileSync(join(folder, 'wrangler.toml'), config);
  return join(folder, 'wrangler.toml');
}

/** Starts it; resolves when it answers. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-product-'));
  const config = options.config ?? (await buildProduct(folder, options.seedsDir));
  const port = options.port ?? (await freePort());
  const settings = { ADMIN_TOKEN: loadToken, ...options.vars };
  const child = spawn(
    process.execPath,
    [
      resolve(root, 'scripts/start.ts'),
      '--verbose',
      `--config=${config}`,
      `--port=${port}`,
      `--persist-to=${options.persistTo}`,
      '--cron-seconds=0',
      ...(options.inspectorPort === undefined ? [] : [`--inspector-port=${options.inspectorPort}`]),
      ...Object.entries(settings).map(([name, value]) => `--var=${name}:${value}`),
    ],
    { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const logged = { ...noCounts };
  const running = readLog(child, logged, options.onEvent);
  const end = (): void => killGroup(child);
  // A script that throws must not leave servers behind.
  process.once('exit', end);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stopScript);
  const kill = async (): Promise<void> => {
    const isOver = child.exitCode !== null || child.signalCode !== null;
    const ended = isOver ? undefined : new Promise((done) => child.once('exit', done));
    end();
    await ended;
    process.off('exit', end);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stopScript);
    rmSync(folder, { recursive: true, force: true });
  };
  await running.catch(async (error: unknown) => {
    await kill();
    throw error;
  });
  const origin = `http://127.0.0.1:${port}`;
  const runtimes = processesOf(child.pid ?? 0, 'workerd');
  return {
    origin,
    logged,
    reset: () => Object.assign(logged, noCounts),
    // Two runtimes: the dev server's proxy, and the one that holds the product, which works more by far.
    cpuMs: () => Math.max(...runtimes.map(cpuMs)),
    memory: () => busiest(runtimes.map(memoryOf)),
    fireCron: async (at = Date.now()) => {
      const response = await fetch(`${origin}/cdn-cgi/handler/scheduled?time=${at}`);
      await response.body?.cancel();
      if (!response.ok) throw new Error(`the scheduled handler failed with ${response.status}`);
    },
    health: async () => (await fetch(`${origin}/health`)).json<Health>(),
    administer: async (path, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set('Authorization', `Bearer ${settings.ADMIN_TOKEN}`);
      const response = await fetch(`${origin}/admin/api${path}`, { ...init, headers });
      const text = await response.text();
      if (!response.ok) throw new Error(`${response.status} for ${path}: ${text.slice(0, 300)}`);
      return text;
    },
    kill,
  };
}

function stopScript(): never {
  process.exit(1);
}

/** Counts log lines as they come; resolves when it runs, rejects with its last words when it ends before. */
function readLog(child: ChildProcess, logged: LoggedCounts, onEvent?: (event: LoggedEvent) => void): Promise<void> {
  const others: string[] = [];
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`the product did not start:\n${others.join('\n')}`)));
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (text) => {
        const event = parseEvent(text);
        if (event === undefined) others.splice(0, others.length, ...others.slice(-39), text);
        else {
          count(logged, event);
          onEvent?.(event);
        }
        if (/^Tributary .* is running/.test(text)) resolve();
      });
    }
  });
}

function count(logged: LoggedCounts, event: LoggedEvent): void {
  if (event.event === 'refresh') {
    logged.refreshes += 1;
    logged.added += Number(event['added']);
    logged.revised += Number(event['revised']);
    if (event['outcome'] === 'failed') logged.failed += 1;
  } else if (event.event === 'publish') {
    logged.publishes += 1;
    logged.kvWrites += Number(event['writes']);
  } else if (event.event === 'refresh-threw') {
    logged.threw += 1;
  }
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
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

/**
 * The whole product on a port of this machine, as `npm start` runs it, but built into a folder of its own: a test must not
 * meet the files of another one.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { buildWorker } from '../../scripts/build.ts';

const root = resolve(import.meta.dirname, '../..');

/** The build and the runtime's start take a few seconds, on a busy machine many. Milliseconds. */
const startWithinMs = 100_000;

/** A running product. */
export interface Product {
  readonly origin: string;
  /** What the cron does every quarter of an hour. */
  readonly fireCron: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Few and quick to load; what is published with the product is under `seeds`. */
const fewSeeds = 'tests/fixtures/seeds-live';

/** Builds and starts it with these settings, and the seeds of a folder of the repository. */
export async function startProduct(
  settings: Readonly<Record<string, string>>,
  seedsDir: string = fewSeeds,
): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'tributary-product-'));
  await buildWorker({ seedsDir: join(root, seedsDir), outDir: folder });
  const config = await readFile(join(root, 'wrangler.toml'), 'utf8');
  await writeFile(
    join(folder, 'wrangler.toml'),
    config.replace('main = "dist/worker.js"', 'main = "worker.js"').replace(/\[build\][^[]*(?:\[[^\]]*\]\n)?/, ''),
  );
  const port = await freePort();
  const vars = Object.entries(settings).flatMap(([name, value]) => ['--var', `${name}:${value}`]);
  const wrangler = spawn(
    process.execPath,
    [
      join(root, 'node_modules/wrangler/bin/wrangler.js'),
      'dev',
      `--config=${join(folder, 'wrangler.toml')}`,
      `--port=${port}`,
      '--ip=127.0.0.1',
      `--persist-to=${join(folder, 'state')}`,
      '--show-interactive-dev-session=false',
      ...vars,
    ],
    {
      cwd: folder,
      // A group of its own, so that everything it starts can be ended with it.
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false' },
    },
  );
  const origin = `http://127.0.0.1:${port}`;
  const close = async (): Promise<void> => {
    await end(wrangler);
    await rm(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + startWithinMs;
  while (Date.now() < deadline && wrangler.exitCode === null) {
    const response = await fetch(`${origin}/health`).catch(() => undefined);
    if (response?.ok === true) return { origin, fireCron: () => fireCron(origin), close };
    await delay(250);
  }
  await close();
  throw new Error('the product did not start');
}

async function fireCron(origin: string): Promise<void> {
  const response = await fetch(`${origin}/cdn-cgi/handler/scheduled`);
  if (!response.ok) throw new Error(`the scheduled handler answered ${response.status}`);
}

async function end(wrangler: ChildProcess): Promise<void> {
  if (wrangler.pid === undefined || wrangler.exitCode !== null) return;
  const ended = new Promise<void>((resolve) => wrangler.once('exit', () => resolve()));
  process.kill(-wrangler.pid, 'SIGKILL');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

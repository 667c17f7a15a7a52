/**
 * Runs one module in raw workerd, the production runtime, without wrangler around it: as close as a test gets.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { build } from 'esbuild';

/** A running workerd. */
export interface Workerd {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** The date of the runtime's behaviour, as in wrangler.toml. */
const compatibilityDate = '2026-11-17';

/** Bundles `source` (a Worker; relative imports resolve from `directory`) and serves it; it may connect anywhere. */
export async function startWorkerd(source: string, directory: string): Promise<Workerd> {
  const folder = await mkdtemp(join(tmpdir(), 'tributary-workerd-'));
  await build({
    stdin: { contents: source, resolveDir: directory, loader: 'ts' },
    bundle: true,
    format: 'esm',
    target: 'es2024',
    external: ['node:*'],
    outfile: join(folder, 'worker.mjs'),
  });
  await writeFile(join(folder, 'config.capnp'), config);
  const program = join(import.meta.dirname, '../../node_modules/.bin/workerd');
  const child = spawn(program, ['serve', join(folder, 'config.capnp'), '--control-fd=3'], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
    // A group of its own: where npm ran no install scripts, the program is a launcher with the runtime as its child.
    detached: true,
  });
  const kill = (): void => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const close = async (): Promise<void> => {
    kill();
    await ended;
    process.off('exit', kill);
    await rm(folder, { recursive: true, force: true });
  };
  const port = await Promise.race([readPort(child.stdio[3] as Readable), ended]);
  if (port !== undefined) return { origin: `http://127.0.0.1:${port}`, close };
  await close();
  throw new Error('workerd did not start');
}

const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.mjs")],
  compatibilityDate = "${compatibilityDate}",
);
`;

/** workerd writes one JSON line per socket it listens on. */
async function readPort(control: Readable): Promise<number | undefined> {
  let text = '';
  for await (const chunk of control) {
    text += String(chunk);
    const port = /"event":"listen".*"port":(\d+)/.exec(text)?.[1];
    if (port !== undefined) return Number(port);
  }
  return undefined;
}

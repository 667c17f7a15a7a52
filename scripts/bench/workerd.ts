/**
 * Runs raw workerd with the given Workers. There is no dev proxy in between: it adds about 1.5 ms of CPU to every request.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const workerdPath = resolve(import.meta.dirname, '../../node_modules/workerd/bin/workerd');
const compatibility = 'compatibilityDate = "2026-11-17"';

/** One Worker: its modules by name (the first is the entry), its bindings in workerd's text format. */
export interface BenchWorker {
  readonly name: string;
  readonly modules: readonly { readonly name: string; readonly path: string; readonly type?: 'esModule' | 'data' }[];
  readonly bindings?: string;
  /** Further fields of the Worker, e.g. Durable Object namespaces. */
  readonly extra?: string;
}

/** Services in other processes by name and port: their CPU time is not counted with the Worker's. */
export type ExternalServices = Readonly<Record<string, number>>;

/** A running workerd. */
export interface RunningWorkerd {
  readonly pid: number;
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/**
 * Starts workerd with one served Worker; resolves when its port answers.
 * @param diskPath the folder of its Durable Objects; by default a folder that `stop` deletes
 */
export async function startWorkerd(
  served: BenchWorker,
  externals: ExternalServices = {},
  diskPath?: string,
): Promise<RunningWorkerd> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'tributary-workerd-'));
  const configPath = join(folder, 'config.capnp');
  writeFileSync(configPath, renderConfig(served, externals, port, folder, diskPath ?? folder));
  const child = spawn(workerdPath, ['serve', configPath, '--experimental'], { stdio: ['ignore', 'ignore', 'inherit'] });
  // A bench that throws must not leave a server behind.
  const kill = (): boolean => child.kill('SIGKILL');
  process.once('exit', kill);
  await waitForPort(port, child);
  const stop = async (): Promise<void> => {
    process.off('exit', kill);
    const ended = new Promise((done) => child.once('exit', done));
    kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { pid: child.pid ?? 0, port, stop };
}

/** CPU time that a process has used in all its threads. Unit: milliseconds. */
export function cpuMs(pid: number): number {
  const nanoseconds = readdirSync(`/proc/${pid}/task`).map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanoseconds.reduce((sum, used) => sum + used, 0) / 1e6;
}

function renderConfig(
  worker: BenchWorker,
  externals: ExternalServices,
  port: number,
  folder: string,
  disk: string,
): string {
  const modules = worker.modules.map(({ name, path, type = 'esModule' }, position) => {
    // workerd looks for an embedded file beside the configuration.
    copyFileSync(path, join(folder, `module-${position}`));
    return `(name = "${name}", ${type} = embed "module-${position}")`;
  });
  const fields = [
    `modules = [${modules.join(', ')}]`,
    compatibility,
    ...(worker.bindings === undefined ? [] : [`bindings = [${worker.bindings}]`]),
    ...(worker.extra === undefined ? [] : [worker.extra]),
  ];
  const services = [
    `(name = "${worker.name}", worker = (${fields.join(', ')}))`,
    ...Object.entries(externals).map(
      ([name, at]) => `(name = "${name}", external = (address = "127.0.0.1:${at}", http = ()))`,
    ),
    `(name = "disk", disk = (path = "${disk}", writable = true))`,
  ];
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [${services.join(',\n    ')}],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "${worker.name}")],
);
`;
}

/** A free port of this machine. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function waitForPort(port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    if (child.exitCode !== null) throw new Error('workerd ended before it served');
    const isOpen = await new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1', () => done(true));
      socket.on('connect', () => socket.destroy());
      socket.on('error', () => done(false));
    });
    if (isOpen) return;
    await delay(20);
  }
  throw new Error('workerd did not open its port');
}

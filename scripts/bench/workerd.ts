/**
 * Raw workerd with given Workers on given ports: no dev proxy in between (it adds about 1.5 ms of CPU to every request).
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '../..');
const workerdPath = resolve(root, 'node_modules/workerd/bin/workerd');
const compatibility = 'compatibilityDate = "2026-11-17"';

/** One Worker: its modules by name (the first is the entry), its bindings in workerd's text format. */
export interface BenchWorker {
  readonly name: string;
  readonly modules: readonly { readonly name: string; readonly path: string; readonly type?: 'esModule' | 'data' }[];
  readonly bindings?: string;
  /** Further fields of the Worker, e.g. Durable Object namespaces. */
  readonly extra?: string;
}

/** A service in another process, whose CPU time is then not counted with this one's. */
export interface ExternalService {
  readonly name: string;
  readonly port: number;
}

/** A running workerd. */
export interface RunningWorkerd {
  readonly pid: number;
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/**
 * Starts workerd with one served Worker and any number it binds to; resolves when the socket answers.
 * @param diskPath the folder its Durable Objects are kept in; by default one of their own
 */
export async function startWorkerd(
  served: BenchWorker,
  others: readonly BenchWorker[] = [],
  externals: readonly ExternalService[] = [],
  diskPath?: string,
): Promise<RunningWorkerd> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  const configPath = join(folder, 'config.capnp');
  writeFileSync(configPath, renderConfig([served, ...others], externals, port, folder, diskPath));
  const compiled = join(folder, 'config.bin');
  if (process.env['BIN'] !== undefined) {
    writeFileSync(
      compiled,
      execFileSync(workerdPath, ['compile', configPath, '--config-only'], { maxBuffer: 1 << 30 }),
    );
  }
  const child = spawn(
    workerdPath,
    process.env['BIN'] === undefined
      ? ['serve', configPath, '--experimental']
      : ['serve', '--binary', compiled, '--experimental'],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  // A bench that throws must not leave a server behind.
  process.once('exit', () => child.kill('SIGKILL'));
  await waitForPort(port, child);
  return { pid: child.pid ?? 0, port, stop: () => stop(child) };
}

/** CPU time a process has used in all its threads. Unit: milliseconds. */
export function cpuMs(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanoseconds.reduce((sum, used) => sum + used, 0) / 1e6;
}

function renderConfig(
  workers: readonly BenchWorker[],
  externals: readonly ExternalService[],
  port: number,
  folder: string,
  diskPath: string = folder,
): string {
  const services = workers.map((worker) => {
    const modules = worker.modules.map(({ name, path, type = 'esModule' }, position) => {
      // An embedded path is looked up beside the configuration.
      const copy = `${worker.name}-${position}`;
      copyFileSync(path, join(folder, copy));
      return `(name = "${name}", ${type} = embed "${copy}")`;
    });
    const fields = [
      `modules = [${modules.join(', ')}]`,
      compatibility,
      ...(worker.bindings === undefined ? [] : [`bindings = [${worker.bindings}]`]),
      ...(worker.extra === undefined ? [] : [worker.extra]),
    ];
    return `(name = "${worker.name}", worker = (${fields.join(', ')}))`;
  });
  for (const external of externals) {
    services.push(`(name = "${external.name}", external = (address = "127.0.0.1:${external.port}", http = ()))`);
  }
  services.push(`(name = "disk", disk = (path = "${diskPath}", writable = true))`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [${services.join(',\n    ')}],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "${workers[0]?.name}")],
);
`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function waitForPort(port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null) throw new Error('workerd ended before it served');
    const isOpen = await new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        done(true);
      });
      socket.on('error', () => done(false));
    });
    if (isOpen) return;
    await delay(20);
  }
  throw new Error('workerd did not open its port');
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await ended;
}

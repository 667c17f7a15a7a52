/**
 * Runs the Worker in wrangler's local runtime, inside this process.
 */

import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import type { StartOptions } from './options.ts';

/** A running Worker. */
export interface Runtime {
  readonly stop: () => Promise<void>;
}

/** Called with the runtime's output and end. */
export interface RuntimeListener {
  /** One line that the Worker wrote. */
  readonly onLog: (line: string) => void;
  /** A process of the runtime ended without being stopped. */
  readonly onCrash: (how: string) => void;
}

/** Builds the Worker and starts it; rejects when it cannot be built or started. */
export async function startRuntime(options: StartOptions, listener: RuntimeListener): Promise<Runtime> {
  // wrangler reads these when it is loaded.
  process.env['WRANGLER_LOG'] ??= 'error';
  process.env['WRANGLER_SEND_METRICS'] = 'false';
  process.env['WRANGLER_HIDE_BANNER'] = 'true';
  process.env['CLOUDFLARE_CF_FETCH_ENABLED'] = 'false';
  // The trace collector writes rows for every call and statement.
  process.env['X_LOCAL_OBSERVABILITY'] ??= 'false';
  watchForCrashes(listener.onCrash);
  const { unstable_startWorker: startWorker } = await import('wrangler');
  const worker = await startWorker({
    config: options.config,
    bindings: Object.fromEntries(
      Object.entries(options.vars).map(([name, value]) => [name, { type: 'plain_text' as const, value }]),
    ),
    dev: {
      server: { hostname: options.ip, port: options.port },
      inspector: options.inspectorPort === undefined ? false : { port: options.inspectorPort },
      persist: options.persistTo,
      watch: true,
      structuredLogsHandler: ({ message }: { message: string }) => listener.onLog(message),
    },
  });
  await worker.ready;
  return { stop: () => worker.dispose() };
}

function watchForCrashes(onCrash: (how: string) => void): void {
  subscribe('child_process', (message) => {
    const child = (message as { process: ChildProcess }).process;
    child.once('exit', (code, signal) => {
      // wrangler replaces the runtime by killing it; `killed` says that it did.
      if (!child.killed && /workerd/.test(child.spawnfile)) onCrash(signal ?? `exit code ${code}`);
    });
  });
}

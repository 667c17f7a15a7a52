/**
 * `npm start`: the whole product on this machine, with nothing but Node and npm.
 *
 * Runs wrangler dev with what follows `--`, makes an admin token on the first run, fires the scheduled handler at start
 * and then every minute, and ends every child on Ctrl-C. Needs no account and no network.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '..');

/** How often the scheduled handler is fired; in production Cloudflare does it. Milliseconds. */
const cronEveryMs = 60_000;

/** The first build and the runtime's start take a few seconds; past this something is wrong. Milliseconds. */
const startWithinMs = 120_000;

/** The value of `--name value` or `--name=value` among the arguments. */
function option(args: readonly string[], name: string): string | undefined {
  const position = args.findIndex((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  if (position === -1) return undefined;
  return args[position]?.includes('=') ? args[position].slice(name.length + 3) : args[position + 1];
}

/** Adds a random ADMIN_TOKEN to .dev.vars unless there is one; says it once. */
function ensureAdminToken(): void {
  const path = resolve(root, '.dev.vars');
  const held = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (/^\s*ADMIN_TOKEN\s*=\s*\S/m.test(held)) return;
  const token = randomBytes(24).toString('base64url');
  const separator = held === '' || held.endsWith('\n') ? '' : '\n';
  writeFileSync(path, `${held}${separator}ADMIN_TOKEN="${token}"\n`, { mode: 0o600 });
  console.log(`Admin token (kept in .dev.vars, shown only now): ${token}\n`);
}

function startWrangler(args: readonly string[]): ChildProcess {
  const defaults = [
    ...(option(args, 'port') === undefined ? ['--port', '8787'] : []),
    ...(option(args, 'ip') === undefined ? ['--ip', '127.0.0.1'] : []),
    // The daily limits are those of an account; nobody counts on this machine.
    ...['KV_WRITES_PER_DAY'].flatMap((name) =>
      args.some((arg) => arg.includes(`${name}:`)) ? [] : ['--var', `${name}:0`],
    ),
  ];
  // A process group of its own, so that everything wrangler started can be ended with it.
  return spawn(
    process.execPath,
    [
      resolve(root, 'node_modules/wrangler/bin/wrangler.js'),
      'dev',
      '--show-interactive-dev-session=false',
      ...defaults,
      ...args,
    ],
    {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        // The dev server's trace collector writes rows for every call and statement: off, unless it is asked for.
        X_LOCAL_OBSERVABILITY: 'false',
        ...process.env,
        WRANGLER_SEND_METRICS: 'false',
        WRANGLER_HIDE_BANNER: 'true',
        CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      },
    },
  );
}

async function waitUntilServing(origin: string, isRunning: () => boolean): Promise<void> {
  const deadline = Date.now() + startWithinMs;
  while (isRunning() && Date.now() < deadline) {
    const response = await fetch(`${origin}/health`).catch(() => undefined);
    await response?.body?.cancel();
    if (response !== undefined) return;
    await delay(200);
  }
}

async function fireCron(origin: string): Promise<void> {
  const response = await fetch(`${origin}/cdn-cgi/handler/scheduled`).catch((error: unknown) => String(error));
  if (typeof response !== 'string') await response.body?.cancel();
  if (typeof response === 'string' || !response.ok) {
    console.error(`The scheduled handler failed: ${typeof response === 'string' ? response : response.status}`);
  }
}

function announce(origin: string): void {
  console.log(`
Tributary is running.
  Read      ${origin}/
  RSS       ${origin}/rss.xml
  Atom      ${origin}/atom.xml
  JSON Feed ${origin}/feed.json
  Tags      ${origin}/tags.json
  Desk      ${origin}/admin (log in with the ADMIN_TOKEN of .dev.vars)
Stop it with Ctrl-C.
`);
}

const args = process.argv.slice(2);
const host = option(args, 'ip') ?? '127.0.0.1';
const origin = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${option(args, 'port') ?? '8787'}`;
ensureAdminToken();
const wrangler = startWrangler(args);
let isRunning = true;
let isStopping = false;

/** Ends wrangler and all it started; politely first. */
function stop(): void {
  if (isStopping || wrangler.pid === undefined) return;
  isStopping = true;
  const group = -wrangler.pid;
  const signal = (name: NodeJS.Signals): void => {
    try {
      process.kill(group, name);
    } catch {
      // The group is gone already.
    }
  };
  signal('SIGTERM');
  setTimeout(() => signal('SIGKILL'), 3000).unref();
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
wrangler.on('exit', (code) => {
  isRunning = false;
  stop();
  process.exit(isStopping ? 0 : (code ?? 1));
});

await waitUntilServing(origin, () => isRunning);
if (isRunning) {
  announce(origin);
  await fireCron(origin);
  setInterval(() => void fireCron(origin), cronEveryMs);
}

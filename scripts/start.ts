/**
 * `npm start`: runs the whole product on this machine, with nothing but Node and npm.
 *
 * Says that it runs when its own Worker has answered, calls the scheduled handler at start and then every minute, and prints
 * one line an event. Needs no account and no network. Every reason not to run is one sentence and exit code 1.
 */
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import packageJson from '../package.json' with { type: 'json' };
import { createLoginLink } from '../src/admin/access/session.ts';
import { toPrintable } from '../src/domain/printable.ts';
import { findBuildFailure, holdOutput } from './start/build-failure.ts';
import { readDevVars } from './start/dev-vars.ts';
import { createEventPrinter, parseEvent } from './start/event-lines.ts';
import { watchLeftOut } from './start/left-out.ts';
import { readOptions, type StartOptions, usage } from './start/options.ts';
import { startOutbound } from './start/outbound.ts';
import { startRuntime } from './start/runtime.ts';
import { codeOf, lockState } from './start/state-lock.ts';

/** The first build and the runtime's start take a few seconds; past this something is wrong. Milliseconds. */
const startWithinMs = 120_000;

/** The daily limits are Cloudflare's; there are none on this machine. */
const noLimits = { KV_WRITES_PER_DAY: '0', WINDOW_LOOK_SECONDS: '1' };

function giveUp(error: unknown): never {
  console.error(`Tributary cannot run: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

async function ensureFreePort({ port, ip }: StartOptions): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, ip, resolve);
  }).catch((error: unknown) => {
    const code = codeOf(error);
    if (code !== 'EADDRINUSE') throw new Error(`it cannot listen at ${ip}, port ${port} (${code})`);
    throw new Error(`port ${port} is taken by another program; choose another with npm start -- --port ${port + 1}`);
  });
  await new Promise((done) => server.close(done));
}

/** Waits until our Worker answers `/health`; throws with the Worker's message about unusable settings. */
async function untilServing(origin: string): Promise<void> {
  for (const deadline = Date.now() + startWithinMs; Date.now() < deadline; await delay(100)) {
    const signal = AbortSignal.timeout(10_000);
    const health: unknown = await fetch(`${origin}/health`, { signal })
      .then((response) => response.json())
      .catch(() => undefined);
    if (health === null || typeof health !== 'object') continue;
    if ('name' in health && health.name === 'Tributary') return;
    if ('problems' in health && 'detail' in health)
      throw new Error(`some settings of wrangler.toml, .dev.vars or --var are wrong. ${String(health.detail)}`);
  }
  throw new Error(`the Worker did not answer at ${origin} within ${startWithinMs / 1000} s`);
}

async function callSchedule(origin: string): Promise<void> {
  const failure = await fetch(`${origin}/cdn-cgi/handler/scheduled`).then(
    async (response) => {
      await response.body?.cancel();
      return response.ok ? undefined : String(response.status);
    },
    (error: unknown) => String(error),
  );
  if (failure !== undefined) console.error(`The scheduled handler failed: ${failure}`);
}

/** The lines a person sees first. */
async function announce(origin: string, options: StartOptions, token: string, tokenAt: string): Promise<void> {
  const link = token === '' ? '/admin' : await createLoginLink(token, Date.now());
  console.log(`Tributary ${packageJson.version} is running.
  Read    ${origin}/
  Feeds   ${origin}/rss.xml  ${origin}/atom.xml  ${origin}/feed.json
  Desk    ${origin}${link} (logs you in once, within 30 minutes)
  Token   ${tokenAt}
  State   ${options.persistTo}
Stop it with Ctrl-C. Below: one line an event; --verbose shows the whole log.`);
}

async function run(options: StartOptions): Promise<void> {
  await ensureFreePort(options);
  const vars = readDevVars(options.config);
  lockState(options.persistTo);
  const origin = `http://${options.ip === '0.0.0.0' ? '127.0.0.1' : options.ip}:${options.port}`;
  // The build gives it to the pictures of seeds.
  process.env['TRIBUTARY_ORIGIN'] = origin;
  const settings: StartOptions['vars'] = { ...noLimits, ...options.vars };
  const tellEvent = createEventPrinter(console.log);
  const lastWords: string[] = [];
  const privateHosts = settings['PRIVATE_HOSTS'] ?? vars.settings['PRIVATE_HOSTS'] ?? '';
  const OUTBOUND_PROXY = await startOutbound(privateHosts.split(','));
  // wrangler prints a failed build in a hundred lines; people get a sentence.
  const letGo = options.isVerbose ? () => undefined : holdOutput();
  const runtime = await startRuntime(
    { ...options, vars: { ...settings, OUTBOUND_PROXY } },
    {
      onLog: (line) => {
        const event = parseEvent(line);
        if (options.isVerbose) console.log(toPrintable(line));
        else if (event !== undefined) tellEvent(event);
        else lastWords.splice(0, lastWords.length, ...lastWords.slice(-9), toPrintable(line));
      },
      onCrash: (how) => {
        letGo(true);
        giveUp(`the runtime ended by itself (${how})\n${lastWords.join('\n')}`.trim());
      },
    },
  ).catch((error: unknown) => {
    const failure = findBuildFailure();
    letGo(failure === undefined);
    throw failure === undefined ? error : new Error(failure);
  });
  letGo(true);
  const stop = (): void => {
    setTimeout(() => process.exit(0), 3000).unref();
    void runtime.stop().finally(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  await untilServing(origin);
  const token = settings['ADMIN_TOKEN'] ?? vars.settings['ADMIN_TOKEN'] ?? '';
  await announce(origin, options, token, 'ADMIN_TOKEN' in options.vars ? '--var' : vars.path);
  watchLeftOut(options.config, (sentence) => console.log(toPrintable(sentence)));
  if (options.cronSeconds === 0) return;
  await callSchedule(origin);
  setInterval(() => void callSchedule(origin), options.cronSeconds * 1000);
}

if (process.argv.includes('--help')) console.log(usage);
else {
  try {
    await run(readOptions(process.argv.slice(2)));
  } catch (error) {
    giveUp(error);
  }
}

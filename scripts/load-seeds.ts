/**
 * `npm run seeds:load -- <dir> --to <url>`: sends archived articles to an installation through its admin API.
 *
 * Options: --to <address> (http://127.0.0.1:8787), --watch (goes on, and sends each file as it is written),
 * --token <ADMIN_TOKEN> (else the environment's, else that in .dev.vars), --batch <files in a request, 20>,
 * --concurrency <requests at a time, 2>, --again (starts over after an interruption).
 * Each bad file is named as `dir/file:line: reason`; then the exit code is 1.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { toPrintable } from '../src/domain/printable.ts';
import { type LoadOptions, type LoadReport, loadArticles } from './load/load-articles.ts';
import type { BatchOutcome, RejectedFile } from './load/send-batch.ts';
import { isPassing, lookAt, watchArticles } from './load/watch-articles.ts';

const usage =
  'Usage: npm run seeds:load -- [--watch] <dir> [--to <url>] [--token <token>] [--batch <n>] [--concurrency <n>] [--again]';

/** Between two looks of a watch. Milliseconds. */
const lookEveryMs = 2000;

/** The token that `npm start` wrote, when the target is on this machine. */
function localToken(): string | undefined {
  const path = resolve(import.meta.dirname, '../.dev.vars');
  if (!existsSync(path)) return undefined;
  return /^\s*ADMIN_TOKEN\s*=\s*"?([^"\s]+)"?/m.exec(readFileSync(path, 'utf8'))?.[1];
}

function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new TypeError(`--${name} must be a whole number from 1 to ${most}, not "${text}"`);
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      to: { type: 'string', default: 'http://127.0.0.1:8787' },
      watch: { type: 'boolean', default: false },
      token: { type: 'string' },
      batch: { type: 'string', default: '20' },
      concurrency: { type: 'string', default: '2' },
      again: { type: 'boolean', default: false },
    },
  });
  const [directory] = positionals;
  const to = URL.parse(values.to);
  const token = values.token ?? process.env['ADMIN_TOKEN'] ?? localToken();
  if (directory === undefined || positionals.length > 1 || to === null || !/^https?:$/.test(to.protocol)) {
    throw new TypeError(`a directory is needed, and --to must be an http(s) address\n${usage}`);
  }
  if (!existsSync(directory)) throw new TypeError(`there is no directory ${directory}`);
  if (token === undefined) throw new TypeError('no token: give --token, or set ADMIN_TOKEN in the environment');
  const batch = wholeNumber('batch', values.batch, 500);
  // Files that change during the first load are sent again by the watch.
  const sent = new Map(values.watch ? await lookAt(directory) : []);
  const { rejected: bad, aborted } = await load({
    directory,
    to,
    token,
    batch,
    concurrency: wholeNumber('concurrency', values.concurrency, 16),
    startOver: values.again,
    output: process.stderr,
  });
  if (!values.watch || aborted !== undefined) return bad.length === 0 && aborted === undefined ? 0 : 1;
  // So are files that an absent server did not take.
  for (const { file } of bad.filter(isPassing)) sent.delete(file);
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  console.log(`Watching ${directory}. Stop with Ctrl-C.`);
  const report = ({ recorded, unchanged, rejected }: BatchOutcome): void => {
    printRejected(directory, rejected);
    console.log(
      `${new Date().toTimeString().slice(0, 8)} ${recorded} recorded, ${unchanged} unchanged, ${rejected.length} not taken`,
    );
  };
  const ended = await watchArticles(
    { directory, to, token, batch, everyMs: lookEveryMs, signal: stop.signal, report },
    sent,
  );
  if (ended !== undefined) console.error(toPrintable(`Ended: ${ended}`));
  return ended === undefined ? 0 : 1;
}

function printRejected(directory: string, rejected: readonly RejectedFile[]): void {
  for (const { file, line, reason } of rejected)
    console.error(toPrintable(`${join(directory, file)}:${line}: ${reason}`));
}

/** Loads once and prints the result. */
async function load(options: LoadOptions): Promise<LoadReport> {
  const report = await loadArticles(options);
  const { files, before, recorded, unchanged, rejected, aborted } = report;
  printRejected(options.directory, rejected);
  const earlier = before === 0 ? '' : `, ${before} sent by an earlier run (--again sends them once more)`;
  console.log(`${files} files: ${recorded} recorded, ${unchanged} unchanged, ${rejected.length} bad${earlier}`);
  if (aborted !== undefined)
    console.error(`Ended early: ${toPrintable(aborted)}\nThe same command goes on where this one ended.`);
  return report;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof TypeError ? error.message : error);
  process.exitCode = 2;
}

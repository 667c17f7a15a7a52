/**
 * `npm run seeds:load -- <dir> --to <url>`: sends archived articles that are too many to travel in the Worker.
 *
 * Options: --token <ADMIN_TOKEN> (else the environment's, else that in .dev.vars), --batch <files in a request, 20>,
 * --concurrency <requests at a time, 2>, --again (starts over after an interruption).
 * Each bad file is named as `dir/file:line: reason`; then the exit code is 1.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadArticles } from './load/load-articles.ts';

const usage =
  'Usage: npm run seeds:load -- <dir> --to <url> [--token <token>] [--batch <n>] [--concurrency <n>] [--again]';

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
      to: { type: 'string' },
      token: { type: 'string' },
      batch: { type: 'string', default: '20' },
      concurrency: { type: 'string', default: '2' },
      again: { type: 'boolean', default: false },
    },
  });
  const [directory] = positionals;
  const to = URL.parse(values.to ?? '');
  const token = values.token ?? process.env['ADMIN_TOKEN'] ?? localToken();
  if (directory === undefined || positionals.length > 1 || to === null || !/^https?:$/.test(to.protocol)) {
    throw new TypeError(`a directory and --to with an http(s) address are needed\n${usage}`);
  }
  if (!existsSync(directory)) throw new TypeError(`there is no directory ${directory}`);
  if (token === undefined) throw new TypeError('no token: give --token, or set ADMIN_TOKEN in the environment');
  const report = await loadArticles({
    directory,
    to,
    token,
    batch: wholeNumber('batch', values.batch, 500),
    concurrency: wholeNumber('concurrency', values.concurrency, 16),
    startOver: values.again,
    output: process.stderr,
  });
  for (const { file, line, reason } of report.rejected) console.error(`${join(directory, file)}:${line}: ${reason}`);
  const { files, before, recorded, unchanged, rejected, aborted } = report;
  const earlier = before === 0 ? '' : `, ${before} sent by an earlier run (--again sends them once more)`;
  console.log(`${files} files: ${recorded} recorded, ${unchanged} unchanged, ${rejected.length} bad${earlier}`);
  if (aborted !== undefined) console.error(`Ended early: ${aborted}\nThe same command goes on where this one ended.`);
  return rejected.length > 0 || aborted !== undefined ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof TypeError ? error.message : error);
  process.exitCode = 2;
}

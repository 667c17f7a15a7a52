/**
 * Compares what happens around a publish with the build of another checkout: the publish of one changed entry, and the first
 * polls after it, in an isolate that had the former version and in a cold one.
 *
 * Changes are archived articles that are sent again with other words, which both builds take. CPU time is that of the whole
 * workerd between two moments: from the answer to the change until KV is quiet, and around a single poll.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ask, atMost, type BenchLine, median } from './measure.ts';
import { type BenchProduct, startProduct } from './product.ts';
import { cpuMs } from './workerd.ts';

const root = resolve(import.meta.dirname, '../..');

/** The build that bounds are written against. */
const baseCommit = '25e2817';

/** Publishes that count: medians of as many. Each changes another article. */
const publishes = 20;

/** With the articles that change, the window holds the whole Archive: no poll may turn into a question to the Archive. */
const entries = 1000 - publishes;

/** Rounds of all polls. */
const pollRounds = 6;

/** Publishes that come closer move apart. Milliseconds. */
const apartMs = 3500;

/** Longer than an isolate goes without looking for a newer window. Milliseconds. */
const lookMs = 1200;

/** KV is quiet when nothing was written for so long. Milliseconds. */
const quietMs = 400;

/** The measurements of one product. */
interface Measured {
  readonly writtenKb: number;
  readonly writes: number;
  readonly publishMs: number;
  readonly wokenMs: number;
  readonly polls: Readonly<Record<string, { readonly ms: number; readonly readKb: number }>>;
}

/** First polls after a publish; `bound` is the share of the other build's CPU, `kb` the most that may be read from KV. */
const polls: Readonly<
  Record<string, { readonly path: string; readonly isHeld?: true; readonly bound: number; readonly kb: number }>
> = {
  'unchanged tag feed, 304': { path: '/tags/topic-3/rss.xml', isHeld: true, bound: 0.15, kb: 250 },
  'changed tag feed': { path: '/tags/changing/rss.xml', bound: 0.3, kb: 700 },
  'home page': { path: '/', bound: 0.45, kb: Number.POSITIVE_INFINITY },
  'default feed': { path: '/rss.xml', bound: Number.POSITIVE_INFINITY, kb: Number.POSITIVE_INFINITY },
};

const coldPoll = '/tags/topic-3/rss.xml';

/** Runs all; `against` is a checkout of the other build, which is made of `baseCommit` unless it is given. */
export async function benchPublishing({
  against,
}: {
  readonly against?: string | undefined;
}): Promise<readonly BenchLine[]> {
  const made = against === undefined ? checkOut() : undefined;
  const own = await measure(root);
  const base = await measure(against ?? made?.folder ?? '');
  made?.remove();
  return [
    atMost('a publish of one changed entry writes', own.writtenKb, 1200, 'KB', ` (other ${base.writtenKb.toFixed(0)})`),
    atMost('the same, values', own.writes, 6, 'writes', ` (other ${base.writes})`),
    ratio('CPU of a publish of one changed entry', own.publishMs, base.publishMs, 0.3),
    ratio('the same when the Archive has just woken', own.wokenMs, base.wokenMs, 0.25),
    ...Object.entries(own.polls).flatMap(([what, { ms, readKb }]) => {
      const other = base.polls[what];
      const { bound = 0.4, kb = Number.POSITIVE_INFINITY } = polls[what] ?? {};
      return [
        ratio(`first poll after it, ${what}`, ms, other?.ms ?? 0, bound, `, other ${other?.ms.toFixed(1)}`),
        atMost('the same, read from KV', readKb, kb, 'KB', ` (other ${other?.readKb.toFixed(0)})`),
      ];
    }),
  ];
}

function ratio(what: string, value: number, of: number, bound: number, note = ''): BenchLine {
  return atMost(what, value / of, bound, 'of the other', ` (${value.toFixed(1)} ms${note})`);
}

/** A checkout of the other build in a temporary folder. */
function checkOut(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-base-'));
  const git = (...args: readonly string[]): void => void execFileSync('git', args, { cwd: root, stdio: 'ignore' });
  git('worktree', 'add', '--detach', '--force', folder, baseCommit);
  // Its packages are ours but for those that came later.
  if (!existsSync(join(folder, 'node_modules'))) symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    remove: () => {
      rmSync(join(folder, 'node_modules'));
      git('worktree', 'remove', '--force', folder);
    },
  };
}

async function measure(checkout: string): Promise<Measured> {
  const product = await startProduct({ entries, checkout, vars: { WINDOW_LOOK_SECONDS: '1' } });
  // The first publish places all articles anew and does not count.
  for (let at = 0; at < publishes; at += 1) await send(product, at, 0);
  await untilWritten(product);
  const writes: number[] = [];
  const writtenKb: number[] = [];
  const publishMs: number[] = [];
  const costs = new Map(Object.keys(polls).map((what) => [what, { ms: [] as number[], readKb: [] as number[] }]));
  for (let at = 0; at < publishes; at += 1) {
    await delay(apartMs);
    const { ms, counts } = await change(product, at, 1);
    publishMs.push(ms);
    writes.push(counts.writes);
    writtenKb.push(counts.writtenBytes / 1000);
  }
  for (let at = 0; at < pollRounds; at += 1) {
    // Each poll is the first one after a publish.
    for (const [what, { path, isHeld }] of Object.entries(polls)) {
      await delay(apartMs);
      const { etag } = (await poll(product, path)).headers;
      await change(product, at, 2);
      await delay(lookMs);
      const spent = await costOf(product, path, isHeld === true ? etag : undefined);
      costs.get(what)?.ms.push(spent.ms);
      costs.get(what)?.readKb.push(spent.readKb);
    }
  }
  const wokenMs: number[] = [];
  const cold: { ms: number; readKb: number }[] = [];
  for (let round = 0; round < 7; round += 1) {
    await product.restart();
    wokenMs.push((await change(product, round, 3)).ms);
    await product.restart();
    cold.push(await costOf(product, coldPoll, undefined));
  }
  await product.stop();
  const measured = [...costs].map(
    ([what, { ms, readKb }]) => [what, { ms: median(ms), readKb: median(readKb) }] as const,
  );
  return {
    writtenKb: median(writtenKb),
    writes: median(writes),
    publishMs: median(publishMs),
    wokenMs: median(wokenMs),
    polls: {
      ...Object.fromEntries(measured),
      'cold tag feed': { ms: median(cold.map(({ ms }) => ms)), readKb: median(cold.map(({ readKb }) => readKb)) },
    },
  };
}

let edits = 0;

/** Changes an article, and waits until it is published. Returns the cost of the publish. */
async function change(product: BenchProduct, number: number, kind: number) {
  product.values.reset();
  await send(product, number, kind);
  const { pid } = product.workerd();
  const before = cpuMs(pid);
  await untilWritten(product);
  return { ms: cpuMs(pid) - before, counts: { ...product.values.counts } };
}

async function send(product: BenchProduct, number: number, kind: number): Promise<void> {
  edits += 1;
  const stamp = 1_790_000_000_000 + edits * 1000;
  const at = new Date(Date.UTC(2025, 11, 29, number)).toISOString();
  const words = Array.from({ length: 700 }, (_, word) => `word${(word * 7919 + edits * 104_729 + kind) % 3001}`);
  const body = `<!--${stamp}-->\n[Changing ${number}](https://changing.example/${number})\n------\n\n<div><i><br>${at}</i></div>\n<p>${words.join(' ')}</p>\n`;
  const headers = { 'Content-Type': 'text/markdown' };
  const path = `/entries?path=changing/${number}.md`;
  const outcome = await product.administer(path, { method: 'POST', headers, body });
  if (!outcome.includes('"recorded": 1')) throw new Error(`nothing was changed: ${outcome}`);
}

async function untilWritten({ values }: BenchProduct): Promise<void> {
  let writes = 0;
  for (let quiet = 0; writes === 0 || quiet < quietMs; ) {
    await delay(20);
    quiet = values.counts.writes === writes ? quiet + 20 : 0;
    ({ writes } = values.counts);
  }
}

async function poll(product: BenchProduct, path: string, etag?: string) {
  const headers = etag === undefined ? {} : { 'If-None-Match': etag };
  const answer = await ask(product.workerd(), { path: () => path, headers });
  if (answer.status !== (etag === undefined ? 200 : 304)) throw new Error(`${answer.status} for ${path}`);
  return answer;
}

async function costOf(product: BenchProduct, path: string, etag: string | undefined) {
  product.values.reset();
  const { pid } = product.workerd();
  const before = cpuMs(pid);
  await poll(product, path, etag);
  await delay(20);
  return { ms: cpuMs(pid) - before, readKb: product.values.counts.readBytes / 1000 };
}

/**
 * Compares recording and what happens around a publish with the build of another checkout: the publish of one changed entry, and
 * the first polls after it, in an isolate that had the former version and in a cold one.
 *
 * Both products run at the same time and take turns, so that a slow hour of the machine is slow for both. Changes are archived
 * articles that are sent again with other words, which both builds take. CPU time is that of the whole workerd between two
 * moments: from the answer to the change until KV is quiet, around a single poll, and around an import.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { givenBackups } from './given-archive.ts';
import { ask, atMost, type BenchLine, median } from './measure.ts';
import { type BenchProduct, importBackup, startProduct } from './product.ts';
import { cpuMs } from './workerd.ts';

const root = resolve(import.meta.dirname, '../..');

/** The build that bounds are written against. */
const baseCommit = '25e2817';

/** Publishes that count: medians of as many. Each changes another article. */
const publishes = 20;

/** With the articles that change, the window holds the whole Archive: no poll may turn into a question to the Archive. */
const entries = 1000 - publishes;

/** Rounds of each poll, of cold starts, and of imports. */
const pollRounds = 5;

/** New entries of one import. */
const imported = 100;

/** With the turn of the other product between them, publishes of a product are so far apart that none waits. Milliseconds. */
const apartMs = 1750;

/** Longer than an isolate goes without looking for a newer window. Milliseconds. */
const lookMs = 1200;

/** KV is quiet when nothing was written for so long. Milliseconds. */
const quietMs = 400;

/** The cost of one step of one product. */
interface Cost {
  readonly ms: number;
  readonly readKb?: number;
  readonly writtenKb?: number;
  readonly writes?: number;
}

/** The most that a step may cost: as a share of the CPU of the other build, and in KV. */
interface Bound {
  readonly cpu?: number;
  readonly readKb?: number;
  readonly writtenKb?: number;
  readonly writes?: number;
}

/** First polls after a publish. */
const polls: Readonly<Record<string, { readonly path: string; readonly isHeld?: true; readonly bound: Bound }>> = {
  'an unchanged tag feed, 304': { path: '/tags/topic-3/rss.xml', isHeld: true, bound: { cpu: 0.15, readKb: 250 } },
  'a changed tag feed': { path: '/tags/changing/rss.xml', bound: { cpu: 0.3, readKb: 700 } },
  'the home page': { path: '/', bound: { cpu: 0.45 } },
  'the default feed': { path: '/rss.xml', bound: {} },
};

const coldPoll = '/tags/topic-3/rss.xml';

/** Runs all; `against` is a checkout of the other build, which is made of `baseCommit` unless it is given. */
export async function benchPublishing({
  against,
}: {
  readonly against?: string | undefined;
}): Promise<readonly BenchLine[]> {
  const made = against === undefined ? checkOut() : undefined;
  const vars = { WINDOW_LOOK_SECONDS: '1' };
  const own = await startProduct({ entries, vars });
  const other = await startProduct({ entries, vars, checkout: against ?? made?.folder ?? '' });
  made?.remove();
  const products = [own, other];
  const lines: BenchLine[] = [];
  /** Lets both take turns, in another order each time; `step` begins with what does not count. */
  const compare = async (
    what: string,
    rounds: number,
    bound: Bound,
    step: (product: BenchProduct, round: number) => Promise<Cost>,
  ): Promise<void> => {
    const costs = new Map<BenchProduct, Cost[]>([
      [own, []],
      [other, []],
    ]);
    for (let round = 0; round < rounds; round += 1) {
      for (const product of round % 2 === 0 ? products : products.toReversed()) {
        costs.get(product)?.push(await step(product, round));
      }
    }
    lines.push(...toLines(what, bound, costs.get(own) ?? [], costs.get(other) ?? []));
  };
  for (const product of products) {
    // The first publish places all articles anew and does not count.
    for (let at = 0; at < publishes; at += 1) await send(product, at, 0);
    await untilWritten(product);
  }
  const bound = { cpu: 0.3, writtenKb: 1200, writes: 6 };
  await compare('a publish of one changed entry', publishes, bound, async (product, round) => {
    await delay(apartMs);
    return await change(product, round, 1);
  });
  for (const [what, { path, isHeld, bound }] of Object.entries(polls)) {
    await compare(`first poll after it, ${what}`, pollRounds, bound, async (product, round) => {
      await delay(apartMs);
      const { etag } = (await poll(product, path)).headers;
      await change(product, round, 2);
      await delay(lookMs);
      return await costOf(product, path, isHeld === true ? etag : undefined);
    });
  }
  await compare('a publish when the Archive has just woken', pollRounds, { cpu: 0.25 }, async (product, round) => {
    await product.restart();
    return await change(product, round, 3);
  });
  await compare('first poll of a cold isolate, a tag feed', pollRounds, { cpu: 0.4 }, async (product) => {
    await product.restart();
    return await costOf(product, coldPoll, undefined);
  });
  const backups = [...givenBackups(entries + imported * pollRounds, imported)];
  await compare(`recording ${imported} entries`, pollRounds, { cpu: 0.85 }, async (product, round) => {
    const before = cpuMs(product.workerd().pid);
    await importBackup(product, backups[round] ?? '');
    const cost = { ms: cpuMs(product.workerd().pid) - before };
    await untilWritten(product);
    return cost;
  });
  for (const product of products) await product.stop();
  return lines;
}

/** One line for each number that was measured, also where nothing bounds it. */
function toLines(what: string, bound: Bound, own: readonly Cost[], other: readonly Cost[]): readonly BenchLine[] {
  const medianOf = (costs: readonly Cost[], of: keyof Cost): number =>
    median(costs.map((cost) => cost[of] ?? Number.NaN));
  const [ms, otherMs] = [medianOf(own, 'ms'), medianOf(other, 'ms')];
  const amounts = { readKb: 'KB read from KV', writtenKb: 'KB written to KV', writes: 'values written to KV' } as const;
  return [
    atMost(
      `CPU of ${what}`,
      ms / otherMs,
      bound.cpu ?? Number.POSITIVE_INFINITY,
      'of the other',
      ` (${ms.toFixed(1)} ms, other ${otherMs.toFixed(1)})`,
    ),
    ...(['readKb', 'writtenKb', 'writes'] as const)
      .filter((amount) => own[0]?.[amount] !== undefined)
      .map((amount) =>
        atMost(
          `${what}: ${amounts[amount]}`,
          medianOf(own, amount),
          bound[amount] ?? Number.POSITIVE_INFINITY,
          amount === 'writes' ? 'values' : 'KB',
          ` (other ${medianOf(other, amount).toFixed(0)})`,
        ),
      ),
  ];
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

let edits = 0;

/** Changes an article, and waits until it is published. Returns what the publish cost. */
async function change(product: BenchProduct, number: number, kind: number): Promise<Cost> {
  product.values.reset();
  await send(product, number, kind);
  const { pid } = product.workerd();
  const before = cpuMs(pid);
  await untilWritten(product);
  const { writes, writtenBytes } = product.values.counts;
  return { ms: cpuMs(pid) - before, writes, writtenKb: writtenBytes / 1000 };
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

async function costOf(product: BenchProduct, path: string, etag: string | undefined): Promise<Cost> {
  product.values.reset();
  const { pid } = product.workerd();
  const before = cpuMs(pid);
  await poll(product, path, etag);
  await delay(20);
  return { ms: cpuMs(pid) - before, readKb: product.values.counts.readBytes / 1000 };
}

/**
 * Reading: our reader and normalizer against feedsmith 3 parsing alone, in Node and in workerd; and what reading again
 * costs when all entries are known.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { BenchLine } from '../bench.ts';
import { type GivenFeed, givenAtom, givenRss } from './given-feeds.ts';
import { median } from './load.ts';
import { readFeedsmith, readOurs } from './reading-worker.ts';
import { cpuMs, type RunningWorkerd, startWorkerd } from './workerd.ts';

/** Most our reading may take, as a multiple of feedsmith's parsing. */
const bound = 1;

/** Readings per round: enough that a round is far longer than a clock tick and the garbage of one is collected in it. */
const times = 40;

type Reader = 'ours' | 'feedsmith';

/** Runs all comparisons in alternating rounds. */
export async function benchReading({ rounds }: { rounds: number }): Promise<readonly BenchLine[]> {
  const feeds = [givenAtom(), givenRss()].map((feed) => ({ feed, bytes: new TextEncoder().encode(feed.text) }));
  const lines: BenchLine[] = [];
  for (const { feed, bytes } of feeds) {
    lines.push(await compare('Node', feed, bytes, rounds, (by) => Promise.resolve(inNode(by, bytes))));
  }
  const workerd = await startReadingWorker();
  for (const { feed, bytes } of feeds) {
    lines.push(await compare('workerd', feed, bytes, rounds, (by) => inWorkerd(workerd, by, bytes)));
  }
  await workerd.stop();
  return lines;
}

/** The median of the ratios of neighbouring rounds: what slows the machine down slows both of a pair. */
async function compare(
  where: string,
  feed: GivenFeed,
  bytes: Uint8Array,
  rounds: number,
  measure: (by: Reader) => Promise<number>,
): Promise<BenchLine> {
  // The engines have to have compiled both before either is compared.
  for (let warming = 0; warming < 5; warming += 1) for (const by of ['ours', 'feedsmith'] as const) await measure(by);
  const ratios: number[] = [];
  const costs: number[] = [];
  for (let round = 0; round < rounds * 3; round += 1) {
    const cost = await measure('ours');
    ratios.push(cost / (await measure('feedsmith')));
    costs.push(cost);
  }
  const ratio = median(ratios);
  return {
    what: `${feed.name} of ${Math.round(bytes.length / 1000)} KB read and normalized, ${where}`,
    measured: `${ratio.toFixed(2)} (${(median(costs) / times).toFixed(2)} ms)`,
    bound: `<= ${bound.toFixed(1)} of feedsmith parsing`,
    holds: ratio <= bound,
  };
}

/** CPU time of a round. Unit: milliseconds. */
function inNode(by: Reader, bytes: Uint8Array): number {
  const read = by === 'ours' ? readOurs : readFeedsmith;
  const before = process.cpuUsage();
  for (let time = 0; time < times; time += 1) if (read(bytes) === 0) throw new Error(`${by} read nothing`);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function inWorkerd(workerd: RunningWorkerd, by: Reader, bytes: Uint8Array): Promise<number> {
  const before = cpuMs(workerd.pid);
  const response = await fetch(`http://127.0.0.1:${workerd.port}/?by=${by}&times=${times}`, {
    method: 'POST',
    body: bytes,
  });
  if (!(Number(await response.text()) > 0)) throw new Error(`${by} read nothing in workerd`);
  return cpuMs(workerd.pid) - before;
}

async function startReadingWorker(): Promise<RunningWorkerd> {
  const path = join(mkdtempSync(join(tmpdir(), 'tributary-bench-')), 'reading.js');
  await build({
    entryPoints: [resolve(import.meta.dirname, 'reading-worker.ts')],
    outfile: path,
    bundle: true,
    format: 'esm',
    target: 'es2024',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*'],
    minify: true,
    logLevel: 'warning',
  });
  return startWorkerd({
    name: 'reading',
    modules: [{ name: 'reading.js', path }],
  });
}

/**
 * Start-up: CPU time of a whole workerd until its first 200, over that of an empty Worker.
 */
import type { BenchLine } from '../bench.ts';
import { servedWindow } from './given-window.ts';
import { median } from './load.ts';
import { type BenchWorker, cpuMs, type ExternalService, startWorkerd } from './workerd.ts';
import { emptyWorker, productWorker } from './workers.ts';

/** Most a start may cost over an empty one. Unit: milliseconds of CPU. */
const boundMs = 15;

/** Starts both in turn, five times as often as other benches have rounds: one start is a noisy thing. */
export async function benchStart({ rounds }: { rounds: number }): Promise<readonly BenchLine[]> {
  const { served, others: beside } = productWorker(await servedWindow());
  // KV is the platform's, and runs in a process of its own here, too: its work is not the product's.
  const [kv] = beside.filter((other) => other.name === 'kv');
  if (kv === undefined) throw new Error('the product has no KV');
  const kvServer = await startWorkerd(kv);
  const externals = [{ name: 'kv', port: kvServer.port }];
  const others = beside.filter((other) => other !== kv);
  const costs: number[] = [];
  for (let round = 0; round < rounds * 5; round += 1) {
    // The same services stand beside the empty Worker, so that only the product's own code makes the difference.
    const empty = await costOfFirstAnswer(emptyWorker(), others, externals);
    costs.push((await costOfFirstAnswer(served, others, externals)) - empty);
  }
  await kvServer.stop();
  const cost = median(costs);
  return [
    {
      what: 'start-up until the first 200, over an empty Worker',
      measured: `${cost.toFixed(1)} ms CPU`,
      bound: `<= ${boundMs} ms`,
      holds: cost <= boundMs,
    },
  ];
}

async function costOfFirstAnswer(
  served: BenchWorker,
  others: readonly BenchWorker[],
  externals: readonly ExternalService[],
): Promise<number> {
  const workerd = await startWorkerd(served, others, externals);
  const response = await fetch(`http://127.0.0.1:${workerd.port}/rss.xml`);
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`the first answer was ${response.status}`);
  const cost = cpuMs(workerd.pid);
  await workerd.stop();
  return cost;
}

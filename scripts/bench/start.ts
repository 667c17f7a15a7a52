/**
 * Measures start-up: CPU time of a whole workerd until its first 200, over that of an empty Worker.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, atMost, type BenchLine, median } from './measure.ts';
import { buildProduct, productWorker, smallWorker, startProduct } from './product.ts';
import { startValues, type Values } from './values.ts';
import { type BenchWorker, cpuMs, startWorkerd } from './workerd.ts';

/** Most a start may cost over an empty Worker. Unit: milliseconds of CPU. */
const boundMs = 12;

const emptyCode = `
import { DurableObject } from 'cloudflare:workers';
export class Archive extends DurableObject {}
export default { fetch: () => new Response('ok') };`;

/**
 * Starts all in turn, five times as often as other benches have rounds: one start is a noisy thing.
 * @param against another checkout, whose start is measured in the same rounds
 */
export async function benchStart({ rounds, against }: { rounds: number; against?: string | undefined }) {
  const own = await publishedProduct();
  const other = against === undefined ? undefined : await publishedProduct(against);
  const costs: number[] = [];
  const otherCosts: number[] = [];
  for (let round = 0; round < rounds * 5; round += 1) {
    // The same bindings stand beside the empty Worker: only the product's own code makes the difference.
    const empty = { ...own.worker, modules: smallWorker('empty', emptyCode).modules };
    const base = await costOfFirstAnswer(empty, own.values);
    costs.push((await costOfFirstAnswer(own.worker, own.values)) - base);
    if (other !== undefined) otherCosts.push((await costOfFirstAnswer(other.worker, other.values)) - base);
  }
  await own.values.stop();
  await other?.values.stop();
  const lines: BenchLine[] = [
    atMost('start-up until the first feed, over an empty Worker', median(costs), boundMs, 'ms CPU'),
  ];
  if (other !== undefined) lines.push(atMost(`the same of ${against}`, median(otherCosts), Infinity, 'ms CPU'));
  return lines;
}

/** The Worker of a checkout, and the KV namespace it has published a thousand entries to. */
async function publishedProduct(checkout?: string): Promise<{ readonly worker: BenchWorker; readonly values: Values }> {
  const product = await startProduct({ entries: 1000, ...(checkout !== undefined && { checkout }) });
  const folder = mkdtempSync(join(tmpdir(), 'tributary-start-'));
  product.values.save(folder);
  await product.stop();
  const values = await startValues(folder);
  rmSync(folder, { recursive: true });
  return { worker: productWorker(buildProduct(checkout)), values };
}

async function costOfFirstAnswer(served: BenchWorker, values: Values): Promise<number> {
  const workerd = await startWorkerd(served, { kv: values.port, queue: values.port });
  const { status } = await ask(workerd, { path: () => '/rss.xml' });
  if (status !== 200) throw new Error(`the first answer was ${status}`);
  const cost = cpuMs(workerd.pid);
  await workerd.stop();
  return cost;
}

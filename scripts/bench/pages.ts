/**
 * Pages: those an isolate remembers against a Worker that returns the same bytes from memory.
 */
import type { BenchLine } from '../bench.ts';
import { servedWindow } from './given-window.ts';
import { type BenchOptions, type Comparison, compareRates } from './serving.ts';
import { startWorkerd } from './workerd.ts';
import { constantWorker, productWorker } from './workers.ts';

/** What is asked for, and how much of the constant rate it should keep. */
const pages = [
  ['home page the isolate remembers', '/', 0.7],
  ['tag page the isolate remembers', '/tags/even', 0.7],
] as const;

/** A page's 304 is the same work as any: it should keep what a feed's nearly does. */
const unchangedBound = 0.65;

/** Each page has a limit of its own: a Worker with its bytes. */
export async function benchPages(options: BenchOptions): Promise<readonly BenchLine[]> {
  const { served, others } = productWorker(await servedWindow());
  const product = await startWorkerd(served, others);
  const lines: BenchLine[] = [];
  for (const [what, address, bound] of pages) {
    const first = await fetch(`http://127.0.0.1:${product.port}${address}`);
    const body = new Uint8Array(await first.arrayBuffer());
    const etag = first.headers.get('ETag') ?? '';
    const constant = await startWorkerd(constantWorker(body));
    const path = (): string => address;
    const unchanged: Comparison = { bound: unchangedBound, path, headers: { 'If-None-Match': etag } };
    const comparisons = {
      [`${what}, ${body.length} bytes`]: { bound, path, headers: {} },
      ...(address === '/' ? { '304 to the home page': unchanged } : {}),
    };
    lines.push(...(await compareRates(product.port, constant.port, options, comparisons)));
    await constant.stop();
  }
  await product.stop();
  return lines;
}

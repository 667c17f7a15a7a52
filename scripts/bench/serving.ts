/**
 * Serving: the product against a Worker that returns the same bytes from memory.
 */
import type { BenchLine } from '../bench.ts';
import { givenEntries, givenWindow } from './given-window.ts';
import { type Load, median, requestsPerSecond } from './load.ts';
import { startWorkerd } from './workerd.ts';
import { constantWorker, productWorker } from './workers.ts';

const connections = 8;

/** Runs all comparisons in alternating rounds. */
export async function benchServing(options: { rounds: number; durationMs: number }): Promise<readonly BenchLine[]> {
  const { served, others } = productWorker(givenWindow(givenEntries(1000, 4700)));
  const product = await startWorkerd(served, others);
  const remembered = '/rss.xml';
  const first = await fetch(`http://127.0.0.1:${product.port}${remembered}`);
  const body = new Uint8Array(await first.arrayBuffer());
  const etag = first.headers.get('ETag') ?? '';
  const constant = await startWorkerd(constantWorker(body));
  console.log(`A feed of ${body.length} bytes, ${connections} connections, ${options.rounds} rounds.`);
  let views = 0;
  const nextView = (): string => {
    views += 1;
    return `/tags/even/rss.xml?since=${new Date(Date.UTC(1990, 0, 1) + views * 1000).toISOString()}`;
  };
  const load = (port: number, path: () => string, headers: Record<string, string> = {}): Load => ({
    port,
    path,
    headers,
    connections,
    durationMs: options.durationMs,
  });
  const kinds = {
    'feed the isolate remembers': { bound: 0.88, path: () => remembered, headers: {} },
    'tag view joined for the first time': { bound: 0.7, path: nextView, headers: {} },
    '304 to a remembered feed': { bound: 0.8, path: () => remembered, headers: { 'If-None-Match': etag } },
  };
  const lines: BenchLine[] = [];
  for (const [what, { bound, path, headers }] of Object.entries(kinds)) {
    const ratios: number[] = [];
    const rates: number[] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      const limit = await requestsPerSecond(load(constant.port, () => '/', headers));
      const rate = await requestsPerSecond(load(product.port, path, headers));
      ratios.push(rate / limit);
      rates.push(rate);
    }
    const ratio = median(ratios);
    const measured = `${ratio.toFixed(2)} (${Math.round(median(rates))}/s)`;
    lines.push({ what, measured, bound: `>= ${bound} of constant bytes`, holds: ratio >= bound });
  }
  await product.stop();
  await constant.stop();
  return lines;
}

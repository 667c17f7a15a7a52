/**
 * Serving: the product against a Worker that returns the same bytes from memory.
 */
import type { BenchLine } from '../bench.ts';
import { servedWindow } from './given-window.ts';
import { median, requestsPerSecond } from './load.ts';
import { startWorkerd } from './workerd.ts';
import { constantWorker, productWorker } from './workers.ts';

const connections = 8;

/** What is asked of both Workers, and how much of the constant one's rate the product should keep. */
export interface Comparison {
  readonly bound: number;
  readonly path: () => string;
  readonly host?: () => string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How long and how often is measured. */
export interface BenchOptions {
  readonly rounds: number;
  readonly durationMs: number;
}

/** Runs all comparisons in alternating rounds. */
export async function benchServing(options: BenchOptions): Promise<readonly BenchLine[]> {
  const { served, others } = productWorker(await servedWindow());
  const product = await startWorkerd(served, others);
  const remembered = '/rss.xml';
  const first = await fetch(`http://127.0.0.1:${product.port}${remembered}`);
  const body = new Uint8Array(await first.arrayBuffer());
  const etag = first.headers.get('ETag') ?? '';
  const constant = await startWorkerd(constantWorker(body));
  console.log(`A feed of ${body.length} bytes, ${connections} connections, ${options.rounds} rounds.`);
  // Documents name their own address: of a product without one, the same view at another host was never made before.
  const anywhere = productWorker(await servedWindow(), '');
  const placeless = await startWorkerd(anywhere.served, anywhere.others);
  let hosts = 0;
  const nextHost = (): string => `bench-${(hosts += 1)}.example`;
  const remembering = await compareRates(product.port, constant.port, options, {
    'feed the isolate remembers': { bound: 0.88, path: () => remembered, headers: {} },
    '304 to a remembered feed': { bound: 0.8, path: () => remembered, headers: { 'If-None-Match': etag } },
  });
  const joining = await compareRates(placeless.port, constant.port, options, {
    'tag view joined for the first time': { bound: 0.7, path: () => '/tags/even/rss.xml', host: nextHost, headers: {} },
  });
  await product.stop();
  await placeless.stop();
  await constant.stop();
  return [...remembering, ...joining];
}

/** One line a comparison: the median of the rounds' ratios. */
export async function compareRates(
  productPort: number,
  constantPort: number,
  { rounds, durationMs }: BenchOptions,
  comparisons: Readonly<Record<string, Comparison>>,
): Promise<readonly BenchLine[]> {
  const lines: BenchLine[] = [];
  for (const [what, { bound, path, host, headers }] of Object.entries(comparisons)) {
    const ratios: number[] = [];
    const rates: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const load = { headers, connections, durationMs };
      const limit = await requestsPerSecond({ ...load, port: constantPort, path: () => '/' });
      const rate = await requestsPerSecond({
        ...load,
        port: productPort,
        path,
        ...(host === undefined ? {} : { host }),
      });
      ratios.push(rate / limit);
      rates.push(rate);
    }
    const ratio = median(ratios);
    const measured = `${ratio.toFixed(2)} (${Math.round(median(rates))}/s)`;
    lines.push({ what, measured, bound: `>= ${bound} of constant bytes`, holds: ratio >= bound });
  }
  return lines;
}

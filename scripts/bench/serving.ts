/**
 * Compares serving: the product against a Worker that returns the same bytes from memory.
 */
import { type Answer, type Asked, ask, atLeast, type BenchLine, comparePairs, cpuPerRequest } from './measure.ts';
import { smallWorker, startProduct } from './product.ts';
import { type RunningWorkerd, startWorkerd } from './workerd.ts';

/** The compared addresses, and how much of the constant Worker's speed each should keep. */
const kinds: readonly {
  readonly what: string;
  readonly path: string;
  readonly bound: number;
  readonly unchanged: number;
}[] = [
  { what: 'remembered feed', path: '/rss.xml', bound: 0.88, unchanged: 0.8 },
  { what: 'remembered home page', path: '/', bound: 0.85, unchanged: 0.8 },
];

/** Runs all comparisons in alternating rounds. */
export async function benchServing({ rounds }: { readonly rounds: number }): Promise<readonly BenchLine[]> {
  const product = await startProduct({ entries: 1000 });
  const lines: BenchLine[] = [];
  for (const { what, path, bound, unchanged } of kinds) {
    const first = await ask(product.workerd(), { path: () => path });
    const constant = await startWorkerd(constantWorker(first));
    const compare = async (asked: Asked, name: string, atLeastOf: number): Promise<void> => {
      lines.push(await againstConstant(rounds, product.workerd(), constant, asked, name, atLeastOf));
    };
    await compare({ path: () => path }, `${what}, ${first.body.length} bytes`, bound);
    const headers = { 'If-None-Match': String(first.headers.etag) };
    await compare({ path: () => path, headers }, `304 to the ${what}`, unchanged);
    await constant.stop();
  }
  await product.stop();
  return lines;
}

async function againstConstant(
  rounds: number,
  product: RunningWorkerd,
  constant: RunningWorkerd,
  asked: Asked,
  what: string,
  bound: number,
): Promise<BenchLine> {
  // Both are compiled before either counts.
  for (const workerd of [product, constant]) await cpuPerRequest(workerd, asked, 2000);
  const { ratio, second } = await comparePairs(
    rounds,
    () => cpuPerRequest(constant, asked, 1000),
    () => cpuPerRequest(product, asked, 1000),
  );
  return atLeast(what, ratio, bound, 'of constant bytes', ` (${second.toFixed(3)} ms)`);
}

/** Returns the bytes of `answer` to every request, and a constant 304 to conditional ones: the limit. */
function constantWorker({ headers, body }: Answer) {
  const kept = ['content-type', 'content-encoding', 'etag', 'cache-control', 'vary'];
  const sent = Object.fromEntries(Object.entries(headers).filter(([name]) => kept.includes(name)));
  const encoded = headers['content-encoding'] === undefined ? '' : ", encodeBody: 'manual'";
  const code = `
import body from 'body';
const headers = ${JSON.stringify(sent)};
export default {
  fetch(request) {
    if (request.headers.get('If-None-Match') !== null) return new Response(null, { status: 304, headers });
    return new Response(body, { headers${encoded} });
  },
};`;
  return smallWorker('constant', code, body);
}

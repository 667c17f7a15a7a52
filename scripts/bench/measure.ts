/**
 * Measures CPU time a request of a whole workerd process, and compares two processes in alternating rounds.
 *
 * CPU time is read from /proc, so neither the speed of the client nor another busy process counts.
 */
import { Agent, get, type IncomingHttpHeaders } from 'node:http';
import { cpuMs, type RunningWorkerd } from './workerd.ts';

/** One printed line: what was compared, the number, and the bound it should keep. */
export interface BenchLine {
  readonly what: string;
  readonly measured: string;
  readonly bound: string;
  readonly holds: boolean;
}

/** A request; `turn` is another number at every request, so that an address need not repeat. */
export interface Asked {
  readonly path: (turn: number) => string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One answer, its body as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const agent = new Agent({ keepAlive: true });
let turns = 0;

/** Asks once. Cloudflare itself asks Workers for gzip, so every request does. */
export function ask({ port }: RunningWorkerd, { path, headers = {} }: Asked): Promise<Answer> {
  turns += 1;
  const sent = { Host: 'bench.example', 'Accept-Encoding': 'gzip', ...headers };
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: path(turns), headers: sent, agent }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) });
      });
    }).on('error', reject);
  });
}

/** CPU time a request, over `requests` of them, eight at once. Throws unless every answer is 200 or 304. Unit: milliseconds. */
export async function cpuPerRequest(workerd: RunningWorkerd, asked: Asked, requests = 400): Promise<number> {
  const before = cpuMs(workerd.pid);
  let left = requests;
  const keepAsking = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { status, body } = await ask(workerd, asked);
      if (status !== 200 && status !== 304)
        throw new Error(`${status} for a bench request: ${body.toString('utf8', 0, 300)}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, keepAsking));
  return (cpuMs(workerd.pid) - before) / requests;
}

/** Two costs and the ratio `first / second`: medians over all rounds. The costs have the unit of the measurement. */
export interface Compared {
  readonly ratio: number;
  readonly first: number;
  readonly second: number;
}

/** Measures both in turn. The ratio is taken pair by pair: a slow moment of the machine slows both of a pair. */
export async function comparePairs(
  rounds: number,
  first: () => number | Promise<number>,
  second: () => number | Promise<number>,
): Promise<Compared> {
  const pairs: (readonly [number, number])[] = [];
  for (let round = 0; round < rounds; round += 1) pairs.push([await first(), await second()]);
  return {
    ratio: median(pairs.map(([one, other]) => one / other)),
    first: median(pairs.map(([one]) => one)),
    second: median(pairs.map(([, other]) => other)),
  };
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** A line that holds while `value` is at most `bound`; one without a bound is only told. */
export function atMost(what: string, value: number, bound: number, unit: string, note = ''): BenchLine {
  const stated = Number.isFinite(bound) ? `<= ${bound} ${unit}` : 'no bound';
  return { what, measured: `${value.toFixed(2)} ${unit}${note}`, bound: stated, holds: value <= bound };
}

/** A line that holds while `value` is at least `bound`. */
export function atLeast(what: string, value: number, bound: number, unit: string, note = ''): BenchLine {
  return { what, measured: `${value.toFixed(2)} ${unit}${note}`, bound: `>= ${bound} ${unit}`, holds: value >= bound };
}

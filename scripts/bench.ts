/**
 * `npm run bench`: how close the product comes to what the runtime allows, as ratios taken in one run on raw workerd.
 *
 * Rounds alternate between the compared Workers, so that a noisy machine is noisy to all of them; medians are printed.
 * Usage: npm run bench -- [--rounds 5] [--seconds 2] [--only serve|pages|views|archive|start|read] [--entries 100000] [--keep folder]
 * `--entries` is the size of the large archive: 100,000 with `--only archive`, which takes minutes to fill, else 30,000;
 * `--keep` keeps it for the next run.
 */
import { parseArgs } from 'node:util';
import { benchArchive } from './bench/archive.ts';
import { benchPages } from './bench/pages.ts';
import { benchReading } from './bench/reading.ts';
import { benchReadingAgain } from './bench/reading-again.ts';
import { benchServing } from './bench/serving.ts';
import { benchStart } from './bench/start.ts';
import { benchViews } from './bench/views.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    only: { type: 'string' },
    entries: { type: 'string' },
    keep: { type: 'string' },
  },
});
const options = { rounds: Number(values.rounds), durationMs: Number(values.seconds) * 1000 };

/** One printed line: what was compared, the ratio, and the bound it should keep. */
export interface BenchLine {
  readonly what: string;
  readonly measured: string;
  readonly bound: string;
  readonly holds: boolean;
}

const benches: Readonly<Record<string, () => Promise<readonly BenchLine[]>>> = {
  serve: () => benchServing(options),
  pages: () => benchPages(options),
  views: () => benchViews(options),
  archive: () =>
    benchArchive({
      rounds: options.rounds,
      entries: Number(values.entries ?? (values.only === 'archive' ? 100_000 : 30_000)),
      ...(values.keep === undefined ? {} : { keptIn: values.keep }),
    }),
  start: () => benchStart(options),
  read: async () => [...(await benchReading(options)), ...(await benchReadingAgain(options))],
};

let fails = 0;
for (const [name, bench] of Object.entries(benches)) {
  if (values.only !== undefined && values.only !== name) continue;
  for (const { what, measured, bound, holds } of await bench()) {
    if (!holds) fails += 1;
    console.log(`${holds ? 'ok  ' : 'MISS'}  ${what.padEnd(64)} ${measured.padStart(22)}   ${bound}`);
  }
}
process.exitCode = fails === 0 ? 0 : 1;

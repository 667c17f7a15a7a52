/**
 * `npm run bench`: measures CPU a request on raw workerd, as ratios taken in one run.
 *
 * Rounds alternate between what is compared, so a noisy machine is noisy to both; medians are printed. The exit code is 1
 * when a bound is not held. Usage: npm run bench -- [--rounds 5] [--only serve|publish|archive|start] [--entries 100000]
 * [--keep folder] [--against folder]. `--entries` is the size of the large Archive: 100,000 with `--only archive`, which takes
 * minutes to fill, else 10,000; `--keep` keeps it for the next run. `--against` is another checkout to compare with;
 * `publish` makes one of the first release by itself.
 */
import { parseArgs } from 'node:util';
import { benchArchive } from './bench/archive.ts';
import type { BenchLine } from './bench/measure.ts';
import { benchPublishing } from './bench/publishing.ts';
import { benchServing } from './bench/serving.ts';
import { benchStart } from './bench/start.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    entries: { type: 'string' },
    keep: { type: 'string' },
    against: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const { against } = values;

const benches: Readonly<Record<string, () => Promise<readonly BenchLine[]>>> = {
  serve: () => benchServing({ rounds }),
  publish: () => benchPublishing({ against }),
  archive: () =>
    benchArchive({
      rounds,
      entries: Number(values.entries ?? (values.only === 'archive' ? 100_000 : 10_000)),
      ...(values.keep === undefined ? {} : { keptIn: values.keep }),
    }),
  start: () => benchStart({ rounds, against }),
};

for (const [name, bench] of Object.entries(benches)) {
  if (values.only !== undefined && values.only !== name) continue;
  for (const { what, measured, bound, holds } of await bench()) {
    if (!holds) process.exitCode = 1;
    console.log(`${holds ? 'held    ' : 'NOT HELD'}  ${what.padEnd(64)} ${measured.padStart(22)}   ${bound}`);
  }
}

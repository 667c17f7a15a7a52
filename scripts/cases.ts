/**
 * `npm run cases -- <dir> [--only <text>]`: checks small documents, each written for one fact, with the expected result.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Case, judge } from './corpus/judge-case.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' } },
});
const [directory] = positionals;
if (directory === undefined) {
  console.error('usage: npm run cases -- <dir> [--only <text>]');
  process.exit(2);
}

/** The repository's own bound: the percentage that must be met, and why each remaining miss is right. */
interface CasesRate {
  readonly percent: number;
  readonly explained: Readonly<Record<string, string>>;
}
const rate = JSON.parse(readFileSync(resolve(import.meta.dirname, '../tests/cases-rate.json'), 'utf8')) as CasesRate;

let passed = 0;
let all = 0;
const lists = readdirSync(directory).filter((name) => name.endsWith('.jsonl'));
for (const list of lists) {
  const documents = join(directory, list.slice(0, -'.jsonl'.length));
  for (const line of readFileSync(join(directory, list), 'utf8').split('\n')) {
    if (line.trim() === '') continue;
    const one = JSON.parse(line) as Case;
    if (values.only !== undefined && !one.file.includes(values.only)) continue;
    all += 1;
    const { holds, got } = judge(one, readFileSync(join(documents, one.file)));
    if (holds) passed += 1;
    else {
      const why = rate.explained[one.file];
      console.log(`MISS ${one.file} ${one.field} ${one.match} ${JSON.stringify(one.expected)}`);
      console.log(`     got ${JSON.stringify(got)?.slice(0, 400)}`);
      if (why !== undefined) console.log(`     ${why}`);
    }
  }
}

const percent = all === 0 ? 0 : (100 * passed) / all;
console.log(`cases: ${passed} of ${all} met, ${percent.toFixed(1)} %`);
if (values.only === undefined && percent < rate.percent) {
  console.error(`That is below the recorded ${rate.percent} %.`);
  process.exitCode = 1;
}

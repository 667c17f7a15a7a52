/**
 * `npm run budget -- --sources 100 --minutes 60 --change-rate 0.1`: does an installation fit the free plan?
 *
 * Counts what a day of it costs with the product's own constants, against the plan's daily limits, and says what to change
 * when something is over. Options: --sources (100), --minutes between two checks (60), --change-rate: the share of checks
 * that find something new (0.1), --entries new in each of those (1), --articles archived under seeds/ (those that are there), --cron minutes
 * between two wake-ups (5), --readers (100), --polls of each in an hour (1), --isolates that answer them (5), --rare: the share of
 * polls that only the Archive can answer (0.02). Exit code 1 when over.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type PlannedUse, planDay } from './budget/plan-day.ts';
import { defaultSeedsDir } from './bundle-seeds.ts';
import { listSeedPaths } from './seeds/read-files.ts';

const articlePaths = await listSeedPaths(join(defaultSeedsDir(), 'articles'));

const { values } = parseArgs({
  options: {
    sources: { type: 'string', default: '100' },
    minutes: { type: 'string', default: '60' },
    'change-rate': { type: 'string', default: '0.1' },
    entries: { type: 'string', default: '1' },
    articles: { type: 'string', default: String(articlePaths.length) },
    cron: { type: 'string', default: '5' },
    readers: { type: 'string', default: '100' },
    polls: { type: 'string', default: '1' },
    isolates: { type: 'string', default: '5' },
    rare: { type: 'string', default: '0.02' },
  },
});

function number(name: keyof typeof values): number {
  const value = Number(values[name]);
  if (Number.isFinite(value) && value >= 0) return value;
  console.error(`--${name} must be a number, not "${values[name]}"`);
  process.exit(2);
}

const installation = {
  sources: number('sources'),
  minutes: Math.max(1, number('minutes')),
  changeRate: Math.min(1, number('change-rate')),
  entries: number('entries'),
  articles: number('articles'),
  cronMinutes: Math.max(1, number('cron')),
  readers: number('readers'),
  pollsPerHour: number('polls'),
  isolates: Math.max(1, number('isolates')),
  rareShare: Math.min(1, number('rare')),
};

/** A count, or one decimal where counts are small. */
function format(value: number): string {
  return value < 100 ? String(Math.round(value * 10) / 10) : Math.round(value).toLocaleString('en');
}

function render({ what, used, limit, how }: PlannedUse): string {
  const share = `${Math.round((used / limit) * 100)} %`;
  return `${used > limit ? 'OVER' : 'ok  '}  ${what.padEnd(30)} ${format(used).padStart(9)} of ${format(limit).padStart(9)}  ${share.padStart(6)}  ${how}`;
}

const uses = planDay(installation);
const { sources, minutes, changeRate, articles } = installation;
console.log(
  `A day of ${sources} sources every ${minutes} minutes, ${changeRate} of the checks with something new, ${articles} archived articles`,
);
console.log(uses.map(render).join('\n'));
const over = uses.filter((use) => use.used > use.limit);
for (const { what, cure } of over) console.log(`\n${what}: ${cure}`);
process.exitCode = over.length === 0 ? 0 : 1;

/**
 * A large archive against a small one: CPU time of a whole workerd per answer, the Worker, the Archive and the runtime
 * together. Every answer is one that nobody asked for before: another author, word, phrase or tag each time.
 */

import { renderCursor } from '../../src/query/language/cursor.ts';
import type { BenchLine } from '../bench.ts';
import { type FilledArchive, startFilledArchive } from './filled-archive.ts';
import { commonWord, needleOf, placeOf } from './given-archive.ts';
import { givenEntries } from './given-window.ts';
import { median } from './load.ts';
import { rareWord } from './prose.ts';
import { renderingWorker } from './views.ts';
import { cpuMs, type RunningWorkerd, startWorkerd } from './workerd.ts';

/** Entries of the small archive: it is all in the window. */
const fewEntries = 1000;

const pageEntries = 50;

/** Rounds of every kind before the first that counts. */
const warmUps = 4;

/** Answers of one kind in one round. */
const answers = 40;

/** Where an address is asked for; `turn` is another each time. */
type Address = (turn: number) => string;

/** What a query may cost. Milliseconds of CPU. */
const archiveKinds: readonly { readonly what: string; readonly boundMs: number; readonly path: Address }[] = [
  { what: 'a rare tag', boundMs: 5, path: (turn) => `/tags/${needleOf(turn).tag}/rss.xml` },
  { what: 'an author', boundMs: 5, path: (turn) => `/rss.xml?author=${encodeURIComponent(needleOf(turn).author)}` },
  { what: 'a word', boundMs: 5, path: (turn) => `/rss.xml?q=${rareWord(turn)}` },
  { what: 'a common word', boundMs: 5, path: (turn) => `/rss.xml?q=${commonWord}&${sinceEver(turn)}` },
  { what: 'a phrase', boundMs: 20, path: (turn) => search(`"${needleOf(turn).phrase}"`) },
  { what: 'a phrase of common words', boundMs: 20, path: (turn) => `${search('"in the world"')}&${sinceEver(turn)}` },
  {
    what: 'a phrase of common letters that is nowhere',
    boundMs: 20,
    path: (turn) => `${search('"that the and of in to the with that"')}&${sinceEver(turn)}`,
  },
  {
    what: 'a Chinese phrase that is nowhere',
    boundMs: 20,
    path: (turn) => `${search('"一屯丛一丛屯"')}&${sinceEver(turn)}`,
  },
];

/** Pages that are compared with page 500; the window holds the newest thousand entries, so its own pages end there. */
const pageKinds: readonly { readonly what: string; readonly path: (page: number, turn: number) => string }[] = [
  { what: 'of everything', path: (page, turn) => `/rss.xml?${before(page * pageEntries + 1050)}&${sinceEver(turn)}` },
  {
    what: 'of a tag',
    path: (page, turn) => `/tags/river/rss.xml?${before(page * pageEntries + 1050)}&${sinceEver(turn)}`,
  },
  {
    what: 'of a common word',
    path: (page, turn) => `/rss.xml?q=${commonWord}&${before(page * pageEntries * 2 + 1)}&${sinceEver(turn)}`,
  },
];

const farPage = 500;

const fromWindow: Address = (turn) => `/rss.xml?lang=en,zh&${sinceEver(turn)}`;

/** Fills both archives, or finds them in `keptIn`, and runs all comparisons in alternating rounds. */
export async function benchArchive(options: {
  readonly rounds: number;
  readonly entries: number;
  readonly keptIn?: string;
}): Promise<readonly BenchLine[]> {
  const small = await startFilledArchive(fewEntries, options.keptIn);
  const large = await startFilledArchive(options.entries, options.keptIn);
  const lines: BenchLine[] = [];
  let turn = 0;
  const nextTurn = (): number => (turn += 1);
  const name = `${options.entries.toLocaleString('en')} entries`;

  // The runtime compiles in stages, the last after hundreds of answers; all of that before anything is counted.
  for (const filled of [small, large]) {
    for (const { path } of Array.from({ length: warmUps }, () => archiveKinds).flat())
      await costOf(filled, () => path(nextTurn()));
  }
  const [ofFew, ofMany] = await alternate(options.rounds, [
    () => costOf(small, () => fromWindow(nextTurn())),
    () => costOf(large, () => fromWindow(nextTurn())),
  ]);
  lines.push(ratioLine(`${name}: view from the window, against ${fewEntries}`, ofMany, ofFew, 1.1));
  lines.push(...(await againstRendering(large, options.rounds, nextTurn)));

  for (const { what, boundMs, path } of archiveKinds) {
    const [cost = 0] = await alternate(options.rounds, [() => costOf(large, () => path(nextTurn()))]);
    const measured = `${cost.toFixed(2)} ms CPU`;
    lines.push({
      what: `${name}: ${what}, from the Archive`,
      measured,
      bound: `<= ${boundMs} ms`,
      holds: cost <= boundMs,
    });
  }
  for (const { what, path } of pageKinds) {
    const [first, far] = await alternate(options.rounds, [
      () => costOf(large, () => path(1, nextTurn())),
      () => costOf(large, () => path(farPage, nextTurn())),
    ]);
    lines.push(ratioLine(`${name}: page ${farPage} ${what}, against page 1`, far, first, 1.5));
  }
  await small.stop();
  await large.stop();
  return lines;
}

/** Against selecting and rendering the same with `feed` from JSON in KV, of no more entries than the window has. */
async function againstRendering(
  large: FilledArchive,
  rounds: number,
  nextTurn: () => number,
): Promise<readonly BenchLine[]> {
  const { worker, kv } = await renderingWorker(givenEntries(fewEntries, 4700));
  const rival = { workerd: await startWorkerd(worker, [kv]) };
  await costOf(rival, () => '/rss.xml');
  const [rendered = 0, fromIt = 0, byTag = 0, byWord = 0] = await alternate(rounds, [
    () => costOf(rival, () => '/rss.xml'),
    () => costOf(large, () => fromWindow(nextTurn())),
    () => costOf(large, () => `/tags/${needleOf(nextTurn()).tag}/rss.xml`),
    () => costOf(large, () => `/rss.xml?q=${rareWord(nextTurn())}`),
  ]);
  await rival.workerd.stop();
  const line = (what: string, cost: number, bound: number): BenchLine => ({
    what,
    measured: `${(rendered / cost).toFixed(1)} x (${cost.toFixed(2)} ms CPU)`,
    bound: `>= ${bound} x feed from JSON in KV`,
    holds: rendered / cost >= bound,
  });
  return [
    line('the same view from the window', fromIt, 10),
    line('a rare tag, from the Archive', byTag, 2),
    line('a word, from the Archive', byWord, 2),
  ];
}

function ratioLine(what: string, cost = 0, limit = 0, bound = 1): BenchLine {
  const ratio = cost / limit;
  const measured = `${ratio.toFixed(2)} x (${cost.toFixed(2)} ms CPU)`;
  return { what, measured, bound: `<= ${bound} x`, holds: ratio <= bound };
}

/** Medians of several costs, measured in turn. */
async function alternate(rounds: number, costs: readonly (() => Promise<number>)[]): Promise<readonly number[]> {
  const measured = costs.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [position, cost] of costs.entries()) measured[position]?.push(await cost());
  }
  return measured.map(median);
}

/** CPU per answer. Unit: milliseconds. */
async function costOf({ workerd }: { readonly workerd: RunningWorkerd }, path: () => string): Promise<number> {
  const before = cpuMs(workerd.pid);
  for (let asked = 0; asked < answers; asked += 1) {
    const address = path();
    const response = await fetch(`http://127.0.0.1:${workerd.port}${address}`);
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${response.status} for ${address}`);
  }
  return (cpuMs(workerd.pid) - before) / answers;
}

function search(text: string): string {
  return `/rss.xml?q=${encodeURIComponent(text)}`;
}

/** Excludes nothing, and makes the address another. */
function sinceEver(turn: number): string {
  return `since=${new Date(Date.UTC(1990, 0, 1) + turn * 1000).toISOString()}`;
}

function before(position: number): string {
  return `before=${renderCursor(placeOf(position))}`;
}
